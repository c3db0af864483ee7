// One receipt, judged with a key from outside: three outcomes, every cause. Source: spec/acta.md §1.9.

import type { Json } from "@ces/kernel";
import { isIssuerKid, issuerKidOf } from "../anchors/kid.ts";
import { keyStatus } from "../anchors/key-window.ts";
import { type KeyChoice, selectKey } from "../anchors/select-key.ts";
import { verifyDisclosure } from "../disclosure/verify-disclosure.ts";
import { readInstant } from "../time/instant.ts";
import { type Finding, outcomeOf, type Warning } from "./cause.ts";
import { signedInstead, signedInsteadText } from "./diagnose-signature.ts";
import { embeddedKeys } from "./embedded-keys.ts";
import { judgeContent } from "./judge-content.ts";
import { readStrictly } from "./read-receipt.ts";
import type { KeyStatus, ReceiptReport } from "./report.ts";
import { type Located, locate } from "./shapes.ts";
import { canonicalBytes, decodeSignature, sha256Link, structureFaults } from "./signing-input.ts";
import type { VerifyOptions } from "./verify-options.ts";

/** A report with the parts it is about, for chains. `located` is null when the text was no receipt. */
export type JudgedReceipt = { readonly report: ReceiptReport; readonly located: Located | null };

/** Verifies the text of one receipt. Never throws for any text or keys. */
export function verifyReceipt(text: string | Uint8Array, options: VerifyOptions): ReceiptReport {
  const read = readStrictly(text);
  return read.kind === "read" ? judgeReceipt(read.value, options).report : unread(read.finding);
}

/** Verifies a value that was read strictly, for those who have it already: what a lenient reader merged cannot be seen any more. */
export function verifyReceiptValue(value: Json, options: VerifyOptions): ReceiptReport {
  return judgeReceipt(value, options).report;
}

/** As `verifyReceiptValue`, with the parts. */
export function judgeReceipt(value: Json, options: VerifyOptions): JudgedReceipt {
  const located = locate(value);
  if (located === undefined)
    return {
      report: unread({ code: "unknown_format", path: "", text: "is no receipt of a known shape" }),
      located: null,
    };
  return { report: judge(located, options), located };
}

/** The report about a text that could not even be read. */
export function unread(finding: Finding): ReceiptReport {
  return {
    outcome: outcomeOf([finding]),
    causes: [finding],
    other_findings: [],
    warnings: [],
    shape: null,
    kid: null,
    type: null,
    key_source: null,
    key_status: null,
    payload_hash: null,
    receipt_hash: null,
    attested: [],
    unattested: [],
  };
}

function judge(located: Located, options: VerifyOptions): ReceiptReport {
  const { crypto } = options;
  const input = located.signed === null ? undefined : canonicalBytes(located.signed);
  const whole = canonicalBytes(located.receipt);
  const choice = selectKey(located.kid, options.anchors, embeddedKeys(located.receipt));
  const before = [
    ...structureFaults(located),
    ...(input?.kind === "refused" ? [input.finding] : whole.kind === "refused" ? [whole.finding] : []),
    ...(choice.kind === "none" ? [{ code: choice.code, path: "/kid", text: choice.text }] : []),
  ];
  const warnings: Finding<Warning>[] = [];
  const checked =
    before.length > 0 || input?.kind !== "bytes" || choice.kind === "none"
      ? before
      : checkSignature(located, { bytes: input.bytes, key: choice.public_key, options, warnings });
  const status = choice.kind === "none" ? null : statusOf(located, choice, options);
  const content = contentFindings(located, status, options);
  const holds = checked.length === 0;
  const causes = holds ? content.causes : checked;
  return {
    outcome: outcomeOf(causes),
    causes,
    other_findings: holds ? [] : content.causes,
    warnings: [...warnings, ...keyWarnings(located, choice, status, options), ...content.warnings],
    shape: located.shape,
    kid: located.kid,
    type: typeOf(located),
    key_source: choice.kind === "none" ? null : choice.source,
    key_status: status,
    payload_hash: input?.kind === "bytes" ? sha256Link(crypto, input.bytes) : null,
    receipt_hash: whole.kind === "bytes" ? sha256Link(crypto, whole.bytes) : null,
    attested: holds ? attestedOf(located) : [],
    unattested: unattestedOf(located),
  };
}

type SignatureCheck = {
  readonly bytes: Uint8Array;
  readonly key: Uint8Array;
  readonly options: VerifyOptions;
  readonly warnings: Finding<Warning>[];
};

