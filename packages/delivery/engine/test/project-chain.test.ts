// The project's chain over its records: who is overtaken signs again, what is not ours is not gone on with, what no longer fits is named.
import { nodeCrypto } from "@ces/crypto-node";
import { type Json, encodeBase64Url, encodeHex } from "@ces/kernel";
import { fixedClock, seededRandom } from "@ces/kernel/testing";
import type { CommitResult, RecordKind, StepCommit, Store, StoredRow } from "@ces/ports";
import { type DecisionDraft, DECISION_TYPE, readJwks, seedSigner } from "@ces/receipts";
import type { DeliverySnapshot, Manifest, ReceiptRow, RunRecord, ToolCall, WorkOrder } from "@ces/records";
import { tmpdir } from "node:os";
import { describe, expect, it, test } from "vitest";
import type { CommandGuard } from "../src/box/command-guard.ts";
import { type DeskFacts, openDesk } from "../src/box/tool-desk.ts";
import type { EngineContext } from "../src/context.ts";
import {
  boxDecision,
  type BoxEnded,
  boxExecution,
  resultOf,
  runExecution,
  stoppedExecution,
  unwatched,
} from "../src/receipts/box-receipts.ts";
import { commitSigned } from "../src/receipts/commit-signed.ts";
import { type PendingReceipt, subjectOf } from "../src/receipts/pending-receipt.ts";
import { openProjectChain, receiptHash, receiptId } from "../src/receipts/project-chain.ts";
import { rotateReceiptKey } from "../src/receipts/rotate-key.ts";
import { verifyProjectChain } from "../src/receipts/verify-project-chain.ts";

const signer = seedSigner(new Uint8Array(32).fill(5), nodeCrypto);
const other = seedSigner(new Uint8Array(32).fill(6), nodeCrypto);
const keyOf = ({ kid, public_key }: typeof signer) => ({
  kty: "OKP",
  crv: "Ed25519",
  kid,
  x: encodeBase64Url(public_key),
});
const ring = { publicKey: () => undefined };
const anchors = { jwks: readJwks({ keys: [keyOf(signer)] }) ?? { keys: [] } };

/** Rows in memory that are as unforgiving as the real ones: a second body under an id is refused. */
function memory() {
  const rows: StoredRow[] = [];
  const of = (kind: RecordKind): StoredRow[] => rows.filter((row) => row.kind === kind);
  const commit = (step: StepCommit): CommitResult => {
    if (step.rows.some((row) => of(row.kind).some(({ id }) => id === row.id)))
      return { kind: "refused", code: "RECORD_EXISTS", detail: "stored with another body" };
    step.rows.forEach((row) => rows.push({ ...row, rowid: rows.length, recorded_at: "2026-01-01T00:00:01.000Z" }));
    return { kind: "committed", version: 1, seq: 1 };
  };
  const store = {
    commit,
    newest: (kind: RecordKind) => of(kind).at(-1),
    records: of,
    record: (kind: RecordKind, id: string) => of(kind).find((row) => row.id === id),
  } as unknown as Store;
  return { rows, store };
}

const clock = fixedClock();
const driverOf = (store: Store, by = signer) => ({
  store,
  clock,
  crypto: nodeCrypto,
  receipts: openProjectChain({ store, keys: () => ({ signers: [by], anchors }), crypto: nodeCrypto }),
});

const draft: DecisionDraft = {
  type: DECISION_TYPE,
  tool_name: "command:Bash",
  decision: "allow",
  reason: "SCOPE_INSIDE",
  agent_id: "agent",
  observed_by: "client",
  policy_id: "ces.policy",
  policy_engine: "ces.tool-gate",
  policy_digest: `sha256:${"a".repeat(64)}`,
  sandbox_backend: "ces_walls",
  ring: 3,
  sandbox_state: "enabled",
  sandbox_observed: [{ source: "kernel", facts: { seccomp: 2 } }],
};
const random = seededRandom(3);

