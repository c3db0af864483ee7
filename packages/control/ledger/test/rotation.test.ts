import { describe, expect, it } from "vitest";
import { ledgerSealer } from "../src/ledger-sealer.ts";
import { rotationDraft } from "../src/rotation.ts";
import { testDraft, testSigner } from "../src/testing.ts";
import { verifyLedger } from "../src/verify-ledger.ts";
import { AT, chainOf, extend, factsOf, NOTHING, rowsOf, type Chain } from "./chain.ts";

const person = { id: "ada", kind: "human", proof: "tty" } as const;
const NEXT = new Uint8Array(32).fill(7);

function rotated(by?: ReturnType<typeof testSigner>): Chain {
  const chain = chainOf(3);
  const { parts } = chain;
  const key = parts.keys.add(NEXT);
  const rotation = {
    project_id: parts.project_id,
    old_fingerprint: chain.head.key_fingerprint,
    new_fingerprint: key.fingerprint,
  };
  return extend(chain, NOTHING, rotationDraft(rotation, by ?? parts.signer, person));
}

describe("a rotation", () => {
  it("made under the old key and signed by the project's key opens a new epoch", () => {
    const chain = extend(extend(rotated(), NOTHING), rowsOf(2));
    expect(chain.entries.map((entry) => entry.key_fingerprint === chain.parts.keys.first.fingerprint)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(verifyLedger(chain.parts, factsOf(chain))).toMatchObject({ kind: "valid", count: 6, trail_count: 2 });
  });

  it("signed by anybody else is forged", () => {
    const chain = extend(rotated(testSigner(new Uint8Array(32).fill(1))), NOTHING);
    expect(verifyLedger(chain.parts, factsOf(chain))).toMatchObject({ kind: "broken", seq: 4, code: "LEDGER_FORGED" });
  });

  it("is not taken over from another project or another key", () => {
    const chain = chainOf(3);
    const key = chain.parts.keys.add(NEXT);
    const rotation = {
      project_id: "other",
      old_fingerprint: chain.head.key_fingerprint,
      new_fingerprint: key.fingerprint,
    };
    const other = extend(chain, NOTHING, rotationDraft(rotation, chain.parts.signer, person));
    expect(verifyLedger(other.parts, factsOf(other))).toMatchObject({ kind: "broken", seq: 4, code: "LEDGER_FORGED" });
  });

  it("is not faked by data that looks like one", () => {
    const chain = extend(
      chainOf(2),
      NOTHING,
      testDraft({ data: { event_type: "delegation", note: "ledger_key_rotation", new_fingerprint: "x" } }),
    );
    expect(verifyLedger(chain.parts, factsOf(extend(chain, NOTHING)))).toMatchObject({ kind: "valid", count: 4 });
  });
});

describe("the sealer", () => {
  it("takes a tail only if every check holds", () => {
    const chain = rotated();
    const longer = extend(extend(chain, rowsOf(2)), NOTHING);
    const sealer = ledgerSealer(chain.parts);
    const tail = {
      from: chain.head,
      entries: longer.entries.slice(4),
      trail: longer.trail.slice(1),
      state: longer.state.slice(1),
    };
    expect(sealer.checkTail(tail)).toEqual({ kind: "valid", head: longer.head });
    expect(sealer.checkTail({ ...tail, trail: [] })).toMatchObject({ kind: "broken", code: "TRAIL_MODIFIED" });
    expect(sealer.checkTail({ ...tail, state: [] })).toMatchObject({ kind: "broken", code: "STATE_MODIFIED" });
    expect(sealer.checkTail({ ...tail, entries: longer.entries.slice(5) })).toMatchObject({ kind: "broken", seq: 5 });
  });

  it("refuses to go on without the chain's key, or under a key that is merely named", () => {
    const { parts } = chainOf(0);
    const other = parts.keys.add(NEXT);
    expect(() => ledgerSealer(parts).acceptEpoch("0".repeat(32))).toThrow(
      expect.objectContaining({ code: "KEY_MISMATCH" }),
    );
    const forced = ledgerSealer({ ...parts, keys: { ...parts.keys, override: other.fingerprint } });
    expect(() => forced.acceptEpoch(parts.keys.first.fingerprint)).toThrow(
      expect.objectContaining({ code: "KEY_NOT_ROTATED" }),
    );
    expect(() => forced.acceptEpoch(other.fingerprint)).not.toThrow();
    const head = { ...chainOf(2).head, key_fingerprint: "0".repeat(32) };
    expect(() => forced.seal({ head, at: AT, drafts: [testDraft()], parts: NOTHING, trail: [] })).toThrow(
      expect.objectContaining({ code: "KEY_MISMATCH" }),
    );
  });

  it("refuses a malformed draft", () => {
    const { parts, head } = chainOf(0);
    const bad = { ...testDraft(), event_type: "gossip" } as never;
    expect(() => ledgerSealer(parts).seal({ head, at: AT, drafts: [bad], parts: NOTHING, trail: [] })).toThrow(
      expect.objectContaining({ code: "LEDGER_BAD_DRAFT" }),
    );
  });
});
