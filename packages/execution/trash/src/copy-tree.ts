// A verified copy of whatever stands somewhere: files, folders, links as links, hard links inside it as hard links. What cannot
// be copied is an error before anything is removed; node gives no access to extended attributes, so those are not kept.
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lchownSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  type BigIntStats,
} from "node:fs";
import { CesError } from "@ces/kernel";
import { fromLatin1, joinPath, type ByteText } from "./byte-text.ts";
import { compareTrees } from "./compare-trees.ts";
import { copiedMode, copyFile, seconds, type CopyStyle } from "./copy-file.ts";
import { typeOf } from "./item-facts.ts";
import { below, codeOf, namesIn, openFolderAt, statAt, type At } from "./open-below.ts";
import { DEEPEST } from "./tree-size.ts";

type Copying = {
  readonly style: CopyStyle;
  /** Changes to any entry show in its change time, which nobody sets back. */
  readonly changed: Map<string, bigint>;
  /** Files with several names: the first copy of each, as a path below `top`. */
  readonly linked: Map<string, ByteText>;
  readonly top: At;
};

/**
 * Copies `from` to `to`, where nothing stands, and verifies that the copy holds as many entries and bytes, and that the source did
 * not change meanwhile. Throws CesError TRASH_CANNOT_COPY, and node's errors (ENOSPC, EDQUOT); what was copied then is left to the
 * caller.
 */
export function copyTree(from: At, to: At, style: CopyStyle): void {
  const copying: Copying = { style, changed: new Map(), linked: new Map(), top: to };
  copyEntry(from, to, { copying, path: fromLatin1(""), depth: 0 });
  const fault = compareTrees(from, to, {
    content: "sizes",
    seen: (facts) => copying.changed.get(identity(facts)) === facts.ctimeNs,
  });
  if (fault !== undefined) throw cannot(`it ${fault}`);
}

type Where = { readonly copying: Copying; readonly path: ByteText; readonly depth: number };

function copyEntry(from: At, to: At, where: Where): void {
  const facts = statAt(from);
  if (facts === undefined) throw cannot("it changed while it was copied");
  where.copying.changed.set(identity(facts), facts.ctimeNs);
  const type = typeOf(facts);
  if (type === "file") return copyRegular(from, to, { facts, where });
  if (type === "link") return copyLink(from, to, { facts, where });
  if (type === "folder") return copyFolder(from, to, { facts, where });
  throw cannot(`it ${where.depth === 0 ? "is" : "holds"} a ${type}`);
}

type Entry = { readonly facts: BigIntStats; readonly where: Where };

function copyRegular(from: At, to: At, { facts, where }: Entry): void {
  const { linked, style, top } = where.copying;
  if (facts.nlink > 1n) {
    const first = linked.get(identity(facts));
    if (first !== undefined && linkTo(top, first, to)) return;
    linked.set(identity(facts), where.path);
  }
  copyFile(from, to, facts, style);
}

// A path that is too long to be named at once becomes a second copy.
function linkTo(top: At, first: ByteText, to: At): boolean {
  try {
    linkSync(below({ folder: top.folder, name: first === "" ? top.name : joinPath(top.name, first) }), below(to));
    return true;
  } catch (error) {
    if (["ENAMETOOLONG", "EPERM", "EMLINK"].includes(codeOf(error))) return false;
    throw error;
  }
}

function copyLink(from: At, to: At, { facts, where }: Entry): void {
  symlinkSync(readlinkSync(below(from), { encoding: "buffer" }), below(to));
  if (where.copying.style.owners) lchownSync(below(to), Number(facts.uid), Number(facts.gid));
  lutimesSync(below(to), seconds(facts.atimeNs), seconds(facts.mtimeNs));
}

function copyFolder(from: At, to: At, { facts, where }: Entry): void {
  if (where.depth >= DEEPEST) throw cannot(`it is deeper than ${DEEPEST} folders`);
  mkdirSync(below(to), { mode: 0o700 });
  const source = openFolderAt(from);
  try {
    const target = openFolderAt(to);
    try {
      for (const name of namesIn(source)) {
        const path = where.path === "" ? name : joinPath(where.path, name);
        copyEntry({ folder: source, name }, { folder: target, name }, { ...where, path, depth: where.depth + 1 });
      }
      dressFolder(target, facts, where.copying.style);
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

function dressFolder(fd: number, facts: BigIntStats, style: CopyStyle): void {
  const self = `/proc/self/fd/${fd}`;
  if (style.owners) lchownSync(`${self}/.`, Number(facts.uid), Number(facts.gid));
  chmodSync(self, copiedMode(facts, style));
  utimesSync(self, seconds(facts.atimeNs), seconds(facts.mtimeNs));
  if (style.sync === "each") fsyncSync(fd);
}

function identity(facts: BigIntStats): string {
  return `${facts.dev}:${facts.ino}`;
}

function cannot(why: string): CesError {
  return new CesError("TRASH_CANNOT_COPY", `${why}, and cannot be taken to another device`, {
    remedy: "move it by hand to where it may stay",
  });
}
