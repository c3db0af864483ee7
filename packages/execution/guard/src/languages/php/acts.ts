// Names of PHP whose meaning hangs on their arguments: stream addresses as paths, functions by name.
import type { CodeWriteMode } from "../finding.ts";
import { argument, label, option, pathAt, reporting, reportShell, reportSpawn, wordsIn } from "../walk/acts.ts";
import { escape, reportUnknown } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import { reportFedShell, reportFedSpawn } from "../walk/feed.ts";
import type { Act, Site } from "../walk/dialect.ts";
import { data, knownText, type Value } from "../walk/value.ts";

/** A function given by name at a position: it is called with anything; of `call_user_func` with the rest. */
export const callbacks = (at: number): Act =>
  reporting((site) => {
    const given = argument(site, at);
    if (!site.called || given === undefined) return;
    const name = knownText(given);
    const rest = site.what.startsWith("call_user_func")
      ? site.args.slice(1)
      : [{ name: null, value: data, spread: true }];
    if (name !== null) call(site.walk, site.walk.dialect.root(site.walk, name), rest);
    else if (given.kind === "data" || given.kind === "text")
      reportUnknown(site.walk, `${site.what} with a computed function`);
    else escape(site.walk, given);
  });

/** `preg_replace` ran its replacement when the pattern said `e`. */
export const replaces: Act = reporting((site) => {
  const pattern = knownText(argument(site, 0));
  if (pattern !== null && /[^\w\s][a-zA-Z]*e[a-zA-Z]*$/.test(pattern))
    site.walk.report({ kind: "dynamic", what: label(site), decoded: false });
});

/** `proc_open(command)`: a text or a list. */
export const opensProcess: Act = reporting((site) => {
  const list = wordsIn(argument(site, 0));
  if (list === null) reportFedShell(site, argument(site, 0));
  else reportFedSpawn(site, list);
});

/** `popen(command, mode)`: opened for writing the program is fed. */
export const pipes: Act = reporting((site) => {
  const mode = argument(site, 1);
  if (/^r/.test(knownText(mode) ?? "")) reportShell(site, argument(site, 0));
  else reportFedShell(site, argument(site, 0));
});

/** `pcntl_exec(program, [args])`. */
export const executes: Act = reporting((site) => {
  const second = argument(site, 1);
  const list = second === undefined ? [] : wordsIn(second);
  reportSpawn(site, list && [argument(site, 0) ?? data, ...list]);
});

/** Starts a program in a way that is not read. */
export const spawns: Act = reporting((site) => reportSpawn(site, null));

const addresses = /^(?:https?|ftps?|ssh2|data|expect|phar|php|zlib|glob|compress\.\w+):/i;

// An address is fetched, run or a standard stream; anything else is a file.
function reportAddress(site: Site, path: string | null): boolean {
  if (path === null || !addresses.test(path)) return false;
  if (/^(?:https?|ftps?|ssh2):/i.test(path))
    site.walk.report({
      kind: "network",
      what: label(site),
      direction: option(site, "method") === undefined ? "fetch" : "send",
    });
  else if (/^expect:/i.test(path)) reportSpawn(site, null);
  else if (/^php:\/\/(?:filter|temp)/i.test(path))
    site.walk.report({ kind: "unknown", what: `${label(site)} ${path.slice(0, 40)}` });
  else if (!/^(?:php|data):/i.test(path)) site.walk.report({ kind: "unknown", what: `${label(site)} of a stream` });
  return true;
}

/** `fopen(path, mode)`. */
export const opens: Act = reporting((site) => {
  const path = pathAt(site, 0);
  if (reportAddress(site, path)) return;
  const mode = argument(site, 1);
  const text = mode === undefined ? "r" : knownText(mode);
  const what = label(site);
  if (site.called && text !== null && !/[waxc+]/.test(text)) site.walk.report({ kind: "read", path, what });
  else site.walk.report({ kind: "write", path, mode: modeOf(text ?? "w"), what });
});

function modeOf(mode: string): CodeWriteMode {
  if (mode.includes("a")) return "append";
  return mode.includes("x") ? "create" : "overwrite";
}

/** `file_get_contents(path)`. */
export const readsOrFetches: Act = reporting((site) => {
  const path = pathAt(site, 0);
  if (!reportAddress(site, path)) site.walk.report({ kind: "read", path, what: label(site) });
});

/** `file_put_contents(path, text, flags)`. */
export const putsContents: Act = reporting((site) => {
  const path = pathAt(site, 0);
  const flags = argument(site, 2);
  const appends = flags?.kind === "ref" && flags.path === "file_append";
  if (path !== null && /^php:\/\/(?:stdout|stderr|output)$/i.test(path)) return;
  if (!reportAddress(site, path))
    site.walk.report({ kind: "write", path, mode: appends ? "append" : "overwrite", what: label(site) });
});

/** Links: as the command that makes one. */
export const links: Act = reporting((site) => {
  const [target, name] = [pathAt(site, 0), pathAt(site, 1)];
  if (target === null || name === null) site.walk.report({ kind: "unknown", what: label(site) });
  else site.walk.report({ kind: "spawn", argv: ["ln", "-s", "--", target, name] });
});

/** `include "file"`: its code runs. */
export function include(site: Pick<Site, "walk" | "what">, given: Value): void {
  const path = knownText(given);
  if (path === null && given.kind !== "member") site.walk.report({ kind: "load", path: null, what: site.what });
  else if (path !== null && addresses.test(path)) site.walk.report({ kind: "dynamic", what: site.what, decoded: true });
  else site.walk.report({ kind: "load", path, what: site.what });
}
