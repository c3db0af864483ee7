// From a word of the command line to a held folder and a name in it: the parent's links are the person's and are resolved once,
// then the real path is opened component by component; the last name is never followed.
import { closeSync, fstatSync, type BigIntStats } from "node:fs";
import { fromLatin1, joinPath, nameOf, parentOf, type ByteText } from "./byte-text.ts";
import { codeOf, openAbsolute, realPath, statAt, type At } from "./open-below.ts";

/** A thing that stands somewhere: held parent, real path, facts. `dev` is the parent's: overlay file systems give files another. */
export type Found = {
  readonly kind: "found";
  readonly at: At;
  readonly path: ByteText;
  readonly facts: BigIntStats;
  readonly dev: bigint;
};

/**
 * `missing`: nothing there. `not_folder`: a component, or the thing before a trailing slash, is none. `dot`: `.` or `..`. `through`:
 * a link with a slash behind it, which would mean what is behind the link.
 */
export type Located =
  | Found
  | { readonly kind: "missing"; readonly path: ByteText | undefined; readonly at: At | undefined }
  | { readonly kind: "not_folder" | "dot" | "root" | "through" }
  | { readonly kind: "denied"; readonly code: string };

/** One of them. */
export type HeldFolder = { readonly fd: number; readonly path: ByteText; readonly dev: bigint };

/** Folders that are held open while things in them are judged and moved. */
export type HeldFolders = {
  /** The descriptor and real path of a folder by any name; the same name gives the same folder until `release`. */
  readonly hold: (path: ByteText) => HeldFolder;
  readonly size: () => number;
  readonly release: () => void;
};

/** An empty set of held folders. */
export function holdFolders(): HeldFolders {
  const held = new Map<ByteText, HeldFolder>();
  return {
    hold: (path) => {
      const known = held.get(path);
      if (known) return known;
      const real = realPath(path);
      const fd = openAbsolute(real);
      const opened = { fd, path: real, dev: fstatSync(fd, { bigint: true }).dev };
      held.set(path, opened);
      return opened;
    },
    size: () => held.size,
    release: () => {
      for (const { fd } of held.values()) closeSync(fd);
      held.clear();
    },
  };
}

/** Finds what `word` names, seen from `cwd` (absolute). */
export function locate(word: ByteText, cwd: ByteText, held: HeldFolders): Located {
  if (word === "") return { kind: "missing", path: undefined, at: undefined };
  const whole = fromLatin1((word.startsWith("/") ? word : joinPath(cwd, word)).replace(/(.)\/+$/, "$1"));
  if (/^\/+$/.test(whole)) return { kind: "root" };
  const name = nameOf(whole);
  if (name === "." || name === "..") return { kind: "dot" };
  try {
    const parent = held.hold(parentOf(whole));
    const at = { folder: parent.fd, name };
    const path = joinPath(parent.path, name);
    const facts = statAt(at);
    if (facts === undefined) return { kind: "missing", path, at };
    if (word.endsWith("/") && !facts.isDirectory()) return { kind: facts.isSymbolicLink() ? "through" : "not_folder" };
    return { kind: "found", at, path, facts, dev: parent.dev };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return { kind: "missing", path: undefined, at: undefined };
    return code === "ENOTDIR" ? { kind: "not_folder" } : { kind: "denied", code };
  }
}
