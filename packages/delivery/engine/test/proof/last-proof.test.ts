// Which proof counts: the newest of this very machine, and a red one refuses.
import type { StoredRow } from "@ces/ports";
import type { Proof } from "@ces/records";
import { describe, expect, it } from "vitest";
import { lastProof, newestProofs, refuseRedProof, wasProved } from "../../src/index.ts";

const [here, there] = ["a".repeat(64), "b".repeat(64)];

function proof(at: number, fingerprint: string, ...red: readonly string[]): Proof {
  const canary = (id: string) => {
    const words = { attempts: "tries", must: "fail", observed: "seen" };
    return { id, runtime: "claude" as const, ...words, held: !red.includes(id) };
  };
  return {
    schema: "ces.proof/v1",
    proof_id: `PF-${String(at).padStart(12, "0")}`,
    fingerprint,
    machine: { kernel: "Linux 6", arch: "x64", bubblewrap: "0.8.0", ces: "0.1.0", clients: { claude: "2.1.328" } },
    held: red.length === 0,
    runtimes: [{ runtime: "claude", version: "2.1.328" }],
    canaries: [canary("one"), ...["r1", "r2", "r3", "r4", "r5", "r6"].map(canary)],
    not_tried: [],
    command_contracts: [],
    started_at: "2026-11-27T10:00:00.000Z",
    ended_at: "2026-11-27T10:00:09.000Z",
  };
}

const store = (...proofs: readonly Proof[]) => {
  const rows = proofs.map((body, at): StoredRow => ({
    kind: "proof",
    id: body.proof_id,
    delivery_id: null,
    rowid: at + 1,
    recorded_at: body.ended_at,
    body: JSON.parse(JSON.stringify(body)),
  }));
  return { records: () => rows, newest: () => rows.at(-1) };
};

describe("the last proof", () => {
  it("is the newest of this fingerprint", () => {
    const kept = store(proof(1, here), proof(2, there, "one"), proof(3, there), proof(4, here, "one"));
    expect(lastProof(kept, here)?.proof_id).toBe("PF-000000000004");
    expect(lastProof(kept, "c".repeat(64))).toBeUndefined();
    expect(newestProofs(kept).map(({ proof_id }) => proof_id)).toEqual(["PF-000000000004", "PF-000000000003"]);
  });

  it("refuses when it is red, by name, and only then", () => {
    expect(() => refuseRedProof(store(), here)).not.toThrow();
    expect(() => refuseRedProof(store(proof(1, there, "one")), here)).not.toThrow();
    expect(() => refuseRedProof(store(proof(1, here, "one"), proof(2, here)), here)).not.toThrow();
    expect(() => refuseRedProof(store(proof(1, here), proof(2, here, "one")), here)).toThrow(
      expect.objectContaining({
        code: "PROOF_RED",
        message: expect.stringContaining("red: one (claude); `PF-000000000002`"),
        remedy: "ces doctor --prove",
      }),
    );
    const many = proof(1, here, "one", "r1", "r2", "r3", "r4", "r5");
    expect(() => refuseRedProof(store(many), here)).toThrow(
      "one (claude), r1 (claude), r2 (claude), r3 (claude), r4 (claude), …",
    );
  });

  it("asks nothing of a project that was never proved", () => {
    expect([wasProved(store()), wasProved(store(proof(1, here)))]).toEqual([false, true]);
  });
});
