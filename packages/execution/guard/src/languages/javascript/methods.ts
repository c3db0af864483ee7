// Methods of JavaScript's objects by name: what an object of unknown class may be asked.
import {
  argument,
  deletes,
  label,
  pure,
  reads,
  reportDynamic,
  reporting,
  reportShell,
  runsText,
  writes,
} from "../walk/acts.ts";
import { escape } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import type { Act } from "../walk/dialect.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import { concat, data, knownText, listOf, textOf } from "../walk/value.ts";
import { javascriptNames } from "./names.ts";

const values = `
  at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf localeCompare match matchAll normalize padEnd
  padStart repeat replace replaceAll search slice startsWith substring substr toLowerCase toUpperCase toLocaleLowerCase
  toLocaleUpperCase toString trim trimEnd trimStart trimLeft trimRight valueOf raw anchor link isWellFormed toWellFormed
  copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach keys map pop push reduce
  reduceRight reverse shift some sort splice unshift values toSorted toReversed toSpliced with from of isArray group
  get set has delete clear add union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom
  test toFixed toPrecision toExponential toLocaleString toLocaleDateString toLocaleTimeString toISOString toJSON toUTCString
  toDateString toTimeString getTime getFullYear getMonth getDate getDay getHours getMinutes getSeconds getMilliseconds
  getTimezoneOffset getUTCFullYear getUTCMonth getUTCDate getUTCHours getUTCMinutes getUTCDay setDate setFullYear setHours
  setMinutes setMonth setSeconds setTime setUTCHours setUTCDate now
  then catch finally next return throw hasOwnProperty isPrototypeOf propertyIsEnumerable
  log error warn info debug table time timeEnd dir trace assert count group groupEnd
  on once off emit addListener removeListener removeAllListeners addEventListener removeEventListener setEncoding resume pause
  pipe end destroy read setMaxListeners unref ref close question setPrompt prompt
  update digest getRandomValues randomUUID sign verify final
  readUInt8 readUInt16LE readUInt16BE readUInt32LE readUInt32BE readInt8 readInt16LE readInt32LE readBigUInt64LE subarray equals
  writeUInt8 writeUInt32LE writeUInt32BE write getUint8 getUint16 getUint32 getInt32 setUint8 setUint32 buffer
  append getAll isFile isDirectory isSymbolicLink isFIFO isSocket isBlockDevice isCharacterDevice readSync
  parse stringify format formatToParts resolvedOptions supportedLocalesOf select encode encodeInto
  text json arrayBuffer blob bytes stream formData abort join deref resolve reject isInteger toArray drop take
`;

// `f.call(this, …)`, `f.apply(this, […])`, `f.bind(this, …)`.
const calls: Act = {
  run: ({ walk, on, args, called }) => {
    if (called) return call(walk, on, args.slice(1));
    escape(walk, on);
    return data;
  },
};

const applies: Act = {
  run: ({ walk, on, args }) => {
    const list = args[1]?.value;
    const items = list?.kind === "list" ? list.items : [data];
    return call(
      walk,
      on,
      items.map((value) => ({ name: null, value, spread: list?.kind !== "list" || !list.whole })),
    );
  },
};

const binds: Act = {
  run: ({ walk, on, args }) => {
    if (args.length <= 1) return on;
    escape(walk, on);
    return on.kind === "local" ? on : data;
  },
};

const split: Act = {
  mild: true,
  run: (site) => {
    const [text, by] = [knownText(site.on), knownText(argument(site, 0))];
    if (text === null || by === null || site.args.length !== 1) return data;
    return listOf(text.split(by).slice(0, 49).map(textOf), text.split(by).length < 49);
  },
};

const joins: Act = {
  mild: true,
  run: (site) => {
    const glue = site.args.length === 0 ? "," : knownText(argument(site, 0));
    if (glue === null || site.on.kind !== "list" || !site.on.whole) return data;
    return concat(site.on.items.flatMap((item, at) => (at === 0 ? [item] : [textOf(glue), item])));
  },
};

const concats: Act = { mild: true, run: (site) => concat([site.on, ...site.args.map(({ value }) => value)]) };

// `regex.exec(text)` computes, `child_process.exec(text)` starts a program.
const executes: Act = reporting((site) => {
  if (site.on.kind === "thing" && site.on.of === "regex") return;
  if (site.walk.notes.has("child_process")) reportShell(site, argument(site, 0));
  else site.walk.report({ kind: "unknown", what: label(site) });
});

const toText: Act = {
  mild: true,
  run: (site) => {
    if (site.args.length > 0 && !/^utf-?8$/i.test(knownText(argument(site, 0)) ?? "")) site.walk.notes.add("decodes");
    return data;
  },
};

// Members of dangerous modules keep their meaning on an object that may be that module.
const ambiguous = new Set(
  "exec open link get request connect rename access write close read watch run kill create copy name keys dir file test join resolve env stdin remove".split(
    " ",
  ),
);

function dangerous(): (readonly [string, Act])[] {
  const entries: (readonly [string, Act])[] = [];
  for (const [path, act] of javascriptNames()) {
    const [module = "", ...rest] = path.split(".");
    const name = rest.at(-1) ?? "";
    const isOf = ["fs", "child_process", "vm", "module", "process", "Bun", "Deno"].includes(module);
    if (isOf && act.mild !== true && name !== "*" && !ambiguous.has(name)) entries.push([name, act]);
  }
  return entries;
}

/** Every method, made once. */
export const javascriptMethods = lazily(() =>
  namesOf(
    dangerous(),
    listed(
      runsText,
      "runInThisContext runInNewContext runInContext compileFunction instantiate __defineGetter__ __defineSetter__ importModule",
    ),
    listed(pure, values),
    listed(reads(-1), "BunFile#text BunFile#json BunFile#stream BunFile#arrayBuffer BunFile#exists"),
    listed(deletes(-1), "BunFile#delete BunFile#unlink"),
    listed(writes("overwrite", -1), "BunFile#write BunFile#writer"),
    listed(calls, "call"),
    listed(applies, "apply"),
    listed(binds, "bind"),
    listed(split, "split"),
    listed(joins, "join"),
    listed(concats, "concat"),
    listed(executes, "exec"),
    listed(toText, "toString"),
    listed(
      reporting((site) => reportDynamic(site)),
      "__proto__ __lookupGetter__",
    ),
  ),
);
