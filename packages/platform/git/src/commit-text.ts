// Commits as text, both ways.
import { CesError } from "@ces/kernel";
import type { CommitFacts, GitIdentity, NewCommit } from "@ces/ports";

/** The bytes of a commit object. Throws CesError `GIT_IDENTITY` for a name or mail that would forge header lines. */
export function commitBytes(commit: NewCommit): Buffer {
  const seconds = Math.floor(Date.parse(commit.at) / 1000);
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${identity(commit.author)} ${seconds} +0000`,
    `committer ${identity(commit.committer)} ${seconds} +0000`,
  ];
  return Buffer.from(`${lines.join("\n")}\n\n${commit.message.replaceAll("\0", "").trimEnd()}\n`);
}

/** The facts of a commit object's bytes. Throws CesError `GIT_COMMIT_INVALID`. */
export function parseCommit(oid: string, bytes: Buffer): CommitFacts {
  const text = bytes.toString("utf8");
  const split = text.indexOf("\n\n");
  const headers = (split < 0 ? text : text.slice(0, split)).split("\n");
  const tree = headers.find((line) => line.startsWith("tree "))?.slice(5);
  if (tree === undefined) throw new CesError("GIT_COMMIT_INVALID", `commit \`${oid}\` has no tree`);
  const parents = headers.filter((line) => line.startsWith("parent ")).map((line) => line.slice(7));
  return { oid, tree, parents, message: split < 0 ? "" : text.slice(split + 2) };
}

function identity({ name, email }: GitIdentity): string {
  const bad = /[<>\n\r\0]/;
  if (bad.test(name) || bad.test(email) || name.trim() === "")
    throw new CesError("GIT_IDENTITY", `\`${name} <${email}>\` cannot be an author`, { remedy: "name a plain author" });
  return `${name} <${email}>`;
}
