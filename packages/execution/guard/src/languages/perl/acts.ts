// Names of Perl whose meaning hangs on their arguments: pipes in `open`, lists of files, `$_` where nothing is given.
import type { CodeWriteMode } from "../finding.ts";
import { argument, label, pathOf, reporting, reportShell, reportSpawn, wordsFrom, wordsIn } from "../walk/acts.ts";
import { reportFedShell, reportFedSpawn } from "../walk/feed.ts";
import type { Act, Site } from "../walk/dialect.ts";
import { data, knownText, textOf, type Value } from "../walk/value.ts";

/** `system`, `exec`: one text is a shell's, a list is a program and its arguments. */
export const words: Act = reporting((site) => {
  const given = flatWords(site, 0);
  if (given?.length === 1) reportShell(site, given[0]);
  else reportSpawn(site, given);
});

// Lists among the arguments are opened; a list variable that is not known hides how many there are.
function flatWords(site: Site, at: number): readonly Value[] | null {
  const given = wordsFrom(site, at);
  if (given === null || given.length === 0) return null;
  const flat = given.map((value) => wordsIn(value) ?? [value]).flat();
  return flat.length > 1 && flat.some(({ kind }) => kind === "data") ? null : flat;
}

/** Starts a program in a way that is not read. */
export const spawns: Act = reporting((site) => reportSpawn(site, null));

const modes: Readonly<Record<string, CodeWriteMode>> = {
  ">": "overwrite",
  ">>": "append",
  "+<": "overwrite",
  "+>": "overwrite",
  "+>>": "append",
};

/** `open(handle, mode, path …)` in its forms of one, two and more arguments. */
export const opens: Act = reporting((site) => {
  const mode = knownText(argument(site, 1));
  const third = argument(site, 2);
  if (!site.called || mode === null) return openUnknown(site);
  if (third === undefined) return openTwo(site, mode.trim());
  const plain = mode.trim().split(/[:\s]/)[0] ?? "";
  if (plain === "|-" || plain === "-|") return reportPipe(site, plain);
  reportOpen(site, plain, pathOf(third));
});

function openUnknown(site: Site): void {
  site.walk.report({ kind: "unknown", what: `${label(site)} of a computed name, which may be a command` });
  site.walk.report({ kind: "write", path: null, mode: "overwrite", what: label(site) });
}

function reportPipe(site: Site, mode: string): void {
  const rest = flatWords(site, 2);
  const isFed = mode === "|-";
  if (rest?.length === 1) (isFed ? reportFedShell : reportShell)(site, rest[0]);
  else (isFed ? reportFedSpawn : reportSpawn)(site, rest);
}

function openTwo(site: Site, text: string): void {
  if (text.startsWith("|")) return reportFedShell(site, textOf(text.slice(1)));
  if (text.endsWith("|")) return reportShell(site, textOf(text.slice(0, -1)));
  const mode = /^\+?[<>]{0,2}/.exec(text)?.[0] ?? "";
  const path = text.slice(mode.length).trim();
  if (!path.startsWith("&") && path !== "-") reportOpen(site, mode, path);
}

function reportOpen(site: Site, mode: string, path: string | null): void {
  const writes = modes[mode];
  const what = label(site);
  if (writes !== undefined) site.walk.report({ kind: "write", path, mode: writes, what });
  else if (mode === "<" || mode === "") site.walk.report({ kind: "read", path, what });
  else if (!/^[<>+]{1,3}&/.test(mode)) site.walk.report({ kind: "write", path, mode: "overwrite", what });
}

/** `sysopen(handle, path, flags)`: the flags are not worked out. */
export const systemOpens: Act = reporting((site) => {
  const path = pathOf(argument(site, 1));
  site.walk.report({ kind: "write", path, mode: "overwrite", what: label(site) });
});

/** `IO::File->new(path, mode)`. */
export const fileOpens: Act = reporting((site) => {
  const path = knownText(argument(site, 0));
  const mode = argument(site, 1);
  if (mode === undefined && path !== null) return openTwo(site, path.trim());
  const text = knownText(mode);
  if (text !== null && /^(?:<|r)$/.test(text)) site.walk.report({ kind: "read", path, what: label(site) });
  else
    site.walk.report({
      kind: "write",
      path,
      mode: text?.includes("a") === true ? "append" : "overwrite",
      what: label(site),
    });
});

const flatPaths = (site: Site, at: number): readonly (string | null)[] =>
  site.args.slice(at).flatMap(({ value }) => wordsIn(value)?.map(pathOf) ?? [pathOf(value)]);

/** `unlink list`; of `$_` when nothing is given. */
export const deletes: Act = reporting((site) => {
  const paths = site.called ? flatPaths(site, 0) : [];
  for (const path of paths.length > 0 ? paths : [null]) site.walk.report({ kind: "delete", path, what: label(site) });
});

/** `copy(from, to)`, `rename(from, to)`. */
export const copies = (from: "read" | "write"): Act =>
  reporting((site) => {
    const [source, target] = [pathOf(argument(site, 0)), pathOf(argument(site, 1))];
    const what = label(site);
    if (from === "read") site.walk.report({ kind: "read", path: source, what });
    else site.walk.report({ kind: "write", path: source, mode: "overwrite", what });
    site.walk.report({ kind: "write", path: target, mode: "overwrite", what });
  });

/** `chmod mode, list`, `chown user, group, list`. */
export const marks = (at: number): Act =>
  reporting((site) => {
    const paths = flatPaths(site, at);
    for (const path of paths.length > 0 ? paths : [null])
      site.walk.report({ kind: "metadata", path, what: label(site) });
  });

/** Links: as the command that makes one. */
export const links: Act = reporting((site) => {
  const [target, name] = [argument(site, 0), argument(site, 1)];
  if (knownText(target) === null || knownText(name) === null) site.walk.report({ kind: "unknown", what: label(site) });
  else reportSpawn(site, [textOf("ln"), textOf("-s"), textOf("--"), target ?? data, name ?? data]);
});

/** `glob pattern`: names of files. */
export const globs: Act = { mild: true, run: () => data };

/** `do "file"`. */
export const runsFile: Act = reporting((site) => {
  const value = argument(site, 0);
  if (value !== undefined) site.walk.report({ kind: "load", path: knownText(value), what: label(site) });
});
