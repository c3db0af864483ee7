// Functions of R whose meaning hangs on their arguments.
import { argument, label, option, pathOf, reporting, reportShell, reportSpawn, wordsIn } from "../walk/acts.ts";
import { escape } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import type { Act, Site } from "../walk/dialect.ts";
import { reportFedShell } from "../walk/feed.ts";
import { data, knownText, listOf, ref, textOf, type Value } from "../walk/value.ts";

/** `do.call("name", list(…))`. */
export const doCall: Act = reporting((site) => {
  const name = knownText(argument(site, 0));
  const list = wordsIn(argument(site, 1));
  if (name === null) return escape(site.walk, argument(site, 0) ?? data);
  const rest = list?.map((value) => ({ name: null, value, spread: false })) ?? [
    { name: null, value: data, spread: true },
  ];
  call(site.walk, ref(name), rest);
});

/** `get("name")`: the function itself. */
export const gets: Act = {
  run: (site) => {
    const name = knownText(argument(site, 0, "x"));
    if (name !== null) return ref(name);
    site.walk.report({ kind: "dynamic", what: label(site), decoded: false });
    return data;
  },
};

/** `paste`, folded when all parts are known. */
export const paste: Act = {
  mild: true,
  run: (site) => {
    const parts = site.args.filter(({ name }) => name === null).map(({ value }) => knownText(value));
    const glue = site.what === "paste0" ? "" : (knownText(option(site, "sep") ?? textOf(" ")) ?? "\0");
    return parts.every((part) => part !== null) ? textOf(parts.join(glue)) : data;
  },
};

/** `c`, `list`. */
export const lists: Act = { mild: true, run: (site) => listOf(site.args.map(({ value }) => value)) };

/** `system2(command, args)`: R hands it to a shell, arguments and all. */
export const system2: Act = reporting((site) => {
  const args = argument(site, 1, "args");
  const command = argument(site, 0, "command") ?? data;
  // R hands it to a shell, arguments and all.
  const words = args === undefined ? [] : (wordsIn(args) ?? (knownText(args) === null ? null : [args]));
  const texts = words?.map(knownText);
  const text = texts?.every((one) => one !== null) === true ? [knownText(command), ...texts].join(" ") : null;
  if (text === null || knownText(command) === null) reportSpawn(site, null);
  else reportShell(site, textOf(text));
});

/** `system`, `pipe`; with `input` the program is fed. */
export const shell: Act = reporting((site) => {
  const input =
    option(site, "input") ?? (site.what === "pipe" ? (option(site, "open") ?? argument(site, 1)) : undefined);
  if (input === undefined) reportShell(site, argument(site, 0, "command"));
  else reportFedShell(site, argument(site, 0, "command"), site.what === "pipe" ? undefined : input);
});

function reportSource(site: Site, value: Value | undefined): void {
  const path = pathOf(value);
  if (path !== null && /^(?:https?|ftp):/.test(path))
    site.walk.report({ kind: "network", what: label(site), direction: "fetch" });
  else if (value !== undefined && path !== "stdin") site.walk.report({ kind: "read", path, what: label(site) });
}

/** Reads a connection that some other call made, a file or an address. */
export const readsSource: Act = {
  mild: true,
  run: (site) => {
    const value = argument(site, 0, "file");
    if (value === undefined || value.kind === "text") reportSource(site, value);
    if (option(site, "cmd") !== undefined) reportShell(site, option(site, "cmd"));
    return data;
  },
};

/** `file(path, mode)`. */
export const connects: Act = reporting((site) => {
  const mode = argument(site, 1, "open");
  const path = pathOf(argument(site, 0));
  if (mode === undefined || /^r[bt]?$/.test(knownText(mode) ?? "w")) reportSource(site, argument(site, 0));
  else
    site.walk.report({
      kind: "write",
      path,
      mode: knownText(mode)?.startsWith("a") === true ? "append" : "overwrite",
      what: label(site),
    });
});

/** Writes the file at a position or of a name; prints when there is none. */
export const writesAt = (at: number, name: string): Act =>
  reporting((site) => {
    const value = option(site, name) ?? (at < 0 ? undefined : argument(site, at));
    if (value === undefined && site.called) return;
    if (value?.kind === "ref" || (value?.kind === "data" && name === "con")) return;
    const path = pathOf(value);
    if (path?.startsWith("|") === true) reportShell(site, textOf(path.slice(1)));
    else if (path !== "")
      site.walk.report({
        kind: "write",
        path,
        mode: option(site, "append") === undefined ? "overwrite" : "append",
        what: label(site),
      });
  });

const known = new Set(
  "stats utils base methods graphics grDevices datasets tools parallel compiler grid splines jsonlite dplyr ggplot2 tidyr readr purrr tibble stringr data.table magrittr tidyverse lubridate rlang".split(
    " ",
  ),
);

/** `library(name)`. */
export const library: Act = reporting((site) => {
  const value = site.args[0]?.value;
  const name = value?.kind === "ref" ? value.path : knownText(value);
  if (name === null || !known.has(name)) site.walk.report({ kind: "load", path: null, what: name ?? label(site) });
});

/** `source(file)`. */
export function sources(): Act {
  return reporting((site) => {
    const path = pathOf(argument(site, 0, "file"));
    if (path !== null && /^(?:https?|ftp):/.test(path))
      site.walk.report({ kind: "network", what: label(site), direction: "fetch" });
    if (path === null || /^\w+:\/\//.test(path))
      site.walk.report({ kind: "dynamic", what: label(site), decoded: false });
    else site.walk.report({ kind: "load", path, what: label(site) });
  });
}
