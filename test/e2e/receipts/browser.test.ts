// Verification runs where nothing of Node is: bundled for a browser, in a realm that has the language and the web's text encoders only, with
// the vectors that the tests in Node have (issue 5 §3).
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "tsdown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeCrypto } from "../../../packages/platform/crypto-node/src/index.ts";
import { readAnchor, verifyReceipts } from "../../../packages/execution/receipts/src/index.ts";
import { chainOf, jwk, signer } from "../../../packages/execution/receipts/test/receipt-makers.ts";

let folder: string;
let script: string;
beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "ces-browser-"));
  await build({
    entry: { verify: join(import.meta.dirname, "browser-driver.ts") },
    outDir: folder,
    format: "iife",
    globalName: "receipts",
    platform: "browser",
    dts: false,
    config: false,
    logLevel: "error",
    deps: { alwaysBundle: [/./] },
  });
  const [name = ""] = readdirSync(folder).filter((one) => one.endsWith(".js"));
  script = readFileSync(join(folder, name), "utf8");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The page's answer. */
function inPage(receipts: readonly string[], keys: string): unknown {
  const realm = createContext({ TextEncoder, TextDecoder });
  runInContext(script, realm, { timeout: 20_000 });
  const call = `receipts.verify(${JSON.stringify(receipts)}, ${JSON.stringify(keys)})`;
  return JSON.parse(String(runInContext(call, realm, { timeout: 20_000 })));
}

const { texts } = chainOf(4);
const keys = JSON.stringify({ keys: [jwk(signer.public_key, signer.kid)] });
const read = readAnchor(new TextEncoder().encode(keys));
const anchors = read.kind === "read" ? read.anchors : {};
const inNode = (receipts: readonly string[]) =>
  JSON.parse(JSON.stringify(verifyReceipts(receipts, { crypto: nodeCrypto, anchors }))) as Record<string, unknown>;

describe("verification in a page", () => {
  it.each<readonly [string, readonly string[], string]>([
    ["a whole chain", texts, "valid"],
    ["one whose middle is gone", texts.toSpliced(1, 1), "invalid"],
    ["one that was changed", texts.map((text, at) => (at === 2 ? text.replace("allow", "deny") : text)), "invalid"],
    ["one of no known form", ["{}"], "undecidable"],
  ])("says of %s what Node says", (_, receipts, outcome) => {
    const told = inPage(receipts, keys) as Record<string, unknown>;
    expect(told["outcome"]).toBe(outcome);
    expect(told).toEqual(inNode(receipts));
  });

  it("trusts no key of small order", () => {
    expect(inPage(texts, "0".repeat(64))).toEqual({ outcome: "weak_public_key" });
  });
});
