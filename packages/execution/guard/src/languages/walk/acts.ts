// What known names do, in the few forms that all languages share. Tables refer to these.
import type { CodeWriteMode } from "../finding.ts";
import { shown } from "../finding.ts";
import type { Act, Item, Site } from "./dialect.ts";
import { data, knownText, type Value, wordOf } from "./value.ts";

/** Computes, prints, or reads what it is given. */
export const pure: Act = { run: () => data, mild: true };
/** The same; what it is given does not get out through it. */
export const inspects: Act = { run: () => data, mild: true, holds: true };
/** The same, with a known result. */
export const gives = (value: Value): Act => ({ run: () => value, mild: true });
/** Decodes: whatever the program runs as code may be what it decoded. */
export const decodes: Act = {
  mild: true,
  run: ({ walk }) => {
    walk.notes.add("decodes");
    return data;
  },
};

/** The argument at a position or of a name; undefined when there is none, `data` when it cannot be told. */
export function argument(site: Site, at: number, name?: string): Value | undefined {
  if (!site.called) return data;
  const named = name === undefined ? undefined : site.args.find((arg) => arg.name === name);
  if (named !== undefined) return named.value;
  const placed = site.args.filter((arg) => arg.name === null);
  const spread = placed.findIndex((arg) => arg.spread);
  return spread >= 0 && spread <= at ? data : placed[at]?.value;
}

/** The path that a value names, if it is known. */
export const pathOf = (value: Value | undefined): string | null =>
  value?.kind === "thing" ? value.path : knownText(value);

/** The path in an argument; the object's own for a negative position. */
export const pathAt = (site: Site, at: number, name?: string): string | null =>
  at < 0 ? pathOf(site.on) : pathOf(argument(site, at, name));

/** The name as a finding shows it. */
export const label = (site: Pick<Site, "what">): string => shown(site.what);

/** An act that reports; it gives `data`. */
export const reporting = (tell: (site: Site) => void): Act => ({
  run: (site) => {
    tell(site);
    return data;
  },
});

/** Deletes the path at a position. */
export const deletes = (at = 0, name?: string): Act =>
  reporting((site) => site.walk.report({ kind: "delete", path: pathAt(site, at, name), what: label(site) }));

/** Deletes each of its arguments. */
export const deletesAll: Act = reporting((site) => {
  if (!site.called || site.args.length === 0) site.walk.report({ kind: "delete", path: null, what: label(site) });
  for (const path of pathsOf(site)) site.walk.report({ kind: "delete", path, what: label(site) });
});

/** All arguments as paths, lists opened. */
export const pathsOf = (site: Site): readonly (string | null)[] =>
  site.args
    .filter(({ name }) => name === null)
    .flatMap(({ value }) => (value.kind === "list" ? value.items.map(pathOf) : [pathOf(value)]));

/** Reads the file at a position. */
export const reads = (at = 0, name?: string): Act => ({
  mild: true,
  run: (site) => {
    site.walk.report({ kind: "read", path: pathAt(site, at, name), what: label(site) });
    return data;
  },
});

/** Writes the file at a position. */
export const writes = (mode: CodeWriteMode, at = 0, name?: string): Act =>
  reporting((site) => {
    const isEmptied = mode === "overwrite" && site.called && knownText(argument(site, Math.max(at + 1, 0))) === "";
    const path = pathAt(site, at, name);
    site.walk.report({ kind: "write", path, mode: isEmptied ? "empty" : mode, what: label(site) });
  });

/** Reads one file and writes another, or moves it: then both are written. */
export const carries = (from: "read" | "write", at = 0): Act =>
  reporting((site) => {
    const source = pathAt(site, at);
    const what = label(site);
    if (from === "read") site.walk.report({ kind: "read", path: source, what });
    else site.walk.report({ kind: "write", path: source, mode: "overwrite", what });
    site.walk.report({ kind: "write", path: pathAt(site, at < 0 ? 0 : at + 1), mode: "overwrite", what });
  });

/** Changes mode, owner or times of the path at a position. */
export const marks = (at = 0): Act =>
  reporting((site) => site.walk.report({ kind: "metadata", path: pathAt(site, at), what: label(site) }));

