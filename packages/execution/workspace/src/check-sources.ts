// What check detection may look at: names of the base and texts of a few data files. Nothing is run or imported (S37).
import { parseJson, utf8Decode, type Json, type JsonObject } from "@ces/kernel";
import type { Git, TreeFile } from "@ces/ports";

/** Names and texts of one base. */
export type CheckSources = {
  readonly files: ReadonlyMap<string, TreeFile>;
  /** The text of a root file; undefined when absent, a link, larger than 1 MiB or not UTF-8. */
  readonly text: (path: string) => string | undefined;
};

const READ = [
  "package.json",
  "pyproject.toml",
  "setup.cfg",
  "tox.ini",
  "requirements.txt",
  "requirements-dev.txt",
  "Makefile",
  "GNUmakefile",
  "makefile",
];
const MAX = 1024 * 1024;

/** Reads the data files that detection understands. */
export async function readCheckSources(git: Git, tree: string): Promise<CheckSources> {
  const files = new Map((await git.treeFiles(tree)).map((file) => [file.path, file]));
  const present = READ.flatMap((path) => files.get(path) ?? []).filter(
    (file) => file.mode === "100644" || file.mode === "100755",
  );
  const blobs = await git.blobs(present.map((file) => file.oid));
  const texts = new Map(present.map((file, i) => [file.path, textOf(blobs[i])]));
  return { files, text: (path) => texts.get(path) };
}

/** The object in a JSON text; undefined for anything else. */
export function jsonObject(text: string | undefined): JsonObject | undefined {
  const read = text === undefined ? undefined : parseJson(text, { maxBytes: MAX });
  return read?.kind === "parsed" ? asObject(read.value) : undefined;
}

/** A JSON value as an object. */
export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined || bytes.length > MAX ? undefined : utf8Decode(bytes);
}
