// What a receipt says about its predecessor, in every convention that was met. Only the draft's is written; the others are recognised by
// name and accepted only by name. Source: spec/acta.md §1.5.

import { canonicalize, type Crypto, encodeBase64Url, encodeHex, utf8Encode } from "@ces/kernel";
import type { LegacyConvention } from "../verify/verify-options.ts";
import type { JudgedReceipt } from "../verify/verify-receipt.ts";
import { linkForm, linkHex } from "../verify/link-form.ts";
import { withoutSignature } from "../verify/shapes.ts";

/** The convention other than the draft's in which `link` names `before`; the names are those of spec/acta §1.5. */
export function conventionOf(
  link: string,
  before: JudgedReceipt,
  crypto: Pick<Crypto, "sha256">,
): LinkConvention | undefined {
  const { report, located } = before;
  if (located === null || report.receipt_hash === null) return undefined;
  const digest = (value: Parameters<typeof canonicalize>[0]): Uint8Array =>
    crypto.sha256(utf8Encode(canonicalize(value, "rfc8785")));
  if (link === encodeBase64Url(digest(located.receipt))) return "link_c";
  // Before `link_b`: of a flat receipt, what is signed is the receipt without its signature.
  if (link === `sha256:${encodeHex(digest(withoutSignature(located.receipt)))}`) return "link_e";
  if (report.payload_hash === null || linkHex(report.payload_hash) !== linkHex(link)) return undefined;
  const form = linkForm(link);
  return form === "prefixed" ? "link_b" : form === "bare" ? "link_d" : undefined;
}

/** One of the conventions that are not the draft's. */
export type LinkConvention = Exclude<LegacyConvention, "prehashed_signature">;

/** Sentences for a report. */
export const conventionText: Readonly<Record<LinkConvention, string>> = {
  link_b: "the link names SHA-256 of the predecessor's payload alone",
  link_c: "the link names the predecessor in base64url",
  link_d: "the link names SHA-256 of the predecessor's payload alone, without prefix",
  link_e: "the link names the predecessor without its signature",
};
