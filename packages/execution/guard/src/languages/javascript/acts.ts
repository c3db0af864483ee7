// Names of JavaScript whose meaning hangs on their arguments: options of a process, modules by name, code as text.
import { HOLE } from "../../arg.ts";
import { shown } from "../finding.ts";
import {
  argument,
  label,
  option,
  pathAt,
  pathOf,
  reportDynamic,
  reporting,
  reportShell,
  reportSpawn,
  wordsIn,
} from "../walk/acts.ts";
import { reportFedShell, reportFedSpawn } from "../walk/feed.ts";
import type { Act, Site, Walk } from "../walk/dialect.ts";
import { data, knownText, ref, textOf, thing, type Value } from "../walk/value.ts";
import { javascriptModules } from "./modules.ts";

/** The module that a specifier names: a reference, or what its loading does. */
export function moduleNamed(walk: Walk, specifier: string | null, what: string): Value {
  if (specifier === null) {
    walk.report({ kind: "dynamic", what: `${what} of a computed name`, decoded: false });
    return data;
  }
  const name = specifier.replace(/^node:/, "");
  const [module = "", ...below] = name.split("/");
  if (module === "child_process") walk.notes.add("child_process");
  if (javascriptModules().has(module)) return ref(moduleOf([module, ...below].join(".")));
  if (/^(?:https?|data|blob|npm|jsr):/.test(name)) return fromElsewhere(walk, name, what);
  const isFile = /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(name);
  if (isFile && /\.(?:json|json5|jsonc)$/.test(name)) walk.report({ kind: "read", path: name, what });
  else if (isFile) walk.report({ kind: "load", path: name, what });
  else if (!/\/package\.json$/.test(name)) walk.report({ kind: "load", path: null, what: shown(name) });
  if (fileModules.has(name)) return ref("fs");
  return isFile ? data : ref(`package ${name.replaceAll(".", "_")}`);
}

// Packages that are `fs` with more in it.
const fileModules: ReadonlySet<string> = new Set(["fs-extra", "graceful-fs", "fs-extra/esm", "memfs", "mz/fs"]);

const moduleOf = (path: string): string =>
  path
    .replace(/^path\.(?:posix|win32)$/, "path")
    .replace(/^(?:process|console|buffer|bun)$/, (name) => (name === "bun" ? "Bun" : name));

function fromElsewhere(walk: Walk, name: string, what: string): Value {
  const isText = /^(?:data|blob):/.test(name);
  if (!isText) walk.report({ kind: "network", what: shown(name), direction: "fetch" });
  walk.report({ kind: "dynamic", what: `${what} of ${shown(name)}`, decoded: isText });
  return data;
}

/** `require(name)`. */
export const require: Act = { run: (site) => moduleNamed(site.walk, knownText(argument(site, 0)), "require") };
/** `import(name)`. */
export const importing: Act = { run: (site) => moduleNamed(site.walk, knownText(argument(site, 0)), "import") };

/** `setTimeout(f)`; a text would be code. */
export const callsLater: Act = {
  mild: true,
  run: (site) => {
    if (argument(site, 0)?.kind === "text") reportDynamic(site, `${site.what} of a text`);
    return data;
  },
};

/** `Buffer.from(text, encoding)`. */
export const bufferFrom: Act = {
  mild: true,
  run: (site) => {
    const encoding = argument(site, 1);
    if (encoding !== undefined && !/^utf-?8$/i.test(knownText(encoding) ?? "")) site.walk.notes.add("decodes");
    return data;
  },
};

/** A regular expression. */
export const regExp: Act = { mild: true, run: () => thing("regex") };

/** `promisify(f)`: calling it calls `f`. */
export const promisify: Act = { mild: true, holds: true, run: (site) => argument(site, 0) ?? data };

const writingFlags = /[wa+x]/;

/** `fs.open(path, flags)`. */
export const open: Act = reporting((site) => {
  const flags = argument(site, 1);
  const text = flags === undefined || flags.kind === "local" ? "r" : knownText(flags);
  const path = pathAt(site, 0);
  if (site.called && text !== null && !writingFlags.test(text))
    site.walk.report({ kind: "read", path, what: label(site) });
  else site.walk.report({ kind: "write", path, mode: modeOf(text ?? "w"), what: label(site) });
});

/** `fs.createWriteStream(path, options)`. */
export const writeStream: Act = reporting((site) => {
  const flags = knownText(option(site, "flags") ?? textOf("w")) ?? "w";
  site.walk.report({ kind: "write", path: pathAt(site, 0), mode: modeOf(flags), what: label(site) });
});

const modeOf = (flags: string): "append" | "create" | "overwrite" => {
  if (flags.includes("a")) return "append";
  return flags.includes("x") ? "create" : "overwrite";
};

/** `Bun.file(path)`. */
export const bunFile: Act = {
  mild: true,
  run: (site) => {
    const path = pathAt(site, 0);
    site.walk.report({ kind: "read", path, what: label(site) });
    return thing("BunFile", path);
  },
};

