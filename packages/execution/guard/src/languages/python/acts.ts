// Names of Python whose meaning hangs on their arguments: open modes, argument lists, look-ups by name.
import { HOLE } from "../../arg.ts";
import type { CodeWriteMode } from "../finding.ts";
import {
  argument,
  label,
  option,
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
import { escape, resolve } from "../walk/bindings.ts";
import { reportFedShell, reportFedSpawn } from "../walk/feed.ts";
import type { Act, Site } from "../walk/dialect.ts";
import { data, knownText, ref, textOf, thing, type Value } from "../walk/value.ts";

/** `open(file, mode)` by its mode; unknown modes are writes. */
export function reportOpen(site: Site, path: string | null, mode: Value | undefined): void {
  const text = mode === undefined ? "r" : knownText(mode);
  const writes = openMode(text ?? "w");
  const what = label(site);
  if (writes === null) site.walk.report({ kind: "read", path, what });
  else site.walk.report({ kind: "write", path, mode: writes, what });
}

function openMode(mode: string): CodeWriteMode | null {
  if (mode.includes("a")) return "append";
  if (mode.includes("x")) return "create";
  return /[w+]/.test(mode) ? "overwrite" : null;
}

/** `open` and its kin. */
export const open: Act = {
  run: (site) => {
    const path = pathAt(site, 0, "file");
    reportOpen(site, path, argument(site, 1, "mode"));
    return openMode(knownText(argument(site, 1, "mode")) ?? "r") === "overwrite" ? thing("written", path) : data;
  },
};

/** `open(path, "w").close()` leaves nothing of the file. */
export const closes: Act = {
  mild: true,
  run: (site) => {
    site.walk.report({ kind: "write", path: pathOf(site.on), mode: "empty", what: label(site) });
    return data;
  },
};

/** `Path(…).open(mode)`. */
export const openSelf: Act = reporting((site) => reportOpen(site, pathOf(site.on), argument(site, 0, "mode")));

/** `os.open(path, flags)`: the flags are not worked out. */
export const osOpen: Act = reporting((site) => {
  const flags = argument(site, 1, "flags");
  const isRead = flags?.kind === "ref" && flags.path === "os.O_RDONLY";
  reportOpen(site, pathAt(site, 0, "path"), textOf(isRead ? "r" : "w"));
});

/** Archives: opened for reading they are read; what is unpacked is a method's matter. */
export const openArchive: Act = reporting((site) =>
  reportOpen(site, pathAt(site, 0, "file"), argument(site, 1, "mode")),
);

/** `fileinput` with `inplace` rewrites what it reads. */
export const editsInPlace: Act = reporting((site) => {
  const edits = option(site, "inplace") !== undefined || !site.called;
  reportOpen(site, pathAt(site, 0, "files"), textOf(edits ? "w" : "r"));
});

/** A tree of XML has a `write` that takes a path. */
export const makesTree: Act = {
  run: (site) => {
    site.walk.notes.add("trees");
    if (argument(site, 0) !== undefined) site.walk.report({ kind: "read", path: pathAt(site, 0), what: label(site) });
    return data;
  },
};

/** `.write(…)`: to a file that was opened before, unless trees are about. */
export const write: Act = {
  mild: true,
  run: (site) => {
    if (site.walk.notes.has("trees"))
      site.walk.report({ kind: "write", path: pathAt(site, 0), mode: "overwrite", what: label(site) });
    return data;
  },
};

/** `os.path.join`, folded when all parts are known. */
export const pathJoin: Act = {
  mild: true,
  run: (site) => {
    const parts = site.args.map(({ value, spread }) => (spread ? null : pathOf(value)));
    return parts.length > 0 && parts.every((part) => part !== null) ? textOf(joinPaths(parts)) : data;
  },
};

const joinPaths = (parts: readonly string[]): string =>
  parts.reduce((left, right) => {
    if (right.startsWith("/") || left === "") return right;
    return left.endsWith("/") ? left + right : `${left}/${right}`;
  });

/** Gives the path it is given. */
export const pathSame: Act = {
  mild: true,
  run: (site) => {
    const path = pathAt(site, 0);
    return path === null ? data : textOf(path);
  },
};

/** `Path(…)`. */
export const makePath: Act = {
  mild: true,
  run: (site) => {
    const parts = site.args.map(({ value, spread }) => (spread ? null : pathOf(value)));
    return thing("Path", parts.length > 0 && parts.every((part) => part !== null) ? joinPaths(parts) : null);
  },
};

/** `Path(…) / name`. */
export function joinPath(left: Value, right: Value): Value {
  if (left.kind !== "thing" || left.of !== "Path") return data;
  const tail = pathOf(right);
  return thing("Path", left.path === null || tail === null ? null : joinPaths([left.path, tail]));
}

/** Links: as the command that makes one. */
export const links: Act = reporting((site) => {
  const [target, name] = [pathAt(site, 0), pathAt(site, 1)];
  if (target === null || name === null) site.walk.report({ kind: "unknown", what: label(site) });
  else site.walk.report({ kind: "spawn", argv: ["ln", "-s", "--", target, name] });
});

/** Signals: as the command that sends one. */
export const kills: Act = reporting((site) => site.walk.report({ kind: "spawn", argv: ["kill", "-TERM", HOLE] }));

/** `sys.path` grows: modules may come from there. */
export const addsPath: Act = reporting((site) => {
  const path = pathsOf(site).find((one) => one !== null) ?? null;
  site.walk.report({ kind: "load", path, what: label(site) });
});

/** `subprocess.run` and its kin. */
export const subprocess: Act = reporting((site) => {
  const command = argument(site, 0, "args");
  if (!site.called || site.args.some(({ spread }) => spread)) return reportSpawn(site, null);
  const words = wordsIn(command) ?? (knownText(command) === null ? null : [command ?? data]);
  const shell = option(site, "shell");
  const isShell = shell !== undefined && !(shell.kind === "ref" && shell.path === "False");
  const program = option(site, "executable");
  const around = surroundings(site);
  const fed = feeding(site);
  if (isShell && program === undefined && around.length === 0)
    return fed === null ? reportShell(site, words?.[0]) : reportFedShell(site, words?.[0], fed);
  const argv = isShell ? words && [textOf("sh"), textOf("-c"), ...words] : words;
  const all = argv && [...around, program ?? argv[0] ?? data, ...argv.slice(1)];
  if (fed === null) reportSpawn(site, all);
  else reportFedSpawn(site, all, fed);
});

// What the program gets on standard input from this code; null when nothing.
function feeding(site: Site): Value | null {
  const input = option(site, "input");
  if (input !== undefined) return input;
  const stdin = option(site, "stdin");
  const isPlain = stdin === undefined || (stdin.kind === "ref" && /(?:DEVNULL|None)$/.test(stdin.path));
  return isPlain ? null : data;
}

// What `cwd` and `env` mean, as the words of `env`.
function surroundings(site: Site): readonly Value[] {
  const [cwd, env] = [option(site, "cwd"), option(site, "env")];
  const none = (value: Value | undefined): boolean =>
    value === undefined || (value.kind === "ref" && value.path === "None");
  if (none(cwd) && none(env)) return [];
  const words = [textOf("env")];
  if (cwd !== undefined && !none(cwd)) words.push(textOf("-C"), textOf(pathOf(cwd) ?? HOLE));
  if (env === undefined || none(env)) return words;
  if (env.kind !== "record") site.walk.report({ kind: "unknown", what: "an environment that is computed" });
  if (env.kind !== "record") return words;
  if (env.whole) words.push(textOf("-i"));
  for (const [key, value] of env.entries)
    if (!key.startsWith(HOLE)) words.push(textOf(`${key}=${knownText(value) ?? HOLE}`));
  return words;
}

/** A program and its arguments, one by one. */
export const words: Act = reporting((site) => reportSpawn(site, wordsFrom(site, 0)));

/** `os.execl(path, arg0, arg1 …)`: the path is `at - 1`, `arg0` is only a name. */
export const execFamily = (at: number): Act =>
  reporting((site) => {
    const rest = wordsFrom(site, at - 1);
    reportSpawn(site, rest && [rest[0] ?? data, ...rest.slice(2)]);
  });

/** `os.execv(path, [arg0, arg1 …])`. */
export const execVector = (at: number): Act =>
  reporting((site) => {
    const list = wordsIn(argument(site, at));
    reportSpawn(site, list && [argument(site, at - 1) ?? data, ...list.slice(1)]);
  });

/** Starts a program in a way that is not read. */
export const spawns: Act = reporting((site) => reportSpawn(site, null));

/** `__import__(name)`. */
export const importModule: Act = {
  run: (site) => {
    const name = knownText(argument(site, 0, "name"));
    if (name !== null) return ref(name);
    reportDynamic(site);
    return data;
  },
};

/** `getattr(object, name)`. */
export const getAttribute: Act = {
  holds: true,
  run: (site) => {
    const name = knownText(argument(site, 1));
    const on = argument(site, 0);
    for (const { value } of site.args.slice(2)) escape(site.walk, value);
    if (name !== null && on !== undefined) return site.walk.dialect.member(site.walk, on, name);
    reportDynamic(site);
    return data;
  },
};

/** `setattr(object, name, value)`. */
export const setAttribute: Act = reporting((site) => {
  if (!site.called || knownText(argument(site, 1)) === null || argument(site, 0)?.kind === "ref") reportDynamic(site);
});

/** `globals()`, `vars(module)`: names as data. */
export const namespace: Act = {
  holds: true,
  run: (site) => {
    const of = argument(site, 0);
    if (!site.called) reportDynamic(site);
    if (of === undefined) return thing("namespace");
    return of.kind === "ref" ? thing("namespace", of.path) : data;
  },
};

/** An element of a namespace: the name itself. */
export function fromNamespace(site: Site, path: string | null, key: string | null): Value {
  if (key === null) {
    reportDynamic(site);
    return data;
  }
  return path === null ? resolve(site.walk, key) : site.walk.dialect.member(site.walk, ref(path), key);
}

/** Look-ups by name that are made first and used later. */
export const reflects: Act = reporting((site) => {
  const name = knownText(argument(site, 0));
  if (name === null) return reportDynamic(site);
  for (const part of name.split(".")) escape(site.walk, site.walk.dialect.member(site.walk, data, part));
});

/** `type(x)` tells a class, `type(name, bases, members)` makes one. */
export const type: Act = {
  mild: true,
  holds: true,
  run: ({ walk, args }) => {
    if (args.length > 1) for (const { value } of args) escape(walk, value);
    return data;
  },
};