/** Talks to a network. */
export const talks = (direction: "fetch" | "send" | "listen"): Act =>
  reporting((site) => site.walk.report({ kind: "network", what: label(site), direction }));

/** Runs text or objects that are made at run time. */
export const runsText: Act = reporting((site) => reportDynamic(site));
/** Decodes into code or objects that run. */
export const runsDecoded: Act = reporting((site) =>
  site.walk.report({ kind: "dynamic", what: label(site), decoded: true }),
);

/** Reports that a name is dynamic. */
export function reportDynamic(site: Site, what = site.what): void {
  site.walk.report({ kind: "dynamic", what: shown(what), decoded: false });
}

/** Runs the code of the file at a position. */
export const loads = (at = 0): Act =>
  reporting((site) => site.walk.report({ kind: "load", path: pathAt(site, at), what: label(site) }));

/** Known, and neither harmless nor one of the rest: a person decides. */
export const asks: Act = reporting((site) => site.walk.report({ kind: "unknown", what: label(site) }));

/** Reads the whole environment. */
export const readsEnvironment: Act = reporting((site) => site.walk.report({ kind: "environment", what: label(site) }));

const secretName =
  /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|AUTH(?!OR)|_PAT$|_KEY$|^KEY$|COOKIE/i;

/** A variable of the environment is read; tells only when its name is secret or computed. */
export function readVariable(site: Pick<Site, "walk" | "what">, name: string | null): void {
  if (name === null || secretName.test(name))
    site.walk.report({ kind: "environment", what: shown(`${site.what} ${name ?? "of a computed name"}`) });
}

/** Reads the variable named at a position, or all of them when no name is given. */
export const readsVariable: Act = reporting((site) =>
  site.called && site.args.length === 0
    ? site.walk.report({ kind: "environment", what: label(site) })
    : readVariable(site, site.called ? knownText(argument(site, 0)) : null),
);

/** Runs a shell text. */
export function reportShell(site: Pick<Site, "walk" | "what">, text: Value | undefined): void {
  const known = knownText(text);
  if (known === null) site.walk.report({ kind: "spawn-unknown", what: label(site) });
  else if (known.trim() !== "") site.walk.report({ kind: "shell", text: known });
}

/** Starts a program with these words. */
export function reportSpawn(site: Pick<Site, "walk" | "what">, words: readonly Value[] | null): void {
  const argv = words?.map(wordOf);
  if (argv === undefined || knownText(words?.[0]) === null || argv[0] === "")
    site.walk.report({ kind: "spawn-unknown", what: label(site) });
  else site.walk.report({ kind: "spawn", argv });
}

/** The items of a list that stands in the code whole, else null. */
export const wordsIn = (value: Value | undefined): readonly Value[] | null =>
  value?.kind === "list" && value.whole ? value.items : null;

/** The positional arguments from a position on; null when their number cannot be told. */
export function wordsFrom(site: Site, at: number): readonly Value[] | null {
  if (!site.called || site.args.some((arg) => arg.spread)) return null;
  return site.args
    .filter((arg) => arg.name === null)
    .map(({ value }) => value)
    .slice(at);
}

/** Runs the shell text at a position. */
export const runsShell = (at = 0, name?: string): Act =>
  reporting((site) => reportShell(site, argument(site, at, name)));

/** Starts the program named by its arguments; one alone is a shell text. */
export const runsWords: Act = reporting((site) => {
  const words = wordsFrom(site, 0);
  const list = words?.length === 1 ? wordsIn(words[0]) : null;
  if (list !== null) reportSpawn(site, list);
  else if (words?.length === 1) reportShell(site, words[0]);
  else reportSpawn(site, words);
});

/** A keyword argument, or the entry of the last record argument. */
export function option(site: Site, name: string): Value | undefined {
  const named = site.args.find((arg: Item) => arg.name === name)?.value;
  if (named !== undefined) return named;
  const record = site.args.findLast((arg) => arg.value.kind === "record")?.value;
  return record?.kind === "record" ? record.entries.get(name) : undefined;
}
