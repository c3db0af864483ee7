// Evidence that was sealed over a chain shows when the chain is not that one any more.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectAnchors, projectChain } from "../../../apps/cli/src/wire/project-chain.ts";
import { verifyProjectChain } from "../../../packages/delivery/engine/src/index.ts";
import type { Json } from "../../../packages/foundation/kernel/src/index.ts";
import type { ReceiptHead } from "../../../packages/foundation/records/src/index.ts";
import { assembleEvidence } from "../../../packages/harness/evidence/src/index.ts";
import { facts } from "../../../packages/harness/evidence/test/facts.ts";
import { nodeCrypto } from "../../../packages/platform/crypto-node/src/index.ts";
import { openState, sign } from "./sign-chain.ts";

const directory = mkdtempSync(join(realpathSync(tmpdir()), "ces-head-"));
sign(directory, "one", 3);
const { store, keys } = openState(directory);
afterAll(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Faults of the chain beside evidence that says it was sealed over `receipts`. */
function beside(receipts: ReceiptHead): readonly string[] {
  const packet = assembleEvidence({ ...facts, receipts });
  const text = JSON.stringify({ packet, content_hash: "a".repeat(64), signature: "", key_id: "" });
  const body: Json = JSON.parse(text);
  const row = { kind: "evidence" as const, id: "EP-1", delivery_id: null, body, rowid: 1, recorded_at: "" };
  const records: typeof store.records = (kind) => (kind === "evidence" ? [row] : store.records(kind));
  const anchors = projectAnchors(keys);
  return verifyProjectChain({ store: { ...store, records }, anchors, crypto: nodeCrypto }).faults.map(
    ({ code }) => code,
  );
}

describe("evidence that was sealed over the chain", () => {
  it.each<readonly [string, Partial<ReceiptHead>, readonly string[]]>([
    ["as it is", {}, []],
    ["when it was longer", { count: 4 }, ["RECEIPT_TAIL_CUT"]],
    ["with its end in another place", { count: 2 }, ["RECEIPT_TAIL_CUT"]],
    ["with another end", { terminal_hash: `sha256:${"0".repeat(64)}` }, ["RECEIPT_TAIL_CUT"]],
  ])("%s", (_, other, codes) => {
    const chain = projectChain({ store, keys });
    expect(beside({ ...chain.head(), kid: chain.signer().kid, ...other })).toEqual(codes);
  });
});
