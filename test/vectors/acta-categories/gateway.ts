// The published gateway scenarios: no signature, no execution; a receipt that anyone can check; a state that changed in between.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import type { Json, JsonObject } from "@ces/kernel";
import {
  type Anchors,
  compareState,
  DECISION_TYPE,
  EMPTY_CHAIN,
  keyThumbprint,
  openDsse,
  seedSigner,
  signReceipt,
  stateDigest,
  verifyReceipt,
} from "@ces/receipts";
import { differs, type VectorCase, vectorFault } from "../suite.ts";
import {
  type Category,
  isObject,
  jsonFiles,
  jwksOf,
  keyOf,
  readJson,
  reasons,
  sharedFile,
  unread,
} from "./acta-case.ts";

type Scenario = { readonly folder: string; readonly expected: JsonObject; readonly anchors: Anchors };
type Judge = (scenario: Scenario) => readonly (string | undefined)[];

export const gateway: Category = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name): VectorCase => ({
      id: `aps-gateway-enforcement/${name}`,
      run: () => reasons(name === "_keys" ? publishedKeys(join(folder, name)) : runScenario(folder, name)),
    }));

function runScenario(folder: string, name: string): readonly (string | undefined)[] {
  const own = join(folder, name);
  const anchors = jwksOf(readJson(sharedFile(folder, "aps-gateway-enforcement", "_keys/jwks.json")));
  const expected = existsSync(join(own, "expected-output.json")) ? object(own, "expected-output.json") : {};
  const judge = scenarios[name.replace(/^\d+-/, "")];
  if (judge === undefined) unread.set(`aps-gateway-enforcement/${name}`, ["/expected-output.json"]);
  return (judge ?? everyDocument)({ folder: own, expected, anchors });
}

const scenarios: Readonly<Record<string, Judge>> = {
  "fail-closed": ({ folder, expected }) => {
    const input = object(folder, "input.json");
    let invoked = false;
    const signed = signReceipt(draftOf(input), { ...signing(), signer: { ...signing().signer, sign: unavailable } });
    if (signed.kind === "signed") invoked = true;
    const effects = isObject(expected["side_effects"]) ? expected["side_effects"] : {};
    const log = object(folder, "audit-log.json");
    return [
      differs("ok", expected["ok"], signed.kind === "signed"),
      differs("receipt", expected["receipt"], signed.kind === "signed" ? signed.receipt : null),
      differs("tool_invoked", effects["tool_invoked"], invoked),
      differs("cause", "signer_failed", signed.kind === "refused" ? signed.causes[0]?.code : undefined),
      differs("audit log", false, log["signed"]),
      JSON.stringify(signed).includes("HSM") ? "the signer's words are repeated" : undefined,
    ];
  },
  "external-verification": ({ folder, expected }) => {
    const text = readFileSync(join(folder, "receipt.json"), "utf8");
    const report = verifyReceipt(text, { crypto: nodeCrypto, anchors: jwksOf(readJson(join(folder, "jwks.json"))) });
    return [
      differs("signature", expected["receipt_signature_valid"], report.outcome === "valid"),
      differs("canonical", `sha256:${String(expected["receipt_canonical_sha256"])}`, report.payload_hash),
      differs("kid", expected["jwks_kid_matches_receipt"], report.key_source === "jwks"),
    ];
  },
  "state-drift": ({ folder, expected, anchors }) => {
    const receipt = object(folder, "receipt.json");
    const report = verifyReceipt(JSON.stringify(receipt), { crypto: nodeCrypto, anchors });
    const payload = isObject(receipt["payload"]) ? receipt["payload"] : {};
    const [before, after] = ["state-at-signing.json", "state-at-execution.json"].map((file) => object(folder, file));
    const verdict = compareState(String(payload["state_hash_at_signing"]), after ?? {}, nodeCrypto);
    return [
      differs("signature", expected["receipt_signature_valid"], report.outcome === "valid"),
      differs("at signing", expected["state_hash_at_signing"], stateDigest(nodeCrypto, before ?? {})),
      differs("drift", "drifted", verdict.kind),
      differs("at execution", expected["state_hash_at_execution"], verdict.kind === "drifted" ? verdict.now : null),
    ];
  },
};

// A scenario that is not known by its name: whatever document of a known kind stands there has to verify.
function everyDocument({ folder, anchors }: Scenario): readonly (string | undefined)[] {
  const judged = jsonFiles(folder).flatMap((name) => judgeDocument(name, readJson(join(folder, name)), anchors));
  return judged.length === 0 ? ["the scenario holds no document of a known kind"] : judged;
}

function judgeDocument(name: string, value: Json, anchors: Anchors): readonly (string | undefined)[] {
  if (!isObject(value)) return [];
  const { payload, payloadType, signatures, signature, _type, predicate } = value;
  if (typeof payload === "string" && typeof payloadType === "string" && Array.isArray(signatures)) {
    const envelope = { payload, payloadType, signatures: signatures as { keyid: string; sig: string }[] };
    const opened = anchors.jwks?.keys.some(
      ({ public_key }) => public_key !== null && openDsse(envelope, public_key, nodeCrypto) !== undefined,
    );
    return [opened === true ? undefined : `${name}: no key opens the envelope`];
  }
  if (isObject(payload) && signature !== undefined)
    return [differs(name, "valid", verifyReceipt(JSON.stringify(value), { crypto: nodeCrypto, anchors }).outcome)];
  if (typeof _type === "string" && isObject(predicate)) return judgeDocument(`${name}/predicate`, predicate, anchors);
  // Documents may stand inside another.
  return Object.entries(value).flatMap(([member, inner]) => judgeDocument(`${name}/${member}`, inner, anchors));
}

function publishedKeys(folder: string): readonly (string | undefined)[] {
  const { publicKeyHex, kid } = object(folder, "public-key.json");
  const [entry] = jwksOf(readJson(join(folder, "jwks.json"))).jwks?.keys ?? [];
  const key = keyOf(String(publicKeyHex));
  return [
    differs("kid", kid, keyThumbprint(key, nodeCrypto)),
    differs("jwks", [kid, [...key]], [entry?.kid, [...(entry?.public_key ?? [])]]),
  ];
}

function object(folder: string, name: string): JsonObject {
  const value = readJson(join(folder, name));
  if (!isObject(value)) throw vectorFault(`\`${join(folder, name)}\` is not an object`);
  return value;
}

function draftOf(input: JsonObject): Parameters<typeof signReceipt>[0] {
  return {
    type: DECISION_TYPE,
    tool_name: String(input["tool"]),
    decision: "allow",
    reason: "policy_allow",
    agent_id: String(input["agent_id"]),
    observed_by: "host",
    policy_id: String(input["policy_id"]),
    policy_engine: "cedar",
    policy_digest: `sha256:${"0".repeat(64)}`,
    sandbox_backend: "none",
    sandbox_state: "disabled",
    sandbox_observed: [],
  };
}

function signing(): Parameters<typeof signReceipt>[1] {
  const signer = seedSigner(new Uint8Array(32).fill(7), nodeCrypto);
  return { signer, head: EMPTY_CHAIN, issued_at: "2026-04-18T12:00:00Z", crypto: nodeCrypto };
}

function unavailable(): never {
  throw new Error("not loaded in HSM session");
}
