// Names of Lua whose meaning hangs on their arguments.
import { shown } from "../finding.ts";
import { argument, label, pathAt, reportDynamic, reporting, reportShell } from "../walk/acts.ts";
import type { Act } from "../walk/dialect.ts";
import { reportFedShell } from "../walk/feed.ts";
import { data, knownText, ref } from "../walk/value.ts";

const libraries = new Set(
  "io os string table math utf8 coroutine debug package bit bit32 ffi jit lfs posix socket ssl http cjson dkjson inspect lpeg unistd".split(
    " ",
  ),
);

/** `require "name"`. */
export const require: Act = {
  run: (site) => {
    const name = knownText(argument(site, 0));
    if (name === null) {
      reportDynamic(site);
      return data;
    }
    const root = name.split(".")[0] ?? name;
    if (libraries.has(root)) return ref(name === "socket.http" ? "http" : name);
    site.walk.report({ kind: "load", path: /[/]/.test(name) ? name : null, what: shown(name) });
    return ref(`library ${name.replaceAll(".", "_")}`);
  },
};

/** `dofile(path)`. */
export const loads: Act = reporting((site) =>
  site.walk.report({ kind: "load", path: pathAt(site, 0), what: label(site) }),
);

/** `io.open(path, mode)`. */
export const opens: Act = reporting((site) => {
  const mode = argument(site, 1);
  const text = mode === undefined ? "r" : knownText(mode);
  const [path, what] = [pathAt(site, 0), label(site)];
  if (site.called && text !== null && !/[wa+]/.test(text)) site.walk.report({ kind: "read", path, what });
  else site.walk.report({ kind: "write", path, mode: text?.startsWith("a") === true ? "append" : "overwrite", what });
});

/** `io.popen(command, mode)`: opened for writing the program is fed. */
export const pipes: Act = reporting((site) => {
  const mode = argument(site, 1);
  if (mode === undefined || knownText(mode)?.startsWith("r") === true) reportShell(site, argument(site, 0));
  else reportFedShell(site, argument(site, 0));
});

/** `io.lines(path)`; standard input without one. */
export const readsLines: Act = {
  mild: true,
  run: (site) => {
    if (argument(site, 0) !== undefined) site.walk.report({ kind: "read", path: pathAt(site, 0), what: label(site) });
    return data;
  },
};
