// An approval for one execution is spent once: by one of many runners that race, whatever happens to it afterwards, and the receipt says so.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decide, seedKey, signApproval, type ApprovalArtifact, type CscPolicy } from "@ces/contract";
import { encodeBase64, nobleCrypto } from "@ces/kernel";
import { consumeApproval, readConsumption } from "../src/index.ts";
import { command, contract, order, policy, runScratch, scratchPorts, scratchRoot } from "./scratch-run.ts";

const SEED = new Uint8Array(32).fill(9);
const PUBLIC = encodeBase64(nobleCrypto.ed25519PublicKey(SEED));

function approved(root: string, scope: ApprovalArtifact["scope"], timeout_sec = 20) {
  const what = contract([command(["printf", "ran"], join(root, "w"), { timeout_sec })], {
    approval_mode: "human_required",
  });
  const rules: CscPolicy = policy(root, {
    allow_commands: ["printf"],
    approvers: [{ identity: "alice", public_key: PUBLIC }],
  });
  const { contract_sha256, policy_sha256 } = order({ contract: what, policy: rules });
  const now = Date.now();
  const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
  const approval = signApproval(
    {
      approval_version: "csc.approval.v0.1",
      approval_id: `approval-${scope}`,
      contract_sha256,
      policy_sha256,
      approver: { identity: "alice", method: "cli" },
      approved_at: at(-1),
      expires_at: at(10),
      scope,
    },
    seedKey(SEED, { key_id: "alice-1", signed_at: at(-1), crypto: nobleCrypto }),
  );
  const ports = scratchPorts(root);
  const decided = () =>
    decide(what, rules, {
      now: Date.now(),
      crypto: nobleCrypto,
      judge: null,
      approvals: [approval],
      alreadyUsed: (id) => readConsumption(ports.folders.approvals, id) !== undefined,
    });
  const run = (judged = decided()) =>
    runScratch({ contract: what, policy: rules, mode: "local", decided: judged, ports });
  return { ports, decided, run };
}

describe("an approval", () => {
  test("F-05: for one execution is spent by it and named in its receipt; the next run is not approved", async () => {
    const { run, ports } = approved(scratchRoot(), "single_execution");
    const first = await run();
    expect(first.receipt).toMatchObject({
      status: "success",
      approvals: [
        { approval_id: "approval-single_execution", identity: "alice", key_id: "alice-1", scope: "single_execution" },
      ],
    });
    expect(readConsumption(ports.folders.approvals, "approval-single_execution")).toMatchObject({
      execution_id: first.receipt.execution_id,
      finished: true,
    });
    const second = await run();
    expect(second.receipt).toMatchObject({ status: "blocked", decision: "needs_approval" });
    expect(second.outputs).toEqual([]);
  });

  test("F-05: two runners that were both allowed: one runs, the other is told who was faster", async () => {
    const { run, decided } = approved(scratchRoot(), "single_execution");
    const judged = decided();
    const both = await Promise.all([run(judged), run(judged)]);
    expect(both.map(({ receipt }) => receipt.status).toSorted()).toEqual(["blocked", "success"]);
    const blocked = both.find(({ receipt }) => receipt.status === "blocked");
    const winner = both.find(({ receipt }) => receipt.status === "success");
    expect(blocked?.receipt.error).toContain(`used by \`${winner?.receipt.execution_id ?? ""}\``);
    expect(blocked?.outputs).toEqual([]);
  });

  test("for a window of time is not spent", async () => {
    const { run } = approved(scratchRoot(), "time_window");
    for (let round = 0; round < 2; round += 1) expect((await run()).receipt.status).toBe("success");
  });

  test("a run that is blocked before anything starts spends nothing", async () => {
    const root = scratchRoot();
    const { run, ports } = approved(root, "single_execution");
    spawnSync("rm", ["-r", join(root, "w")]);
    expect((await run()).receipt.status).toBe("failed");
    expect(readdirSync(ports.folders.approvals)).toEqual([]);
  });

  test("a store that cannot be written blocks", async () => {
    const { run, ports } = approved(scratchRoot(), "single_execution");
    // A file in its place stops root, too, whom a mode does not.
    rmSync(ports.folders.approvals, { recursive: true });
    writeFileSync(ports.folders.approvals, "");
    expect((await run()).receipt).toMatchObject({
      status: "blocked",
      error: expect.stringContaining("nothing was run"),
    });
  });
});

describe("spending", () => {
  const what = (execution_id: string) => ({
    approval_id: "a/../b\0",
    contract_sha256: "0".repeat(64),
    execution_id,
    consumed_at: "2026-01-01T00:00:00Z",
  });

  test("of many processes at once one wins", async () => {
    const folder = scratchPorts(scratchRoot()).folders.approvals;
    // Each says that it is ready and waits for the end of its input.
    const script = `const { consumeApproval } = await import(${JSON.stringify(join(import.meta.dirname, "../src/consume-approval.ts"))}); console.log("ready"); for await (const _ of process.stdin); console.log(consumeApproval(process.argv[1], JSON.parse(process.argv[2])).kind);`;
    const children = ["e1", "e2", "e3"].map((id) =>
      spawn(process.execPath, [
        "--input-type=module",
        "--disable-warning=ExperimentalWarning",
        "-e",
        script,
        folder,
        JSON.stringify(what(id)),
      ]),
    );
    const texts = children.map(() => "");
    children.forEach((child, at) =>
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (texts[at] += chunk)),
    );
    await Promise.all(children.map((child) => new Promise((resolve) => void child.stdout.once("data", resolve))));
    for (const child of children) child.stdin.end();
    await Promise.all(children.map((child) => new Promise((resolve) => void child.once("close", resolve))));
    const answers = texts.map((text) => text.split("\n")[1]);
    expect(answers.toSorted()).toEqual(["ours", "spent", "spent"]);
  });

  test("a runner that died between spending and starting leaves it spent, and that is said", () => {
    const folder = scratchPorts(scratchRoot()).folders.approvals;
    expect(consumeApproval(folder, what("dead"))).toEqual({ kind: "ours" });
    expect(consumeApproval(folder, what("next"))).toEqual({ kind: "spent", by: { ...what("dead"), finished: false } });
    expect(readConsumption(folder, "another")).toBeUndefined();
  });
});
