// The published schema csc.execution-receipt.v0.1.schema.json, value for value (Apache-2.0, madeinplutofabio/command-scope-contract, commit 210ff430).
// Embedded, because a package that looks for it on a disk cannot be installed (F-14). Never edited.

// oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema
import type { JsonSchema } from "./schema-members.ts";

/** The published schema of the ExecutionReceipt, JSON Schema 2020-12. Source: spec/csc.md §1.1. */
export const receiptSchema: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://example.org/schemas/csc.execution-receipt.v0.1.schema.json",
  title: "CSC ExecutionReceipt v0.1",
  $defs: {
    absolutePath: {
      type: "string",
      anyOf: [
        {
          pattern: "^/",
        },
        {
          pattern: "^[A-Za-z]:[\\\\/]",
        },
        {
          pattern: "^(?:\\\\\\\\|//)[^\\\\/]+[\\\\/][^\\\\/]+",
        },
      ],
    },
  },
  type: "object",
  additionalProperties: false,
  required: [
    "receipt_version",
    "contract_id",
    "execution_id",
    "contract_sha256",
    "status",
    "started_at",
    "ended_at",
    "policy_profile",
  ],
  allOf: [
    {
      if: {
        properties: {
          status: {
            enum: ["success", "failed"],
          },
        },
        required: ["status"],
      },
      then: {
        required: ["exit_code", "stdout_hash", "stderr_hash"],
      },
    },
  ],
  properties: {
    receipt_version: {
      type: "string",
      const: "csc.receipt.v0.1",
      description:
        "Receipt schema identifier. Parsers MUST use this field to select the correct schema for validation and interpretation.",
    },
    contract_id: {
      type: "string",
      minLength: 1,
    },
    execution_id: {
      type: "string",
      minLength: 1,
    },
    contract_sha256: {
      type: "string",
      pattern: "^[A-Fa-f0-9]{64}$",
    },
    status: {
      type: "string",
      enum: ["success", "failed", "blocked", "expired"],
    },
    started_at: {
      type: "string",
      format: "date-time",
    },
    ended_at: {
      type: "string",
      format: "date-time",
    },
    exit_code: {
      type: "integer",
    },
    stdout_hash: {
      type: "string",
      pattern: "^sha256:[A-Fa-f0-9]{64}$",
    },
    stderr_hash: {
      type: "string",
      pattern: "^sha256:[A-Fa-f0-9]{64}$",
    },
    stdout_truncated: {
      type: "boolean",
      description:
        "True when stdout capture exceeded the configured byte cap. When true, stdout_hash covers only the captured prefix, not the full stream. Absence of this field means the full stream was captured.",
    },
    stderr_truncated: {
      type: "boolean",
      description:
        "True when stderr capture exceeded the configured byte cap. When true, stderr_hash covers only the captured prefix, not the full stream. Absence of this field means the full stream was captured.",
    },
    artifacts: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["path", "sha256"],
        properties: {
          path: {
            $ref: "#/$defs/absolutePath",
          },
          sha256: {
            type: "string",
            pattern: "^[A-Fa-f0-9]{64}$",
          },
        },
      },
    },
    policy_profile: {
      type: "string",
      minLength: 1,
    },
    policy_schema_version: {
      type: "string",
      minLength: 1,
      description: "Policy schema identifier used to validate the policy that produced the decision.",
    },
    policy_sha256: {
      type: "string",
      pattern: "^[A-Fa-f0-9]{64}$",
      description: "SHA-256 hash of the canonicalized policy artifact that produced the decision.",
    },
    runner_version: {
      type: "string",
      minLength: 1,
      description: "Version of the runner that executed the contract.",
    },
    execution_mode: {
      type: "string",
      enum: ["local", "hardened"],
      description: "Deployment mode the runner was operating in.",
    },
    sandbox_profile_id: {
      type: "string",
      minLength: 1,
      description: "Identifier of the sandbox profile used. Applicable in hardened mode only.",
    },
    signing_key_id: {
      type: "string",
      minLength: 1,
      description: "Identifier of the key used to sign this receipt. Present only when receipt signing is enabled.",
    },
    effect_summary: {
      type: "object",
      additionalProperties: false,
      properties: {
        files_written: {
          type: "integer",
          minimum: 0,
        },
        network_used: {
          type: "boolean",
        },
        secrets_used: {
          type: "integer",
          minimum: 0,
        },
      },
    },
    completed_command_ids: {
      type: "array",
      uniqueItems: true,
      items: {
        type: "string",
        minLength: 1,
      },
    },
    failed_command_id: {
      type: ["string", "null"],
    },
    error: {
      type: "string",
    },
  },
};
