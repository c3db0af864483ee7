// The causes by name, and the outcome that each decides. Source: spec/acta.md §1.9, Appendix B.

/** Checked and refused. */
export const INVALID_CAUSES = [
  "invalid_signature",
  "legacy_non_jcs_signature",
  "signature_in_signing_input",
  "schema_invalid",
  "unexpected_member",
  "issuer_kid_mismatch",
  "issuer_unexpected",
  "key_outside_validity_window",
  "key_revoked",
  "chain_break",
  "chain_link_malformed",
  "chain_truncated",
  "chain_rewritten",
  "commitment_mismatch",
  "salt_too_short",
  "file_hash_mismatch",
  "digest_mismatch",
  "policy_digest_mismatch",
  "decision_disagrees",
  "issued_at_precedes_excluding_commitment",
] as const;

/** Could not be checked. Never folded into invalid. */
export const UNDECIDABLE_CAUSES = [
  "malformed_json",
  "duplicate_key",
  "number_not_exact",
  "number_out_of_range",
  "invalid_unicode",
  "input_too_large",
  "too_deep",
  "unknown_format",
  "missing_payload",
  "missing_signature",
  "malformed_signature_encoding",
  "unsupported_algorithm",
  "non_ascii_key",
  "no_public_key",
  "embedded_key_rejected",
  "keys_not_anchored",
  "unknown_kid",
  "ambiguous_kid",
  "unusable_key",
  "weak_public_key",
  "key_window_unusable",
  "jwks_unavailable",
  "decision_not_replayable",
  "completeness_required",
] as const;

/** Worth knowing; the outcome stands. */
export const WARNINGS = [
  "no_window",
  "legacy_link",
  "legacy_signature",
  "legacy_shape",
  "unattested_members",
  "issued_at_not_monotonic",
  "completeness_not_established",
  "first_link_unverified",
  "key_changed_without_rotation",
  "revocation_ignored",
  "kid_not_of_key",
  "schema_deviation",
  "sandbox_disabled",
  "sandbox_unobserved",
  "ephemeral_key",
] as const;

export type InvalidCause = (typeof INVALID_CAUSES)[number];
export type UndecidableCause = (typeof UNDECIDABLE_CAUSES)[number];
export type Cause = InvalidCause | UndecidableCause;
export type Warning = (typeof WARNINGS)[number];

/** The three answers. */
export type Outcome = "valid" | "invalid" | "undecidable";

/** One finding: where (a JSON pointer, empty for the whole) and a sentence; `index` is the place in a chain or bundle, from 0. */
export type Finding<Code extends string = Cause> = {
  readonly code: Code;
  readonly path: string;
  readonly text: string;
  readonly index?: number;
};

const invalid: ReadonlySet<string> = new Set(INVALID_CAUSES);

/** Invalid when something was checked and refused, undecidable when something could not be checked, else valid. */
export function outcomeOf(causes: readonly Finding[]): Outcome {
  if (causes.some(({ code }) => invalid.has(code))) return "invalid";
  return causes.length === 0 ? "valid" : "undecidable";
}

/** 0 valid, 1 invalid, 2 undecidable: the exit code of the format's own verifiers and of the vectors. */
export function vectorExit(outcome: Outcome): 0 | 1 | 2 {
  return outcome === "valid" ? 0 : outcome === "invalid" ? 1 : 2;
}
