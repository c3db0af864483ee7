import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SealedEntry } from "@ces/records";
import { entryMac } from "../src/chain-mac.ts";
import { hashParts, NO_PARTS, NO_PARTS_HASH } from "../src/commitment.ts";
import { macKey } from "../src/mac-key.ts";
import { testDraft, testSealerParts } from "../src/testing.ts";
import { verifyLedger } from "../src/verify-ledger.ts";
import { chainOf, extend, factsOf, headOf, NOTHING, rowsOf, type Chain } from "./chain.ts";

const chain = chainOf(6);
const verify = (given: Parameters<typeof factsOf>[1] = {}, of: Chain = chain) =>
  verifyLedger(of.parts, factsOf(of, given));
const changed = (seq: number, change: (entry: SealedEntry) => Partial<SealedEntry>) =>
  chain.entries.map((entry) => (entry.seq === seq ? { ...entry, ...change(entry) } : entry));
const resealed = (entry: SealedEntry, by = chain.parts.keys.first): SealedEntry => ({
  ...entry,
  mac: entryMac(by, entry),
});

describe("a whole ledger", () => {
  it("is valid, and says how long it is", () => {
    expect(verify()).toEqual({ kind: "valid", count: 6, trail_count: 3, head_mac: chain.head.mac });
    expect(verifyLedger(chain.parts, factsOf(chainOf(0)))).toMatchObject({ kind: "valid", count: 0 });
  });

  it("may be longer than its head by what a crash left", () => {
    expect(verify({ head: headOf(chainOf(4)) })).toMatchObject({ kind: "valid", count: 6 });
  });

  it("verifies without its database, as an export", () => {
    const { entries, head, database_id } = factsOf(chain);
    expect(verifyLedger(chain.parts, { entries, head, database_id })).toMatchObject({ kind: "valid", count: 6 });
  });
});

describe("tampering is named by its first bad entry", () => {
  it("a changed text", () => {
    const entries = changed(3, ({ bytes }) => ({ bytes: bytes.replace("entry 3", "entry X") }));
    expect(verify({ entries })).toMatchObject({ kind: "broken", seq: 3, code: "LEDGER_MODIFIED" });
  });
  it("an entry deleted in the middle", () => {
    const entries = chain.entries.filter(({ seq }) => seq !== 4);
    expect(verify({ entries })).toMatchObject({ kind: "broken", seq: 4, code: "LEDGER_GAP" });
  });
  it("an entry deleted and the rest renumbered", () => {
    const entries = chain.entries.filter(({ seq }) => seq !== 4).map((entry, i) => ({ ...entry, seq: i + 1 }));
    expect(verify({ entries })).toMatchObject({ kind: "broken", seq: 4, code: "LEDGER_SWAPPED" });
  });
  it("two entries swapped", () => {
    const [a, b] = [chain.entries[1]!, chain.entries[2]!];
    const entries = chain.entries.map((entry) =>
      entry.seq === 2 ? { ...b, seq: 2 } : entry.seq === 3 ? { ...a, seq: 3 } : entry,
    );
    expect(verify({ entries })).toMatchObject({ kind: "broken", seq: 2, code: "LEDGER_SWAPPED" });
  });
  it.each([1, 2, 5, 6])("%i entries cut from the tail", (cut) => {
    const entries = chain.entries.slice(0, 6 - cut);
    const kept = {
      entries,
      trail: chain.trail.filter((row) => row.after_seq < 6 - cut),
      state: chain.state.filter(({ seq }) => seq <= 6 - cut),
    };
    expect(verify(kept)).toMatchObject({ kind: "broken", seq: 7 - cut, code: "LEDGER_TRUNCATED" });
  });
  it("an older copy that went on by itself", () => {
    const other = extend(extend(chainOf(4), NOTHING, testDraft({ summary: "other" })), rowsOf(3));
    expect(verify({ entries: other.entries, trail: other.trail, state: other.state })).toMatchObject({
      kind: "broken",
      seq: 6,
      code: "LEDGER_FORKED",
    });
  });
  it("an entry put in with another key", () => {
    const foreign = macKey(chain.parts.crypto, new Uint8Array(32).fill(9));
    const entries = changed(6, (entry) => ({ ...resealed(entry, foreign), key_fingerprint: foreign.fingerprint }));
    expect(verify({ entries })).toMatchObject({ kind: "broken", seq: 6, code: "LEDGER_FORGED" });
    expect(verify({ entries: changed(6, (entry) => resealed(entry, foreign)) })).toMatchObject({
      kind: "broken",
      seq: 6,
      code: "LEDGER_MODIFIED",
    });
  });
  it("a chain that is another project's", () => {
    const other = chainOf(6, 2);
    expect(verify({ entries: other.entries })).toMatchObject({ kind: "broken", seq: 1, code: "LEDGER_FORGED" });
    expect(verify({ head: headOf(other) })).toMatchObject({ kind: "broken", code: "HEAD_INVALID" });
  });
  it("a head that is missing, edited, or of another database", () => {
    expect(verify({ head: undefined })).toMatchObject({ kind: "broken", code: "HEAD_MISSING" });
    const signed = headOf(chain);
    expect(verify({ head: { ...signed, head: { ...signed.head, count: 3 } } })).toMatchObject({
      kind: "broken",
      code: "HEAD_INVALID",
    });
    expect(verify({ head: headOf(chain, { project_id: "x" }) })).toMatchObject({
      kind: "broken",
      code: "HEAD_INVALID",
    });
    expect(verify({ head: headOf(chain, { database_id: "x" }) })).toMatchObject({
      kind: "broken",
      code: "LEDGER_OTHER_DATABASE",
    });
  });
});

