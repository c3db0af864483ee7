// A story about one fault of the reference, or one attack, with its right end. The same stories are told as whoever runs the tests and as
// an ordinary user, so they know no test runner: they assert, and throw.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ContractCommand,
  type CscPolicy,
  type ExecutionReceipt,
  readReceipt,
  receiptText,
  verifyReceipt,
} from "@ces/contract";
import { nobleCrypto, utf8Encode, type JsonObject } from "@ces/kernel";
import type { RunnerPorts } from "@ces/contract-runner";
import {
  contract,
  policy,
  publicKey,
  put,
  runScratch,
  scratchPorts,
} from "../../../packages/execution/contract-runner/test/built-run.ts";

/** What a story has: a root with a workspace `w`, and runs in it. */
export type Machine = {
  readonly root: string;
  readonly w: string;
  readonly put: (files: Readonly<Record<string, string>>) => void;
  readonly run: (commands: ContractCommand | readonly ContractCommand[], change?: RunChange) => Promise<Told>;
};

/** What differs from a policy that lets everything be in the workspace, and from a machine without secrets. */
export type RunChange = {
  readonly policy?: Partial<CscPolicy>;
  readonly ports?: Partial<RunnerPorts>;
  readonly mode?: "local" | "hardened";
};

/** A receipt, and what was kept of all commands together. */
export type Told = { readonly receipt: ExecutionReceipt; readonly out: string; readonly err: string };

/** One story. `about`: F-01 to F-36 of spec/csc.md §8.4, S-numbers of spec/threats.md, or `§7`. */
export type Scenario = {
  readonly about: readonly string[];
  readonly name: string;
  readonly run: (machine: Machine) => Promise<void>;
};

/** Tells a story on a machine of its own and clears up. */
export async function tell(scenario: Scenario): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "ces-story-"));
  chmodSync(root, 0o711);
  mkdirSync(join(root, "w"));
  try {
    await scenario.run(machineAt(root));
  } finally {
    spawnSync("chmod", ["-R", "u+rwX", root]);
    rmSync(root, { recursive: true, force: true });
  }
}

// F-07, F-36: whatever a story is about, its receipt is valid by its schema, signed, and no byte of it can be changed.
function assertEvidence(receipt: ExecutionReceipt): void {
  const bytes = utf8Encode(receiptText(receipt));
  const read = readReceipt(bytes, nobleCrypto);
  assert.equal(read.kind, "read", JSON.stringify(read));
  const keyOf = (id: string) => (id === "test-key" ? { public_key: publicKey } : undefined);
  // A receipt is plain JSON by construction.
  const json = receipt as unknown as JsonObject;
  assert.equal(verifyReceipt(json, keyOf, nobleCrypto).kind, "valid");
  assert.equal(verifyReceipt({ ...json, status: "success", exit_code: 7 }, keyOf, nobleCrypto).kind, "invalid");
}

function machineAt(root: string): Machine {
  return {
    root,
    w: join(root, "w"),
    put: (files) => put(root, files),
    run: async (commands, change = {}) => {
      const list = "id" in commands ? [commands] : commands;
      const { receipt, outputs } = await runScratch({
        contract: contract(list),
        policy: policy(root, change.policy),
        ports: scratchPorts(root, change.ports),
        mode: change.mode ?? "hardened",
      });
      assertEvidence(receipt);
      return {
        receipt,
        out: outputs.map(({ stdout }) => stdout.toString("utf8")).join(""),
        err: outputs.map(({ stderr }) => stderr.toString("utf8")).join(""),
      };
    },
  };
}
