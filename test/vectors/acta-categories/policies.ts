// Digests of policies, and published bundles against receipts.
import { utf8Encode, type Json, type JsonObject } from "@ces/kernel";
import { nodeCrypto } from "@ces/crypto-node";
import {
  policyBundlePath,
  policyDigest,
  type PolicyFile,
  structuredPolicy,
  verifyPolicyBundle,
  verifyPolicyDigest,
} from "@ces/receipts";
import { differs, vectorFault } from "../suite.ts";
import { anchorsOf, caseFiles, causeReason, isObject, type Members, outcomeReasons } from "./acta-case.ts";
import { onBoth } from "./receipts.ts";

export const policyDigests = caseFiles("policy-digest", (file) => {
  const computed = policyDigest(file.text("engine") ?? "", policyFiles(file), nodeCrypto);
  const expected = file.object("expect");
  const error = expected.text("error");
  if (error !== undefined)
    return [
      computed.kind === "refused" && sameFault(error, computed.code)
        ? undefined
        : differs("error", error, computed.kind === "refused" ? computed.code : computed.digest),
    ];
  if (computed.kind === "refused") return [`refused: ${computed.code}`];
  return [
    differs("policy_digest", expected.text("policy_digest"), computed.digest),
    differs("manifest_jcs", expected.text("manifest_jcs"), computed.manifest),
  ];
});

export const policyBundles = caseFiles("policy-bundle", (file) => {
  const bundle = file.at("bundle") ?? null;
  const receipt = file.at("receipt");
  const path = file.text("well_known_path");
  const expected = file.object("expect");
  const report = verifyPolicyBundle(bundle, nodeCrypto);
  const found = [
    path === undefined
      ? undefined
      : differs("path", path, report.digest === null ? null : policyBundlePath(report.digest)),
  ];
  if (receipt === undefined) return [...found, ...outcomeReasons(expected, report)];
  const [signed] = onBoth(JSON.stringify(receipt), { anchors: anchorsOf(file) });
  const match = verifyPolicyDigest(payloadOf(receipt), bundle, nodeCrypto);
  return [
    ...found,
    ...outcomeReasons(expected.object("signature"), signed),
    differs("policy_match", expected.at("policy_match"), match.outcome === "valid"),
    causeReason(
      [expected.text("cause")],
      match.causes.map(({ code }) => code),
    ),
  ];
});

// By meaning: what is refused is a repeated name, or that there is nothing.
function sameFault(expected: string, code: string): boolean {
  const kind = (name: string): string =>
    /duplicate|repeated/.test(name) ? "duplicate" : /empty|no_/.test(name) ? "empty" : name;
  return kind(expected) === kind(code);
}

// Files, or the one that a source in memory or a structured configuration stands for.
function policyFiles(file: Members): readonly PolicyFile[] {
  const [files, source, config] = [file.at("files"), file.text("source"), file.at("config")];
  if (source !== undefined) return [{ name: "policy.cedar", bytes: utf8Encode(source) }];
  if (config !== undefined) return [structuredPolicy(config)];
  if (!Array.isArray(files)) throw vectorFault("`files` is not a list");
  return files.map((one: Json) => policyFile(one));
}

function policyFile(value: Json): PolicyFile {
  const { name, content, content_hex: hex, content_base64: base64 } = isObject(value) ? value : {};
  if (typeof name !== "string") throw vectorFault("a policy file has no name");
  if (typeof content === "string") return { name, bytes: utf8Encode(content) };
  if (typeof hex === "string") return { name, bytes: new Uint8Array(Buffer.from(hex, "hex")) };
  if (typeof base64 === "string") return { name, bytes: new Uint8Array(Buffer.from(base64, "base64")) };
  throw vectorFault("a policy file has no content");
}

function payloadOf(receipt: Json): JsonObject {
  const payload = isObject(receipt) ? receipt["payload"] : undefined;
  return isObject(payload) ? payload : {};
}
