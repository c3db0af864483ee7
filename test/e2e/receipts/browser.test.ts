// Verification runs where nothing of Node is: bundled for a browser, in a realm that has the language and the web's text encoders only, with
// the answers that Node gives (issue 5 §3).
import { generateKeyPairSync, sign } from "node:crypto";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { canonicalize, utf8Encode } from "../../../packages/foundation/kernel/src/index.ts";
import { nodeCrypto } from "../../../packages/platform/crypto-node/src/index.ts";
import { readAnchor, verifyReceipts } from "../../../packages/execution/receipts/src/index.ts";
import { chainOf, jwk, signer } from "../../../packages/execution/receipts/test/receipt-makers.ts";
import { pageOf } from "../../support/e2e/page-bundle.ts";

let inPage: Awaited<ReturnType<typeof pageOf>>;
beforeAll(async () => {
  inPage = await pageOf(join(import.meta.dirname, "browser-driver.ts"));
});

function inNode(receipts: readonly string[], keys: string): Record<string, unknown> {
  const read = readAnchor(new TextEncoder().encode(keys));
  const anchors = read.kind === "read" ? read.anchors : {};
  return JSON.parse(JSON.stringify(verifyReceipts(receipts, { crypto: nodeCrypto, anchors })));
}

function expectSame(receipts: readonly string[], keys: string, outcome: string): void {
  const told = inPage(receipts, keys) as Record<string, unknown>;
  expect(told["outcome"]).toBe(outcome);
  expect(told).toEqual(inNode(receipts, keys));
}

describe("a page says what Node says", () => {
  const { texts } = chainOf(4);
  const keys = JSON.stringify({ keys: [jwk(signer.public_key, signer.kid)] });

  it.each<readonly [string, readonly string[], string]>([
    ["a whole chain", texts, "valid"],
    ["one whose middle is gone", texts.toSpliced(1, 1), "invalid"],
    ["one that was changed", texts.map((text, at) => (at === 2 ? text.replace("allow", "deny") : text)), "invalid"],
    ["one of no known form", ["{}"], "undecidable"],
  ])("of %s", (_, receipts, outcome) => expectSame(receipts, keys, outcome));

  it("and trusts no key of small order", () => {
    expect(inPage(texts, "0".repeat(64))).toEqual({ outcome: "weak_public_key" });
  });
});

describe("a page says of ES256 what Node says", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const payload = {
    type: "protectmcp:decision",
    tool_name: "read_file",
    decision: "allow",
    issued_at: "2026-07-15T12:00:00Z",
    issuer_id: "es",
  };
  const bytes = utf8Encode(canonicalize(payload, "strict"));
  const sig = sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("hex");
  const good = JSON.stringify({ payload, signature: { alg: "ES256", kid: "es", sig } });
  const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "es" }] });

  it.each([
    ["a good receipt", good, "valid"],
    ["a changed one", good.replace("allow", "deny"), "invalid"],
    ["one with s of zero", good.replace(sig.slice(64), "0".repeat(64)), "invalid"],
    ["one that says EdDSA", good.replace("ES256", "EdDSA"), "undecidable"],
  ])("of %s", (_, text, outcome) => expectSame([text], keys, outcome));
});