/** A decision row and the receipt that binds it. */
function decided(id: string): { readonly step: StepCommit; readonly pending: readonly PendingReceipt[] } {
  const body = { id, command: "git status" };
  const { about, digest } = subjectOf({ random, crypto: nodeCrypto }, "decision", { id, body });
  return {
    step: {
      delivery_id: null,
      expected_version: null,
      fence: null,
      snapshot: null,
      entries: [],
      effects: [],
      effects_done: [],
      rows: [{ kind: "decision", id, delivery_id: null, body }],
    },
    pending: [{ draft: { ...draft, row_digest: digest }, about }],
  };
}

const commit = (driver: ReturnType<typeof driverOf>, id: string): void => {
  const { step, pending } = decided(id);
  commitSigned(driver, step, pending);
};

const verified = (store: Store) => verifyProjectChain({ store, anchors, ring, crypto: nodeCrypto });

describe("commitSigned", () => {
  it("signs again after a driver that was faster: one chain, no fork", () => {
    const { store } = memory();
    const [first, second] = [driverOf(store), driverOf(store)];
    for (const id of ["1", "2", "3"]) {
      commit(first, `a/${id}`);
      commit(second, `b/${id}`);
    }
    expect(verified(store)).toMatchObject({ count: 6, faults: [] });
  });

  it("stores nothing when a receipt cannot be signed", () => {
    const { store, rows } = memory();
    const { step, pending } = decided("1");
    const odd = pending.map((one) => ({ ...one, draft: { ...draft, tool_name: "two words" } }));
    expect(() => commitSigned(driverOf(store), step, odd)).toThrowError(
      expect.objectContaining({ code: "RECEIPT_REFUSED" }),
    );
    expect(rows).toEqual([]);
  });

  it("does not try again when something else is stored already, nor for want of its own head", () => {
    const { store } = memory();
    let turns = 0;
    const driver = driverOf({ ...store, commit: (step) => ((turns += 1), store.commit(step)) });
    ["0", "1"].forEach((id) => commit(driver, id));
    expect(turns).toBe(2);
    expect(() => commit(driver, "1")).toThrowError(expect.objectContaining({ code: "STEP_REFUSED" }));
    expect(turns).toBe(3);
    expect(verified(store)).toMatchObject({ count: 2, faults: [] });
  });

  it("goes on with no tail that stands in another place", () => {
    const { rows, store } = memory();
    commit(driverOf(store), "1");
    rows.push({ ...(store.newest("receipt") as StoredRow), id: receiptId(2) });
    expect(() => commit(driverOf(store), "2")).toThrowError(expect.objectContaining({ code: "CHAIN_BROKEN" }));
  });

  it("salts each row anew", () => {
    const salts = ["1", "2"].map((id) => decided(id).pending[0]?.about?.salt);
    expect(new Set(salts).size).toBe(2);
  });

  it("goes on with no tail that another key signed", () => {
    const { store } = memory();
    commit(driverOf(store, other), "1");
    expect(() => commit(driverOf(store), "2")).toThrowError(expect.objectContaining({ code: "CHAIN_BROKEN" }));
  });
});

