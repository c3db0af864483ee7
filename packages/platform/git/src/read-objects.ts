// Reads objects as they are, through one `cat-file --batch` per call, and checks each against its name.
import { CesError } from "@ces/kernel";
import { git, type GitProcess } from "./git-process.ts";
import { objectId, type ObjectFormat, type ObjectType } from "./object-id.ts";

/** An object read and proven to have its name. */
export type ReadObject = { readonly oid: string; readonly bytes: Buffer };

/** What is read: names, all of one type. */
export type ObjectQuery = {
  readonly type: ObjectType;
  readonly oids: readonly string[];
  readonly format: ObjectFormat;
};

/**
 * The objects in order. Throws CesError `GIT_OBJECT_MISSING`, `GIT_OBJECT_KIND`, or `GIT_OBJECT_CORRUPT` where the bytes do
 * not hash to the name (a hostile `.git` came with the folder).
 */
export async function readObjects(process: GitProcess, query: ObjectQuery): Promise<readonly ReadObject[]> {
  if (query.oids.length === 0) return [];
  const names = [...new Set(query.oids)];
  const answer = await git(process, ["cat-file", "--batch"], { stdin: `${names.map(checkName).join("\n")}\n` });
  const found = new Map<string, ReadObject>();
  let at = 0;
  for (const oid of names) {
    const end = answer.indexOf(0x0a, at);
    const size = headerSize(answer.subarray(at, end).toString("latin1"), oid, query.type);
    const bytes = answer.subarray(end + 1, end + 1 + size);
    if (objectId(query.format, query.type, bytes) !== oid)
      throw new CesError("GIT_OBJECT_CORRUPT", `object \`${oid}\` does not hash to its name`, {
        remedy: "run `git fsck`",
      });
    found.set(oid, { oid, bytes });
    at = end + 1 + size + 1;
  }
  return query.oids.map((oid) => found.get(oid) ?? missing(oid));
}

function checkName(oid: string): string {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(oid)) return oid;
  throw new CesError("GIT_OBJECT_MISSING", `\`${oid}\` is not an object name`);
}

function headerSize(header: string, oid: string, type: ObjectType): number {
  const [name, kind, size] = header.split(" ");
  if (name !== oid || kind === undefined || size === undefined) return missing(oid);
  if (kind !== type) throw new CesError("GIT_OBJECT_KIND", `object \`${oid}\` is a ${kind}, not a ${type}`);
  return Number(size);
}

function missing(oid: string): never {
  throw new CesError("GIT_OBJECT_MISSING", `object \`${oid}\` is not in the repository`, {
    remedy: "fetch the missing objects (a partial clone has to be completed), then run the command again",
  });
}
