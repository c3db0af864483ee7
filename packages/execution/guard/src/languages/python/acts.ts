// Names of Python whose meaning hangs on their arguments: open modes, argument lists, look-ups by name.
import type { CodeWriteMode } from "../finding.ts";
import { argument, label, option, pathAt, pathOf, pathsOf, reporting } from "../walk/acts.ts";
import type { Act, Site } from "../walk/dialect.ts";
import { data, knownText, textOf, thing, type Value } from "../walk/value.ts";

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

/** `sys.path` grows: modules may come from there. */
export const addsPath: Act = reporting((site) => {
  const path = pathsOf(site).find((one) => one !== null) ?? null;
  site.walk.report({ kind: "load", path, what: label(site) });
});

/** `urlretrieve(url, path)`: a file that a network fills. */
export const fetchesFile: Act = reporting((site) => {
  const what = label(site);
  site.walk.report({ kind: "network", what, direction: "fetch" });
  if (argument(site, 1, "filename") !== undefined)
    site.walk.report({ kind: "write", path: pathAt(site, 1, "filename"), mode: "overwrite", what });
});