function checkSignature(located: Located, { bytes, key, options, warnings }: SignatureCheck): readonly Finding[] {
  const { crypto, accept = [] } = options;
  const signature = decodeSignature(located.signature);
  if (signature === undefined || located.signed === null) return [];
  const verifies = (message: Uint8Array): boolean => crypto.ed25519Verify(key, message, signature);
  if (verifies(bytes)) return [];
  const instead = signedInstead({ signed: located.signed, bytes, crypto }, verifies);
  if (instead === "prehashed" && accept.includes("prehashed_signature")) {
    warnings.push({ code: "legacy_signature", path: "/signature", text: signedInsteadText.prehashed });
    return [];
  }
  const invalid: Finding = { code: "invalid_signature", path: "/signature", text: "the signature does not hold" };
  if (instead === undefined) return [invalid];
  return [invalid, { code: "legacy_non_jcs_signature", path: "/signature", text: signedInsteadText[instead] }];
}

type Chosen = Extract<KeyChoice, { kind: "chosen" }>;

function statusOf(located: Located, choice: Chosen, { revocation = "honour" }: VerifyOptions): KeyStatus {
  return keyStatus(choice.entry, readInstant(located.time), revocation);
}

function contentFindings(
  located: Located,
  status: KeyStatus | null,
  options: VerifyOptions,
): ReturnType<typeof judgeContent> {
  const { causes, warnings } = judgeContent(located, options.crypto);
  const window = status === null ? undefined : windowFinding(status);
  if (window !== undefined) causes.push(window);
  causes.push(...expectationFindings(located, options));
  for (const disclosure of options.disclosures ?? [])
    causes.push(...verifyDisclosure(located.payload?.["committed_fields_root"], disclosure, options.crypto));
  return { causes, warnings };
}

function windowFinding(status: KeyStatus): Finding | undefined {
  const path = "/payload/issued_at";
  switch (status) {
    case "outside_window":
      return { code: "key_outside_validity_window", path, text: "is outside the window in which the key was valid" };
    case "revoked":
      return { code: "key_revoked", path, text: "is not before the key was revoked" };
    case "window_unusable":
      return {
        code: "key_window_unusable",
        path,
        text: "cannot be placed: the key's window or the signed time is unusable",
      };
    default:
      return undefined;
  }
}

function expectationFindings(located: Located, { expect_policy, expect_issuer }: VerifyOptions): readonly Finding[] {
  const { payload, receipt } = located;
  const found: Finding[] = [];
  const digest = payload?.["policy_digest"] ?? payload?.["policy_hash"];
  const decides = digest !== undefined || payload?.["decision"] !== undefined;
  if (expect_policy !== undefined && decides && digest !== expect_policy)
    found.push({
      code: "policy_digest_mismatch",
      path: "/payload/policy_digest",
      text: "is not the policy that was expected",
    });
  const issuer = payload?.["issuer_id"] ?? (located.shape === "v2" ? receipt["issuer"] : undefined);
  if (expect_issuer !== undefined && issuer !== expect_issuer)
    found.push({ code: "issuer_unexpected", path: "/payload/issuer_id", text: "is not the issuer that was expected" });
  return found;
}

function keyWarnings(
  { kid }: Located,
  choice: KeyChoice,
  status: KeyStatus | null,
  { revocation }: VerifyOptions,
): readonly Finding<Warning>[] {
  if (choice.kind === "none") return [];
  const found: Finding<Warning>[] = [];
  if (status === "no_window")
    found.push({ code: "no_window", path: "/kid", text: "the key has no window: it counts for ever" });
  if (revocation === "ignore" && choice.entry !== null && choice.entry.revoked_at !== null)
    found.push({ code: "revocation_ignored", path: "/kid", text: "the key is revoked; that was not honoured" });
  if (kid !== null && isIssuerKid(kid) && kid !== issuerKidOf(choice.public_key))
    found.push({ code: "kid_not_of_key", path: "/kid", text: "the kid is not made from the key" });
  return found;
}

function typeOf({ payload, receipt, shape }: Located): string | null {
  const type = (shape === "v2" || shape === "v1-flat" ? receipt : (payload ?? {}))["type"];
  return typeof type === "string" ? type : null;
}

// The shapes whose signature covers the payload alone name its members; the others sign everything but the signature.
function attestedOf({ signed, payload, receipt }: Located): readonly string[] {
  const names = Object.keys(signed ?? {});
  return signed === payload && receipt["payload"] === payload ? names.map((name) => `payload.${name}`) : names;
}

function unattestedOf({ unattested, receipt, shape }: Located): readonly string[] {
  if (shape !== "acta-envelope" && shape !== "aps-draft01") return unattested;
  const block = receipt["signature"];
  const named = typeof block === "object" && block !== null ? ["signature.alg", "signature.kid"] : [];
  return [...unattested, ...named];
}
