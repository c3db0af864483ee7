// ES256 where nothing of Node is: the bundle for a page, in a realm with the language alone, says what Node says.
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "tsdown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalize, utf8Encode } from "../../../packages/foundation/kernel/src/index.ts";
import { readAnchor, verifyReceipts } from "../../../packages/execution/receipts/src/index.ts";
import { nodeCrypto } from "../../../packages/platform/crypto-node/src/index.ts";

let folder: string;
let script: string;
beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "ces-es256-"));
  await build({
    entry: { verify: join(import.meta.dirname, "es256-driver.ts") },
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

test.each([
  ["a good receipt", good, "valid"],
  ["a changed one", good.replace("allow", "deny"), "invalid"],
  ["one with s of zero", good.replace(sig.slice(64), "0".repeat(64)), "invalid"],
  ["one that says EdDSA", good.replace("ES256", "EdDSA"), "undecidable"],
])("a page says of %s what Node says", (_, text, outcome) => {
  const realm = createContext({ TextEncoder, TextDecoder });
  runInContext(script, realm, { timeout: 20_000 });
  const call = `receipts.verify(${JSON.stringify([text])}, ${JSON.stringify(keys)})`;
  const told = JSON.parse(String(runInContext(call, realm, { timeout: 20_000 })));
  const read = readAnchor(new TextEncoder().encode(keys));
  const anchors = read.kind === "read" ? read.anchors : {};
  expect(told.outcome).toBe(outcome);
  expect(told).toEqual(JSON.parse(JSON.stringify(verifyReceipts([text], { crypto: nodeCrypto, anchors }))));
});