/** `path.join`, folded when all parts are known. */
export const pathJoin: Act = {
  mild: true,
  run: (site) => {
    const parts = site.args.map(({ value, spread }) => (spread ? null : pathOf(value)));
    const isKnown = parts.length > 0 && parts.every((part) => part !== null);
    return isKnown && !site.what.endsWith("resolve") ? textOf(parts.join("/").replaceAll(/\/{2,}/g, "/")) : data;
  },
};

/** Links: as the command that makes one. */
export const links: Act = reporting((site) => {
  const [target, name] = [pathAt(site, 0), pathAt(site, 1)];
  if (target === null || name === null) site.walk.report({ kind: "unknown", what: label(site) });
  else site.walk.report({ kind: "spawn", argv: ["ln", "-s", "--", target, name] });
});

// What the options `cwd` and `env` mean, as the words of `env`.
function surroundings(site: Site): readonly Value[] {
  const [cwd, env] = [option(site, "cwd"), option(site, "env")];
  if (cwd === undefined && env === undefined) return [];
  const words = [textOf("env")];
  if (cwd !== undefined) words.push(textOf("-C"), textOf(pathOf(cwd) ?? HOLE));
  if (env === undefined || (env.kind === "ref" && env.path === "process.env")) return words;
  if (env.kind !== "record") site.walk.report({ kind: "unknown", what: "an environment that is computed" });
  if (env.kind !== "record") return words;
  if (env.whole) words.push(textOf("-i"));
  for (const [key, value] of env.entries)
    if (!key.startsWith(HOLE)) words.push(textOf(`${key}=${knownText(value) ?? HOLE}`));
  return words;
}

// Options that are no literal may hold a shell or another directory.
function hasOpenOptions(site: Site, from: number): boolean {
  if (!site.called || site.args.some(({ spread }) => spread)) return true;
  return site.args
    .slice(from)
    .some(({ value }) => value.kind === "record" && [...value.entries.keys()].some((key) => key.startsWith(HOLE)));
}

/** `exec(text, options)`. */
export const shellOrOptions: Act = reporting((site) => {
  const text = argument(site, 0);
  const around = surroundings(site);
  const shell = option(site, "shell");
  if (hasOpenOptions(site, 1)) return reportSpawn(site, null);
  const fed = feeding(site);
  if (around.length === 0 && shell === undefined)
    return fed === null ? reportShell(site, text) : reportFedShell(site, text, fed);
  report(site, fed)(knownText(text) === null ? null : [...around, shell ?? textOf("sh"), textOf("-c"), text ?? data]);
});

/** `spawn(program, [args], options)`. */
export const fileAndArgs: Act = reporting((site) => {
  const program = argument(site, 0) ?? data;
  const second = option(site, "args") ?? argument(site, 1);
  const list = second === undefined || second.kind === "record" || second.kind === "local" ? [] : wordsIn(second);
  if (hasOpenOptions(site, 1) || list === null) return reportSpawn(site, null);
  const shell = option(site, "shell");
  const around = surroundings(site);
  const fed = feeding(site);
  if (!usesShell(shell)) return report(site, fed)([...around, program, ...list]);
  const texts = [program, ...list].map(knownText);
  if (texts.includes(null)) return reportSpawn(site, null);
  const text = textOf(texts.join(" "));
  if (around.length === 0 && shell?.kind !== "text" && fed === null) return reportShell(site, text);
  report(site, fed)([...around, shell?.kind === "text" ? shell : textOf("sh"), textOf("-c"), text]);
});

// What the program gets on standard input from this code; null when nothing.
function feeding(site: Site): Value | null {
  const input = option(site, "input");
  return input ?? (site.walk.notes.has("feeds") ? data : null);
}

const report =
  (site: Site, fed: Value | null) =>
  (words: readonly Value[] | null): void =>
    fed === null ? reportSpawn(site, words) : reportFedSpawn(site, words, fed);

const usesShell = (shell: Value | undefined): boolean =>
  shell !== undefined && !(shell.kind === "ref" && (shell.path === "false" || shell.path === "undefined"));

/** `fork(module)`. */
export const forks: Act = reporting((site) =>
  site.walk.report({ kind: "load", path: pathAt(site, 0), what: label(site) }),
);

/** `Bun.spawn([...])`, `Deno.run({cmd: [...]})`. */
export const bunSpawn: Act = reporting((site) => {
  const stdin = option(site, "stdin");
  const words = wordsIn(option(site, "cmd") ?? argument(site, 0));
  report(site, stdin === undefined ? feeding(site) : data)(words);
});

/** Starts a program in a way that is not read. */
export const spawns: Act = reporting((site) => reportSpawn(site, null));

/** `fetch(url, options)`: sends when it has a body or a method that writes. */
export const fetches: Act = reporting((site) => {
  const method = option(site, "method");
  const isRead = method === undefined || /^(?:get|head)$/i.test(knownText(method) ?? "");
  const sends = !isRead || option(site, "body") !== undefined || /\.(?:post|put|patch|delete)$/.test(site.what);
  const known = argument(site, 1) === undefined || argument(site, 1)?.kind === "record";
  site.walk.report({ kind: "network", what: label(site), direction: sends || !known ? "send" : "fetch" });
});