describe("the tool gate", () => {
  const opened = (store: Store, more: Partial<DeskFacts> = {}) => {
    const ctx = {
      ...driverOf(store),
      random,
      guards: [],
      policy_hash: "b".repeat(64),
      places: { state_dir: tmpdir() },
      lease: { fence: 1 },
      report: () => undefined,
      ask: () => Promise.reject(new Error("nobody is asked")),
    } as unknown as EngineContext;
    return openDesk(ctx, { delivery_id: "D-0123456789ab", version: 1 } as DeliverySnapshot, {
      run_id: "R-0123456789ab",
      manifest: {
        allowed_tools: ["command"],
        forbidden_tools: [],
        affected_files: [],
        forbidden_files: [],
      } as unknown as Manifest,
      budgetSpent: () => null,
      pause: () => undefined,
      guard: null,
      keep: () => Promise.resolve(),
      sandbox: { sandbox_backend: "ces_walls", sandbox_state: "unavailable", sandbox_observed: [] },
      texts: {},
      iteration_id: "D-0123456789ab:1",
      ...more,
    });
  };
  const call: ToolCall = {
    call_id: "c1",
    kind: "command",
    tool: "Bash",
    command: "rm -rf build",
    paths: [],
    input_sha256: "c".repeat(64),
    agent_id: null,
  };

  it("signs what is stored, not what was sent: half of a character has no canonical form", async () => {
    const { store } = memory();
    const half = { ...call, tool: "Bash \ud83d", command: "echo half \ud83d of one" };
    const desk = opened(store);
    expect(await desk.decide(half)).toEqual({ kind: "allow" });
    expect(await desk.decide(half)).toEqual({ kind: "allow" });
    expect(verified(store)).toMatchObject({ count: 2, faults: [] });
    const signed = store.records("receipt").map(({ body }) => body as unknown as ReceiptRow);
    for (const { receipt } of signed)
      expect(receipt.payload).toMatchObject({ session_id: "R-0123456789ab", iteration_id: "D-0123456789ab:1" });
    expect(new Set(signed.map(({ about }) => about?.salt)).size).toBe(2);
  });

  it.each(["", "_", "-", "//", "a".repeat(100_000), "\u202e\u0000\n", "\u00e9\ud83d\ude00"])(
    "signs any name of a tool and an agent: %j",
    async (name) => {
      const { store } = memory();
      await opened(store).decide({ ...call, tool: name, agent_id: name });
      expect(verified(store)).toMatchObject({ count: 1, faults: [] });
    },
  );

  it("refuses what it cannot keep a copy for, however deep the agent made the tree", async () => {
    const { store } = memory();
    const judge: CommandGuard["judge"] = () => ({ kind: "allow", reasons: [{ code: "KNOWN_SAFE", text: "" }] });
    const guard: CommandGuard = { name: "command", judge, destroys: () => true };
    const keep = () => Promise.reject(new Error(`ENOENT: no such file, open '/${"deep/".repeat(1000)}'`));
    expect(await opened(store, { guard, keep }).decide(call)).toMatchObject({ kind: "deny" });
    expect(verified(store)).toMatchObject({ count: 1, faults: [] });
    expect(JSON.stringify(store.newest("receipt")?.body)).toContain('"reason":"TREE_NOT_KEPT"');
  });

  it("counts no row that was not stored", async () => {
    const { store } = memory();
    const refusing = { ...store, commit: () => ({ kind: "refused", code: "FENCE_LOST", detail: "" }) as const };
    const desk = opened(refusing);
    await expect(desk.decide(call)).rejects.toThrowError(expect.objectContaining({ code: "STEP_REFUSED" }));
    expect(desk.counts()).toEqual({ asked: 1, allowed: 0, denied: 0, rows: 0, head: null });
  });
});

