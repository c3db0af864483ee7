// Local runs, by the vectors of the reference: statuses, exit codes, hashes, members. Where the reference is wrong, what to do instead.
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CommandContract, CscPolicy } from "@ces/contract";
import { runLocal } from "../src/index.ts";
import { scratchPorts, scratchRoot } from "./scratch-run.ts";

type Row = {
  readonly id: string;
  readonly parity: "match" | "tighten";
  readonly dirs: readonly string[];
  readonly symlinks: readonly (readonly [string, string])[];
  readonly env: Readonly<Record<string, string>>;
  readonly contract: CommandContract;
  readonly policy: CscPolicy;
  readonly reference: Readonly<Record<string, unknown>>;
};

const rows = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../../test/vectors/csc/derived/run-local.json"), "utf8"),
) as readonly Row[];

/** Rows on which the reference is wrong: what is right. */
const BETTER: Readonly<Record<string, object>> = {
  "xrun-pipeline-sigpipe": { status: "success", exit_code: 0, failed_command_id: null, completed_command_ids: ["c1"] },
  "xrun-prefix-is-symlink": { status: "success", exit_code: 0, completed_command_ids: ["c1"] },
};

test.each(rows.map((row) => [row.id, row] as const))("%s", async (id, row) => {
  const root = scratchRoot();
  const place = <Of>(value: Of): Of => JSON.parse(JSON.stringify(value).replaceAll("{ROOT}", root)) as Of;
  for (const dir of row.dirs) mkdirSync(root + dir, { recursive: true });
  for (const [link, target] of row.symlinks) symlinkSync(root + target, root + link);
  const { env: _env, ...ports } = scratchPorts(root);
  const receipt = await runLocal(
    { contract: place(row.contract), policy: place(row.policy), env: { ...row.env, PATH: process.env["PATH"] } },
    ports,
  );
  const { receipt_members, ...expected } = row.reference;
  if (row.parity === "match") {
    expect(receipt).toMatchObject(expected);
    expect(Object.keys(receipt).toSorted()).toEqual(receipt_members);
  } else expect([id, receipt]).toEqual([id, expect.objectContaining(BETTER[id] ?? { never: id })]);
});

// What the vectors do not ask: spec/csc.md §1.4 has 126 for what is there and cannot be executed, 127 for what is not there.
test.each([
  ["/usr", 126],
  ["/usr/", 126],
  ["./", 126],
  ["/no/such", 127],
  ["no-such-program-here", 127],
  ["usr", 127],
])("`%s` as a program ends in %i", async (argv0, exit_code) => {
  const root = scratchRoot();
  const { env: _env, ...ports } = scratchPorts(root);
  const [row] = rows;
  if (row === undefined) throw new Error("there are no rows");
  const { contract, policy } = JSON.parse(JSON.stringify(row).replaceAll("{ROOT}/w", root)) as Row;
  const commands = contract.commands.map((command) => ({ ...command, exec: { argv: [argv0] } }));
  const asked = { ...contract, commands } as CommandContract;
  const receipt = await runLocal({ contract: asked, policy, env: { PATH: process.env["PATH"] } }, ports);
  expect(receipt).toMatchObject({ status: "failed", exit_code });
});

// A link to nothing leads where it leads: outside is blocked (§1.4), inside is not there.
test.each([
  ["/w/out", "/none", "cwd", { status: "blocked", exit_code: 126 }],
  ["/w/in", "/w/none", "cwd", { status: "failed", exit_code: 126 }],
  ["/w/out", "/none", "read_paths", { status: "blocked", exit_code: 126 }],
  ["/w/out", "/none", "write_paths", { status: "blocked", exit_code: 126 }],
  ["/w/in", "/w/none", "write_paths", { status: "success", exit_code: 0 }],
  ["/w/twice", "/w/again", "write_paths", { status: "blocked", exit_code: 126 }],
  ["/w/loop", "/w/loop", "cwd", { status: "failed", exit_code: 126 }],
])("a link %s to %s as %s", async (link, target, member, expected) => {
  const root = scratchRoot();
  symlinkSync(root + target, root + link);
  symlinkSync("../none", join(root, "w/again"));
  const { env: _env, ...ports } = scratchPorts(root);
  const [row] = rows;
  if (row === undefined) throw new Error("there are no rows");
  const { contract, policy } = JSON.parse(JSON.stringify(row).replaceAll("{ROOT}", root)) as Row;
  const place = member === "cwd" ? root + link : [`${root}${link}/new/**`];
  const commands = contract.commands.map((command) => ({ ...command, [member]: place }));
  const asked = { ...contract, commands } as CommandContract;
  expect(await runLocal({ contract: asked, policy, env: { PATH: process.env["PATH"] } }, ports)).toMatchObject(
    expected,
  );
});
