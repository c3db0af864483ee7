// The published schema csc.policy-decision.v0.1.schema.json, value for value (Apache-2.0, madeinplutofabio/command-scope-contract, commit 210ff430).
// Embedded, because a package that looks for it on a disk cannot be installed (F-14). Never edited.

import type { JsonSchema } from "./schema-members.ts";

/** The published schema of the PolicyDecision, JSON Schema 2020-12. Source: spec/csc.md §1.1. */
export const decisionSchema: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://example.org/schemas/csc.policy-decision.v0.1.schema.json",
  title: "CSC PolicyDecision v0.1",
  type: "object",
  additionalProperties: false,
  required: ["contract_id", "decision", "policy_profile", "reasons", "reason_codes", "expires_at"],
  properties: {
    contract_id: {
      type: "string",
      minLength: 1,
    },
    contract_sha256: {
      type: "string",
      pattern: "^[A-Fa-f0-9]{64}$",
    },
    decision: {
      type: "string",
      enum: ["allow", "deny", "needs_approval"],
    },
    policy_profile: {
      type: "string",
      minLength: 1,
    },
    classified_effects: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["command_id", "effect_type"],
        properties: {
          command_id: {
            type: "string",
            minLength: 1,
          },
          effect_type: {
            type: "string",
            minLength: 1,
          },
        },
      },
    },
    reasons: {
      type: "array",
      minItems: 1,
      items: {
        type: "string",
        minLength: 1,
      },
    },
    reason_codes: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: {
        type: "string",
        minLength: 1,
      },
      description:
        "Machine-readable reason codes drawn from the registry defined in docs/reason-codes.md. Stable API surface.",
    },
    expires_at: {
      type: "string",
      format: "date-time",
    },
  },
};
