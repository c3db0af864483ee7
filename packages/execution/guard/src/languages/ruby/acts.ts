// Names of Ruby whose meaning hangs on their arguments: pipes in paths, open modes, names as symbols.
import type { CodeWriteMode } from "../finding.ts";
import { shown } from "../finding.ts";
import {
  argument,
  label,
  pathAt,
  pathOf,
  pathsOf,
  reportDynamic,
  reporting,
  reportShell,
  reportSpawn,
  wordsFrom,
  wordsIn,
} from "../walk/acts.ts";
import { escape } from "../walk/bindings.ts";
import { call } from "../walk/call.ts";
import { reportFedShell, reportFedSpawn } from "../walk/feed.ts";
import type { Act, Site } from "../walk/dialect.ts";
import { data, knownText, local, ref, textOf, thing, type Value, wordOf } from "../walk/value.ts";
import { rubyLibraries } from "./libraries.ts";

/** `system`, `exec`, `spawn`: one text is a shell's, several are a program and its arguments. */
export const words: Act = reporting((site) => {
  const given = wordsFrom(site, 0);
  // A record in front is the environment, one at the end holds options.
  const env = given?.[0]?.kind === "record" ? given[0] : undefined;
  const plain = given?.filter(({ kind }) => kind !== "record") ?? null;
  const first = plain?.[0];
  const list = wordsIn(first);
  if (plain === null || first === undefined) return reportSpawn(site, null);
  const isPlain = env === undefined && !site.args.some(({ name }) => name === "chdir" || name === "unsetenv_others");
  const fed = feeding(site, plain);
  if (fed !== null) return reportFed(site, list ?? (isPlain ? plain : surrounded(site, env, plain)), fed);
  if (!isPlain) return reportSpawn(site, surrounded(site, env, plain));
  if (list !== null) return reportSpawn(site, list[0]?.kind === "list" ? null : list);
  if (plain.length === 1 || site.what === "IO.popen") return reportShell(site, first);
  reportSpawn(site, plain);
});

// What the program gets on standard input from this code; null when nothing.
function feeding(site: Site, plain: readonly Value[]): Value | null {
  const input = site.args.find(({ name }) => name === "stdin_data")?.value;
  if (input !== undefined) return input;
  const isOpened = /popen[23]e?$|pipeline_(?:w|rw)$/.test(site.what);
  const mode = /popen$/.test(site.what) && plain.length > 1 ? plain.at(-1) : undefined;
  const isFed = isOpened || (mode !== undefined && !/^rb?$/.test(knownText(mode) ?? "w"));
  return isFed || site.args.some(({ name }) => name === "in") ? data : null;
}

function reportFed(site: Site, words: readonly Value[], fed: Value): void {
  const plain = /popen$/.test(site.what) ? words.slice(0, wordsIn(words[0]) === null ? 2 : 1) : words;
  const input = fed.kind === "data" ? undefined : fed;
  const [only, second] = plain;
  if (second === undefined || /popen$/.test(site.what)) reportFedShell(site, only, input);
  else reportFedSpawn(site, plain, input);
}

function surrounded(site: Site, env: Value | undefined, plain: readonly Value[]): readonly Value[] {
  const prefix = [textOf("env")];
  const directory = site.args.find(({ name }) => name === "chdir")?.value;
  if (directory !== undefined) prefix.push(textOf("-C"), textOf(wordOf(directory)));
  if (env?.kind === "record") for (const [key, value] of env.entries) prefix.push(textOf(`${key}=${wordOf(value)}`));
  const program = plain.length === 1 && plain[0]?.kind === "text" ? [textOf("sh"), textOf("-c"), ...plain] : plain;
  return [...prefix, ...program];
}

/** Starts a program in a way that is not read. */
export const spawns: Act = reporting((site) => reportSpawn(site, null));

/** A path that begins with a bar is a command. */
function reportPipe(site: Site, value: Value | undefined): boolean {
  const path = pathOf(value);
  if (path === null || !path.startsWith("|")) return false;
  reportShell(site, textOf(path.slice(1)));
  return true;
}

/** `open(path, mode)`: a command, an address or a file. */
export const open: Act = reporting((site) => {
  const value = argument(site, 0);
  const path = pathOf(value);
  if (reportPipe(site, value)) return;
  if (path !== null && /^(?:https?|ftp):/.test(path))
    return site.walk.report({ kind: "network", what: label(site), direction: "fetch" });
  if (path === null)
    site.walk.report({ kind: "unknown", what: `${label(site)} of a computed path, which may be a command` });
  reportOpen(site, path);
});

/** `File.open(path, mode)`. */
export const openFile: Act = reporting((site) => reportOpen(site, pathAt(site, 0)));