describe("rotateReceiptKey", () => {
  const both = { jwks: readJwks({ keys: [keyOf(signer), keyOf(other)] }) ?? { keys: [] } };
  const withBoth = (store: Store) => ({
    store,
    clock,
    crypto: nodeCrypto,
    receipts: openProjectChain({
      store,
      keys: () => ({ signers: [signer, other], anchors: both }),
      crypto: nodeCrypto,
    }),
  });
  const kids = (store: Store) =>
    store.records("receipt").map(({ body }) => JSON.stringify(body).match(/"kid":"([^"]+)"/)?.[1]);

  it("is the old key's word; the next receipt is the new key's, in every process", () => {
    const { store } = memory();
    const [first, second] = [withBoth(store), withBoth(store)];
    commit(first, "1");
    commit(second, "2");
    rotateReceiptKey(first, other, "scheduled");
    const [, , rotation] = store.records("receipt").map(({ body }) => body as unknown as ReceiptRow);
    expect(rotation?.receipt.payload).toMatchObject({
      new_kid: other.kid,
      new_key_digest: `sha256:${encodeHex(nodeCrypto.sha256(other.public_key))}`,
      effective_at: clock.now(),
      reason: "scheduled",
    });
    commit(second, "3");
    commit(first, "4");
    expect(kids(store)).toEqual([signer.kid, signer.kid, signer.kid, other.kid, other.kid]);
    expect(verifyProjectChain({ store, anchors: both, ring, crypto: nodeCrypto })).toMatchObject({
      count: 5,
      faults: [],
    });
  });

  it("is followed by a driver that was there before the new key was", () => {
    const { store } = memory();
    let there = [signer];
    const keys = () => ({ signers: there, anchors: { jwks: readJwks({ keys: there.map(keyOf) }) ?? { keys: [] } } });
    const old = { store, clock, crypto: nodeCrypto, receipts: openProjectChain({ store, keys, crypto: nodeCrypto }) };
    commit(old, "1");
    there = [signer, other];
    rotateReceiptKey(withBoth(store), other, "scheduled");
    commit(old, "2");
    expect(kids(store)).toEqual([signer.kid, signer.kid, other.kid]);
  });

  it("has not happened when the new key is only on disk", () => {
    const { store } = memory();
    commit(withBoth(store), "1");
    commit(withBoth(store), "2");
    expect(kids(store)).toEqual([signer.kid, signer.kid]);
  });

  it("names a key that is not there any more", () => {
    const { store } = memory();
    rotateReceiptKey(withBoth(store), other, "compromised");
    const without = {
      ...withBoth(store),
      receipts: openProjectChain({ store, keys: () => ({ signers: [signer], anchors: both }), crypto: nodeCrypto }),
    };
    expect(() => commit(without, "1")).toThrowError(expect.objectContaining({ code: "KEY_MISSING" }));
  });
});

describe("verifyProjectChain", () => {
  const three = () => {
    const made = memory();
    const driver = driverOf(made.store);
    ["1", "2", "3"].forEach((id) => commit(driver, id));
    return made;
  };
  const at = (rows: StoredRow[], id: string): number =>
    rows.findIndex((row) => row.kind === "receipt" && row.id.endsWith(id));
  const change = (rows: StoredRow[], index: number, body: Json): void => {
    const row = rows[index];
    if (row !== undefined) rows[index] = { ...row, body };
  };
  const text = (row: StoredRow | undefined): string => JSON.stringify(row?.body);

  it("finds nothing in a project that has signed nothing yet", () =>
    expect(verified(memory().store)).toEqual({ count: 0, terminal_hash: null, faults: [] }));

  it("finds nothing in a whole one", () => expect(verified(three().store)).toMatchObject({ count: 3, faults: [] }));

  test.each<readonly [string, string, (rows: StoredRow[]) => void]>([
    [
      "a receipt that was changed",
      "RECEIPT_INVALID",
      (rows) => change(rows, at(rows, "2"), JSON.parse(text(rows[at(rows, "2")]).replace("allow", "deny"))),
    ],
    ["a receipt that was taken out", "RECEIPT_MISPLACED", (rows) => void rows.splice(at(rows, "2"), 1)],
    ["a decision whose receipt is gone", "RECEIPT_MISSING", (rows) => void rows.splice(at(rows, "3"), 1)],
    ["a row that was changed", "RECEIPT_ROW_DIFFERS", (rows) => change(rows, 0, { id: "1", command: "git push" })],
    ["a row that is gone", "RECEIPT_ROW_DIFFERS", (rows) => void rows.splice(0, 1)],
  ])("%s", (_, code, attack) => {
    const { rows, store } = three();
    attack(rows);
    expect(verified(store).faults.map((fault) => fault.code)).toContain(code);
  });

  it("finds no receipt missing while another driver goes on", () => {
    const { store } = three();
    const other = driverOf(store);
    let more = 0;
    const records: Store["records"] = (kind) => {
      const read = [...store.records(kind)];
      commit(other, `later/${(more += 1)}`);
      return read;
    };
    expect(verified({ ...store, records }).faults).toEqual([]);
  });

  it("tells rows from before the first receipt by their place, not by a clock that was put back", () => {
    const { rows, store } = memory();
    const row = { kind: "decision" as const, delivery_id: null, body: {} };
    rows.push({ ...row, id: "before", rowid: 0, recorded_at: "2999-01-01T00:00:00.000Z" });
    commit(driverOf(store), "1");
    expect(verified(store).faults).toEqual([]);
    rows.push({ ...row, id: "after", rowid: rows.length, recorded_at: "1999-01-01T00:00:00.000Z" });
    expect(verified(store).faults).toMatchObject([
      { code: "RECEIPT_MISSING", text: "decision `after` has no receipt" },
    ]);
  });

  it("finds a receipt that a key signed after it was replaced", () => {
    const both = { jwks: readJwks({ keys: [keyOf(signer), keyOf(other)] }) ?? { keys: [] } };
    const { store } = memory();
    const chain = openProjectChain({
      store,
      keys: () => ({ signers: [signer, other], anchors: both }),
      crypto: nodeCrypto,
    });
    const driver = { ...driverOf(store), receipts: chain };
    rotateReceiptKey(driver, other, "compromised");
    commit(driver, "1");
    const all = { store, anchors: both, ring, crypto: nodeCrypto };
    expect(verifyProjectChain(all).faults).toEqual([]);
    commit({ ...driver, receipts: { ...chain, signer: () => signer } }, "2");
    expect(verifyProjectChain(all).faults).toMatchObject([{ code: "RECEIPT_INVALID", sequence: 3 }]);
  });
});

