// Local runs: real processes of the runner alone, in a scratch tree of the row's own.

import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { type CommandContract, contractProblems, type CscPolicy, type ExecutionReceipt } from "@ces/contract";
import { runLocal } from "@ces/contract-runner";
import type { Json, JsonObject } from "@ces/kernel";
import { differs, judge, pass, vectorFault } from "../suite.ts";
import { localPorts, scratchRoot } from "./local-ports.ts";
import { noteStricter } from "./notes.ts";
import { isObject, isTighten, objectIn, rowWith, textIn, textsIn, type RowReader } from "./row.ts";

/** Judges a local run: every member that the row names, and which members there are. */
export const runLocalRow: RowReader = async (row) => {
  rowWith(row, ["contract", "policy", "reference"], ["dirs", "symlinks", "env"]);
  if (isTighten(row) && row["suggested"] === undefined && isShutOut(row)) return pass;
  const root = scratchRoot();
  try {
    const receipt = await runIn(root, row);
    return judge(isTighten(row) ? betterThan(row, receipt) : membersDiffer(objectIn(row, "reference"), receipt));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

// What the door refuses never comes to a runner, which is better than what the reference did with it (F-18).
function isShutOut(row: JsonObject): boolean {
  const [problem] = contractProblems(rooted(row["contract"] ?? null, "/csc-root"));
  if (problem !== undefined) noteStricter(textIn(row, "id"), `refused at load: ${problem.text}`);
  return problem !== undefined;
}

async function runIn(root: string, row: JsonObject): Promise<ExecutionReceipt> {
  for (const dir of textsIn(row, "dirs")) mkdirSync(root + dir, { recursive: true });
  for (const link of linksOf(row)) symlinkSync(root + link[1], root + link[0]);
  // The runner takes contracts that no door let in, and as much of a policy as it looks at.
  const contract = rooted(row["contract"] ?? null, root) as unknown as CommandContract;
  const policy = rooted(row["policy"] ?? null, root) as unknown as CscPolicy;
  const env = Object.fromEntries(
    Object.entries(row["env"] === undefined ? {} : objectIn(row, "env")).map(([name, value]) => [name, String(value)]),
  );
  return runLocal({ contract, policy, env: { ...env, PATH: process.env["PATH"] } }, localPorts(root));
}

function linksOf(row: JsonObject): readonly (readonly [string, string])[] {
  const links = row["symlinks"] ?? [];
  if (!Array.isArray(links)) throw vectorFault(`${String(row["id"])}: \`symlinks\` is not a list`);
  return links.map((link: Json) => {
    const [from, to] = Array.isArray(link) ? link : [];
    return [String(from), String(to)];
  });
}

function rooted(value: Json, root: string): Json {
  return JSON.parse(JSON.stringify(value).replaceAll("{ROOT}", root));
}

function membersDiffer(expected: JsonObject, receipt: ExecutionReceipt): readonly (string | undefined)[] {
  const got: Readonly<Record<string, unknown>> = receipt;
  return Object.entries(expected).map(([name, value]) =>
    name === "receipt_members"
      ? differs(name, value, Object.keys(receipt).toSorted())
      : differs(name, value, got[name]),
  );
}

// What is right where the reference is wrong: a reader that has enough does not make its pipeline fail; a prefix is resolved like the
// directory that is held against it.
const BETTER: ReadonlyMap<string, JsonObject> = new Map([
  [
    "xrun-pipeline-sigpipe",
    { status: "success", exit_code: 0, completed_command_ids: ["c1"], failed_command_id: null },
  ],
  ["xrun-prefix-is-symlink", { status: "success", exit_code: 0, completed_command_ids: ["c1"] }],
]);

function betterThan(row: JsonObject, receipt: ExecutionReceipt): readonly (string | undefined)[] {
  const { suggested } = row;
  const better = isObject(suggested) ? suggested : BETTER.get(String(row["id"]));
  if (better !== undefined) return membersDiffer(better, receipt);
  // Which members there are is no answer; anything else that differs may be what is better.
  const { receipt_members: _members, ...wrong } = objectIn(row, "reference");
  const isAsWrong = membersDiffer(wrong, receipt).every((reason) => reason === undefined);
  return [isAsWrong ? "as wrong as the reference" : undefined];
}
