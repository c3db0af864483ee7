// Evidence that was sealed over a chain shows when the chain is not that one any more.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectChain, recordedChain } from "../../../apps/cli/src/wire/project-chain.ts";
import { verifyProjectChain } from "../../../packages/delivery/engine/src/index.ts";
import type { Json } from "../../../packages/foundation/kernel/src/index.ts";
import type { ReceiptHead } from "../../../packages/foundation/records/src/index.ts";
import { assembleEvidence, sealEvidence } from "../../../packages/harness/evidence/src/index.ts";
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

/** Faults of the chain beside evidence that says it was sealed over `receipts`; `change` is what somebody does to the sealed body. */
function beside(receipts: ReceiptHead, change: (text: string) => string = (text) => text): readonly string[] {
  const sealed = sealEvidence(assembleEvidence({ ...facts, receipts }), keys.signer, nodeCrypto);
  const body: Json = JSON.parse(change(JSON.stringify(sealed)));
  const row = { kind: "evidence" as const, id: "EP-1", delivery_id: null, body, rowid: 1, recorded_at: "" };
  const records: typeof store.records = (kind) => (kind === "evidence" ? [row] : store.records(kind));
  const { faults } = verifyProjectChain({ ...recordedChain({ store, keys }), store: { ...store, records } });
  return faults.map(({ code }) => code);
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

  it("is not believed when another head was written into it", () => {
    const chain = projectChain({ store, keys });
    const head = { ...chain.head(), kid: chain.signer().kid };
    expect(beside(head, (text) => text.replace('"count":3', '"count":2'))).toEqual(["SEALED_HEAD_CHANGED"]);
  });
});