function reportOpen(site: Site, path: string | null): void {
  const mode = site.args.find(({ name }) => name === "mode")?.value ?? argument(site, 1);
  const text = mode === undefined || mode.kind === "record" ? "r" : knownText(mode);
  const what = label(site);
  if (text !== null && !/[wa+]/.test(text)) site.walk.report({ kind: "read", path, what });
  else site.walk.report({ kind: "write", path, mode: modeOf(text), what });
}

const modeOf = (mode: string | null): CodeWriteMode => (mode?.includes("a") === true ? "append" : "overwrite");

/** `IO.read(path)`: a command when it begins with a bar. */
export const readPath: Act = {
  mild: true,
  run: (site) => {
    if (!site.what.startsWith("IO.") || !reportPipe(site, argument(site, 0)))
      site.walk.report({ kind: "read", path: pathAt(site, 0), what: label(site) });
    return data;
  },
};

/** `File.write(path, text, mode:)`. */
export const writePath: Act = reporting((site) => {
  if (site.what.startsWith("IO.") && reportPipe(site, argument(site, 0))) return;
  const mode = knownText(site.args.find(({ name }) => name === "mode")?.value);
  site.walk.report({ kind: "write", path: pathAt(site, 0), mode: modeOf(mode), what: label(site) });
});

/** Links: as the command that makes one. */
export const links: Act = reporting((site) => {
  const [target, name] = [pathAt(site, 0), pathAt(site, 1)];
  if (target === null || name === null) site.walk.report({ kind: "unknown", what: label(site) });
  else site.walk.report({ kind: "spawn", argv: ["ln", "-s", "--", target, name] });
});

/** `File.chmod(mode, path …)`. */
export const marks: Act = reporting((site) => {
  const paths = pathsOf({ ...site, args: site.args.slice(1) });
  for (const path of paths.length > 0 ? paths : [null]) site.walk.report({ kind: "metadata", path, what: label(site) });
});

/** `Pathname.new(path)`. */
export const pathname: Act = { mild: true, run: (site) => thing("Pathname", pathAt(site, 0)) };

/** `send(:name, …)`: the method itself; a private function of every object is among them. */
export const sends: Act = {
  holds: true,
  run: (site) => {
    const { walk, on } = site;
    const name = site.called ? knownText(argument(site, 0)) : null;
    if (name === null) {
      for (const { value } of site.args) escape(walk, value);
      reportDynamic(site);
      return data;
    }
    const args = site.args.slice(1);
    if (on.kind === "ref") return call(walk, walk.dialect.member(walk, on, name), args);
    const isFunction = walk.dialect.names.get(name) !== undefined || !walk.dialect.methods.has(name);
    const result = isFunction ? call(walk, ref(name), args) : data;
    return walk.dialect.methods.has(name) ? call(walk, { kind: "member", on, name }, args) : result;
  },
};

/** `method(:name)`: the function is handed on. */
export const names: Act = reporting((site) => {
  const found = site.args.map(({ value }) => knownText(value));
  if (!site.called || found.length === 0 || found.includes(null)) return reportDynamic(site);
  for (const name of found) {
    const member = site.on.kind === "ref" ? site.walk.dialect.member(site.walk, site.on, name ?? "") : null;
    escape(site.walk, ref(name ?? ""));
    escape(site.walk, member ?? { kind: "member", on: site.on, name: name ?? "" });
  }
});

/** `:name.to_proc`: a function that calls the method of that name. */
export const toProcedure: Act = {
  run: (site) => {
    const name = knownText(site.on);
    if (name !== null) call(site.walk, { kind: "member", on: data, name }, []);
    else if (site.on.kind !== "local") site.walk.report({ kind: "unknown", what: label(site) });
    return data;
  },
};

/** `const_get(:Name)`. */
export const constant: Act = {
  run: (site) => {
    const name = site.called ? knownText(argument(site, 0)) : null;
    if (name !== null) return ref(name.replaceAll("::", "."));
    reportDynamic(site);
    return data;
  },
};

/** `attr_accessor :name`, `Struct.new(:name)`: methods of the program. */
export const defines: Act = {
  mild: true,
  run: (site) => {
    for (const { value } of site.args) {
      const name = knownText(value);
      if (name !== null && site.walk.pass === "bind") site.walk.methods.add(name);
    }
    return local;
  },
};

/** `require "library"`. */
export const requires: Act = reporting((site) => {
  const name = pathAt(site, 0);
  if (name === null) return reportDynamic(site);
  const isFile = /^(?:\.{0,2}\/)/.test(name);
  if (isFile) site.walk.report({ kind: "load", path: name, what: label(site) });
  else if (!rubyLibraries().has(name)) site.walk.report({ kind: "load", path: null, what: shown(name) });
});

/** `instance_eval`: a text is code, a block is not. */
export const evaluates: Act = reporting((site) => {
  if (!site.called || site.args.length > 0) site.walk.report({ kind: "dynamic", what: label(site), decoded: false });
});
