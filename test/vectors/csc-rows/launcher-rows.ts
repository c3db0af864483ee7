// What the reference's runner would start, and what it refuses to.

import { hardenedRefusal } from "@ces/contract";
import {
  type LauncherAnswer,
  type LauncherPlan,
  type PathKind,
  referenceBlocks,
  referenceLauncherArgv,
} from "@ces/contract/reference";
import { type JsonObject } from "@ces/kernel";
import { differs, judge } from "../suite.ts";
import { noteStricter } from "./notes.ts";
import { isTighten, objectIn, rowWith, textIn, textsIn, type RowReader } from "./row.ts";

// Nothing is on a disk: the tree of a row is what the row says.
const ROOT = "/csc-root";

/** Judges an argument list. A `tighten` row has the same arguments, each bind behind its parents. */
export const launcherRow: RowReader = (row) => {
  rowWith(row, ["cwd", "config", "user_argv", "reference"], ["dirs", "files", "read", "write"]);
  const answer = referenceLauncherArgv(planOf(row), treeOf(row));
  const { argv, error } = objectIn(row, "reference");
  if (typeof error === "string") return judge([errorDiffers(row, error, answer)]);
  const expected = Array.isArray(argv) ? argv.map((word) => rooted(String(word))) : [];
  const got = answer.kind === "argv" ? answer.argv : [answer.text];
  if (!isTighten(row)) return judge([differs("argv", expected, got)]);
  return judge([differs("arguments", expected.toSorted(), got.toSorted()), hiddenBind(got)]);
};

function planOf(row: JsonObject): LauncherPlan {
  return {
    cwd: rooted(textIn(row, "cwd")),
    read: textsIn(row, "read").map(rooted),
    write: textsIn(row, "write").map(rooted),
    config: objectIn(row, "config"),
    user_argv: textsIn(row, "user_argv"),
  };
}

function treeOf(row: JsonObject): PathKind {
  const dirs = textsIn(row, "dirs").map((dir) => `${ROOT}${dir}`);
  const files = textsIn(row, "files").map((file) => `${ROOT}${file}`);
  return (path) => {
    if (files.includes(path)) return "file";
    const below = [...dirs, ...files].some((one) => one === path || one.startsWith(`${path}/`));
    return below || !path.startsWith(ROOT) ? "directory" : "missing";
  };
}

function rooted(text: string): string {
  return text.replaceAll("{ROOT}", ROOT);
}

// The sentences are free text of the reference; ours for the cases it documents are the same.
function errorDiffers(row: JsonObject, expected: string, answer: LauncherAnswer): string | undefined {
  if (answer.kind === "argv") return `not refused: ${expected}`;
  if (answer.text !== rooted(expected)) noteStricter(textIn(row, "id"), `refused in other words: ${answer.text}`);
  return undefined;
}

function hiddenBind(argv: readonly string[]): string | undefined {
  const binds = argv.flatMap((word, index) => (/^--(?:ro-)?bind$/.test(word) ? [argv[index + 1] ?? ""] : []));
  const hidden = binds.find((path, index) => binds.slice(index + 1).some((later) => path.startsWith(`${later}/`)));
  return hidden === undefined ? undefined : `\`${hidden}\` is bound before its parent`;
}

/** Judges a blocked command: the reference's list, and that the house refuses no less. */
export const blockedRow: RowReader = (row) => {
  rowWith(row, ["argv", "reference_allowed"]);
  const argv = textsIn(row, "argv");
  const byList = referenceBlocks(argv);
  const byKind = hardenedRefusal(argv);
  if (byList === undefined && byKind !== null)
    noteStricter(textIn(row, "id"), `\`${byKind}\` is a shell or interpreter`);
  return judge([
    differs("reference_allowed", row["reference_allowed"], byList === undefined),
    byList !== undefined && byKind === null && !argv.some((word) => word.includes("\0"))
      ? "the house lets it pass"
      : undefined,
  ]);
};