describe("commitsTo", () => {
  it("of nothing is a constant", () => expect(hashParts(chain.parts.crypto, NO_PARTS)).toBe(NO_PARTS_HASH));
});

describe("rows are believed only through their entry", () => {
  const at = chain.state[1]!;
  it("a changed, added, deleted or moved row", () => {
    const body = { seq: at.seq, parts: { ...at.parts, records: [{ ...at.parts.records[0]!, body: "{}" }] } };
    const added = { seq: at.seq, parts: { ...at.parts, records: [...at.parts.records, ...rowsOf(9).records] } };
    for (const one of [body, added, { ...at, seq: 5 }, { ...at, seq: 0 }, { ...at, seq: 99 }]) {
      const state = [...chain.state.filter((rows) => rows !== at), one].sort((a, b) => a.seq - b.seq);
      expect(verify({ state })).toMatchObject({ kind: "broken", code: "STATE_MODIFIED" });
    }
    expect(verify({ state: chain.state.filter((rows) => rows !== at) })).toMatchObject({
      kind: "broken",
      seq: 4,
      code: "STATE_MODIFIED",
    });
  });
  it("a changed, deleted, moved or cut trail", () => {
    const trails = [
      chain.trail.map((row) => (row.n === 2 ? { ...row, body: '{"verdict":"deny"}' } : row)),
      chain.trail.filter((row) => row.n !== 2),
      chain.trail.slice(0, 2),
      chain.trail.map((row) => (row.n === 2 ? { ...row, after_seq: row.after_seq + 1 } : row)),
      chain.trail.map((row) => (row.n === 2 ? { ...row, key_fingerprint: "0".repeat(32) } : row)),
      [...chain.trail, { ...chain.trail[2]!, n: 4, after_seq: 6 }],
    ];
    for (const trail of trails) expect(verify({ trail })).toMatchObject({ kind: "broken", code: "TRAIL_MODIFIED" });
  });
});

describe("without the key", () => {
  it("nothing is said", () => {
    const tools = { ...chain.parts, keys: testSealerParts(3).keys };
    expect(verifyLedger(tools, factsOf(chain))).toEqual({
      kind: "undecidable",
      code: "KEY_MISMATCH",
      seq: null,
      why: `key ${chain.parts.keys.first.fingerprint} is not here`,
    });
  });
});

describe("any change of any entry", () => {
  it("is caught at its seq", () => {
    const columns = ["bytes", "prev_mac", "mac", "key_fingerprint"] as const;
    const edit = fc.record({
      seq: fc.integer({ min: 1, max: 6 }),
      column: fc.constantFrom(...columns),
      at: fc.nat(),
      to: fc.constantFrom(...'0af{}"x '),
    });
    fc.assert(
      fc.property(edit, ({ seq, column, at, to }) => {
        const old = chain.entries[seq - 1]![column];
        const place = at % old.length;
        fc.pre(old[place] !== to);
        const entries = changed(seq, () => ({ [column]: old.slice(0, place) + to + old.slice(place + 1) }));
        expect(verify({ entries })).toMatchObject({ kind: "broken", seq });
      }),
    );
  });
});
