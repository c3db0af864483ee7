// Digests of policies, and published bundles against receipts.
import { utf8Encode, type Json, type JsonObject } from "@ces/kernel";
import { nodeCrypto } from "@ces/crypto-node";
import { policyBundlePath, policyDigest, verifyPolicyBundle, verifyPolicyDigest } from "@ces/receipts";
import { differs, vectorFault } from "../suite.ts";
import { anchorsOf, caseFiles, causeReason, isObject, outcomeReasons } from "./acta-case.ts";
import { onBoth } from "./receipts.ts";

export const policyDigests = caseFiles("policy-digest", (file) => {
  const files = file.at("files");
  if (!Array.isArray(files)) throw vectorFault("`files` is not a list");
  const computed = policyDigest(
    file.text("engine") ?? "",
    files.map((one: Json) => policyFile(one)),
    nodeCrypto,
  );
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

function policyFile(value: Json): { readonly name: string; readonly bytes: Uint8Array } {
  const { name, content } = isObject(value) ? value : {};
  if (typeof name !== "string" || typeof content !== "string")
    throw vectorFault("a policy file has no name or no content");
  return { name, bytes: utf8Encode(content) };
}

function payloadOf(receipt: Json): JsonObject {
  const payload = isObject(receipt) ? receipt["payload"] : undefined;
  return isObject(payload) ? payload : {};
}
