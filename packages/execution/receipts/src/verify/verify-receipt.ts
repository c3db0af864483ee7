// One receipt, judged with a key from outside: three outcomes, every cause. Source: spec/acta.md §1.9.

import type { Json } from "@ces/kernel";
import { keyStatus } from "../anchors/key-window.ts";
import { selectKey } from "../anchors/select-key.ts";
import { verifyDisclosure } from "../disclosure/verify-disclosure.ts";
import { type Finding, outcomeOf } from "./cause.ts";
import { checkSignature, type SignatureCheck } from "./check-signature.ts";
import { embeddedKeys } from "./embedded-keys.ts";
import { judgeContent } from "./judge-content.ts";
import { algorithmFinding, expectationFindings, keyWarnings, windowFinding } from "./judge-key.ts";
import { readStrictly } from "./read-receipt.ts";
import { receiptBytes } from "./receipt-bytes.ts";
import type { KeyStatus, ReceiptReport } from "./report.ts";
import { type Located, locate } from "./shapes.ts";
import { readStructure, sha256Link } from "./signing-input.ts";
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
  return openReceipt(value, options).judge();
}

/** A receipt that is taken apart and not yet judged. */
export type OpenReceipt = {
  /** What its signature is checked with; undefined when something is in the way of a check. */
  readonly check: SignatureCheck | undefined;
  /** Judges it. `holds`: the answer to `check`, when somebody was asked already; else it is checked here. */
  readonly judge: (holds?: boolean) => JudgedReceipt;
};

/** Takes a receipt apart. */
export function openReceipt(value: Json, options: VerifyOptions): OpenReceipt {
  const located = locate(value);
  if (located !== undefined) return opened(located, options);
  const report = unread({ code: "unknown_format", path: "", text: "is no receipt of a known shape" });
  return { check: undefined, judge: () => ({ report, located: null }) };
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

function opened(located: Located, options: VerifyOptions): OpenReceipt {
  const { crypto, accept = [], revocation = "honour" } = options;
  const { input, whole } = receiptBytes(located);
  const choice = selectKey(located.kid, options.anchors, () => embeddedKeys(located.receipt));
  const status = choice.kind === "none" ? null : keyStatus(choice.entry, located.time, revocation);
  const structure = readStructure(located);
  const unfit = algorithmFinding(choice, structure.algorithm, crypto);
  const refused = input?.kind === "refused" ? input : whole.kind === "refused" ? whole : undefined;
  const unchecked: readonly Finding[] = [
    ...structure.causes,
    ...(refused === undefined ? [] : [refused.finding]),
    ...(choice.kind === "none" ? [{ code: choice.code, path: "/kid", text: choice.text }] : []),
    ...(unfit === undefined ? [] : [unfit]),
  ];
  const { signed } = located;
  const { signature } = structure;
  // INVARIANT: the only way to a signature that holds leads through a check of it.
  const check: SignatureCheck | undefined =
    unchecked.length > 0 ||
    signed === null ||
    signature === undefined ||
    input?.kind !== "bytes" ||
    choice.kind === "none"
      ? undefined
      : { signed, bytes: input.bytes, signature, public_key: choice.public_key, crypto, accept };
  const judge = (answer?: boolean): JudgedReceipt => {
    const checked =
      check === undefined ? { causes: atLeastOne(unchecked), warnings: [] } : checkSignature(check, answer);
    const content = contentFindings(located, status, options);
    const holds = checked.causes.length === 0;
    const causes = holds ? content.causes : checked.causes;
    const report: ReceiptReport = {
      outcome: outcomeOf(causes),
      causes,
      other_findings: holds ? [] : content.causes,
      warnings: [...checked.warnings, ...keyWarnings(located.kid, choice, status, revocation), ...content.warnings],
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
    return { report, located };
  };
  return { check, judge };
}

function atLeastOne(causes: readonly Finding[]): readonly Finding[] {
  return causes.length > 0
    ? causes
    : [{ code: "missing_signature", path: "/signature", text: "nothing could be checked" }];
}

function contentFindings(
  located: Located,
  status: KeyStatus | null,
  options: VerifyOptions,
): ReturnType<typeof judgeContent> {
  const { causes, warnings } = judgeContent(located, options);
  const window = windowFinding(status);
  if (window !== undefined) causes.push(window);
  causes.push(...expectationFindings(located, options));
  for (const disclosure of options.disclosures ?? [])
    causes.push(...verifyDisclosure(located.payload?.["committed_fields_root"], disclosure, options.crypto));
  return { causes, warnings };
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