test.each([
  ["completed", "succeeded"],
  ["timed_out", "timed_out"],
  ["setup_failed", "not_started"],
  ["interrupted", "failed"],
  ["halted", "failed"],
  ["gate_bypassed", "failed"],
] as const)("a run that is %s has %s to a receipt", (outcome, result) => expect(resultOf(outcome)).toBe(result));

describe("verifyProjectChain, of a box", () => {
  const order = { run_id: "R-1", delivery_id: "D-1", attempt: 1, purpose: "check", manifest_hash: "" } as WorkOrder;
  const ref = { policy: "dev", policy_sha256: "a".repeat(64), contract_sha256: "b".repeat(64) };
  const step = { ...decided("").step, delivery_id: "D-1" };
  /** A box that was let go after receipts of others. */
  const started = (earlier: readonly string[]) => {
    const made = memory();
    const ctx = { ...driverOf(made.store), random };
    earlier.forEach((id) => commit(ctx, id));
    const start = { kind: "run_started" as const, id: "R-1", delivery_id: "D-1", body: { order: "R-1" } };
    const contract = { ...ref, decision_sha256: "c".repeat(64), contract_id: "C" };
    const facts = { decision: "allow", reason: "ALLOWED", order, contract, sandbox: unwatched } as const;
    commitSigned(ctx, { ...step, rows: [start] }, [boxDecision(ctx, facts, start)]);
    return { ...made, ctx };
  };
  const box = () => {
    const { ctx, ...made } = started([]);
    const body = { order, outcome: "crashed", exit_code: 3, duration_ms: 5 } as unknown as RunRecord;
    const run = { kind: "run" as const, id: "R-1", delivery_id: "D-1", body: body as unknown as Json };
    commitSigned(ctx, { ...step, rows: [run] }, runExecution(ctx, { record: body, sandbox: unwatched, went: true }));
    return { ...made, ctx };
  };
  const at = (rows: StoredRow[], kind: RecordKind, id: string) =>
    rows.findIndex((row) => row.kind === kind && row.id.endsWith(id));
  const change = (rows: StoredRow[], index: number, body: (old: ReceiptRow) => unknown) => {
    const row = rows[index] as StoredRow;
    rows[index] = { ...row, body: body(row.body as unknown as ReceiptRow) as Json };
  };

  it("is started, run and accounted for", () => {
    const { ctx, store } = box();
    expect(verified(store)).toMatchObject({ count: 2, faults: [] });
    const [, ended] = store.records("receipt").map(({ body }) => (body as unknown as ReceiptRow).receipt.payload);
    expect(ended).toMatchObject({ decision_count: 1, result: "failed", exit_code: 3, session_id: "R-1" });
    expect(boxExecution(ctx, { ...endedBox, order }, null)).toEqual([]);
  });

  it("has not started when a halt came before it was let go, whatever its record says", () => {
    const { ctx } = started([]);
    const record = { order, outcome: "halted", exit_code: null, duration_ms: 5 } as unknown as RunRecord;
    for (const made of [runExecution, stoppedExecution])
      expect(made(ctx, { record, sandbox: unwatched, went: false })).toMatchObject([
        { draft: { result: "not_started" } },
      ]);
  });

  it("counts its own decisions between those of others, and reads no further back than its start", () => {
    const { ctx, store } = started(["other/0", "other/1"]);
    const { step, pending } = decided("R-1/0");
    const own = pending.map((one) => ({ ...one, draft: { ...one.draft, session_id: "R-1" } as DecisionDraft }));
    commitSigned(ctx, step, own);
    commit(ctx, "other/2");
    const read: string[] = [];
    const record: Store["record"] = (kind, id) => (read.push(id), store.record(kind, id));
    const records = (): never => {
      throw new Error("reads the whole chain");
    };
    const [ended] = boxExecution({ ...ctx, store: { ...store, record, records } }, { ...endedBox, order }, null);
    const last = store.record("receipt", receiptId(4))?.body as unknown as ReceiptRow;
    expect(ended?.draft).toMatchObject({
      decision_count: 2,
      decision_receipt_hash: receiptHash(nodeCrypto, last.receipt as unknown as Json),
    });
    expect(read.map(Number)).toEqual([5, 4, 3]);
  });

  test.each<readonly [string, string, (rows: StoredRow[]) => void]>([
    [
      "a run whose receipt says no more which row it is over",
      "RECEIPT_ROW_DIFFERS",
      (rows) => change(rows, at(rows, "receipt", "2"), (row) => ({ ...row, about: null })),
    ],
    [
      "a run that was changed beside a copy that its receipt was pointed to",
      "RECEIPT_ROW_DIFFERS",
      (rows) => {
        const run = rows[at(rows, "run", "R-1")] as StoredRow;
        rows.push({ ...run, id: "R-2", rowid: rows.length });
        change(rows, at(rows, "run", "R-1"), (body) => ({ ...body, exit_code: 0 }));
        const moved = ({ about }: ReceiptRow) => about && { ...about, id: "R-2" };
        change(rows, at(rows, "receipt", "2"), (row) => ({ ...row, about: moved(row) }));
      },
    ],
    ["a run without an end", "RECEIPT_MISSING", (rows) => void rows.splice(at(rows, "receipt", "2"), 1)],
    [
      "a start without a decision",
      "RECEIPT_MISSING",
      (rows) => void rows.push({ ...(rows[at(rows, "run_started", "R-1")] as StoredRow), id: "R-9", rowid: 99 }),
    ],
    [
      "a row that is none",
      "RECEIPT_INVALID",
      (rows) => change(rows, at(rows, "receipt", "2"), ({ receipt }) => ({ receipt })),
    ],
  ])("%s", (_, code, attack) => {
    const { rows, store } = box();
    attack(rows);
    expect(verified(store).faults.map((fault) => fault.code)).toContain(code);
  });
});

const endedBox: Omit<BoxEnded, "order"> = {
  contract: undefined,
  sandbox: unwatched,
  result: "failed",
  exit_code: null,
  duration_ms: 0,
  output_sha256: null,
};
