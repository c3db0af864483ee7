// What is to be said about the key that was chosen, and about what the reader expected.

import { algorithmOfKey, type SignatureAlgorithm } from "../anchors/key-algorithm.ts";
import { isIssuerKid, issuerKidOfKey } from "../anchors/kid.ts";
import type { KeyChoice } from "../anchors/select-key.ts";
import type { Finding, Warning } from "./cause.ts";
import type { KeyStatus } from "./report.ts";
import type { Located } from "./shapes.ts";
import type { VerifyCrypto, VerifyOptions } from "./verify-options.ts";

/** Why the chosen key cannot check what the receipt says it was signed with; undefined when it can. */
export function algorithmFinding(
  choice: KeyChoice,
  algorithm: SignatureAlgorithm | undefined,
  crypto: VerifyCrypto,
): Finding | undefined {
  if (choice.kind === "none" || algorithm === undefined) return undefined;
  const [code, path] = ["unsupported_algorithm", "/signature/alg"] as const;
  const of = algorithmOfKey(choice.public_key);
  if (of !== algorithm) return { code, path, text: `the receipt says ${algorithm}, the trusted key is for ${of}` };
  if (of === "EdDSA" || crypto.p256Verify !== undefined) return undefined;
  return { code, path, text: "this verifier was given no ES256" };
}

/** The finding of a key's window; undefined when the time of signing stands inside or there is no window. */
export function windowFinding(status: KeyStatus | null): Finding | undefined {
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

/** Where a receipt is not what the reader said it would be. */
export function expectationFindings(
  located: Located,
  { expect_policy, expect_issuer }: VerifyOptions,
): readonly Finding[] {
  const { payload, receipt } = located;
  const found: Finding[] = [];
  const digest = payload?.["policy_digest"] ?? payload?.["policy_hash"];
  const decides = digest !== undefined || payload?.["decision"] !== undefined;
  if (expect_policy !== undefined && decides && digest !== expect_policy)
    found.push({ code: "policy_digest_mismatch", path: "/payload/policy_digest", text: "is not the expected policy" });
  const issuer = payload?.["issuer_id"] ?? (located.shape === "v2" ? receipt["issuer"] : undefined);
  if (expect_issuer !== undefined && issuer !== expect_issuer)
    found.push({ code: "issuer_unexpected", path: "/payload/issuer_id", text: "is not the expected issuer" });
  return found;
}

/** Warnings about the chosen key. */
export function keyWarnings(
  kid: string | null,
  choice: KeyChoice,
  status: KeyStatus | null,
  revocation: VerifyOptions["revocation"],
): readonly Finding<Warning>[] {
  if (choice.kind === "none") return [];
  const found: Finding<Warning>[] = [];
  if (status === "no_window")
    found.push({ code: "no_window", path: "/kid", text: "the key has no window: it counts for ever" });
  if (revocation === "ignore" && choice.entry !== null && choice.entry.revoked_at !== null)
    found.push({ code: "revocation_ignored", path: "/kid", text: "the key is revoked; that was not honoured" });

  if (kid !== null && isIssuerKid(kid) && kid !== (choice.entry?.issuer_kid ?? issuerKidOfKey(choice.public_key)))
    found.push({ code: "kid_not_of_key", path: "/kid", text: "the kid is not made from the key" });
  return found;
}
