// What the house adds to the published objects, as closed schemas of its own; the published members stay judged by the published schemas.

import type { JsonSchema } from "./schema-members.ts";
import { approvalSchema } from "./published-approval.ts";
import { receiptSchema } from "./published-receipt.ts";

const text = { type: "string", minLength: 1 };
const texts = { type: "array", items: text };
const uniqueTexts = { type: "array", uniqueItems: true, items: text };
const count = { type: "integer", minimum: 0 };
const sha256 = { type: "string", pattern: "^[a-f0-9]{64}$" };
const streamHash = { type: "string", pattern: "^sha256:[a-f0-9]{64}$" };
const posixPath = { type: "string", pattern: "^/" };

function closed(properties: JsonSchema, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", additionalProperties: false, required, properties };
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

const signature = closed({ algorithm: { const: "ed25519" }, key_id: text, signed_at: text, signature: text });

const effectRule = closed(
  {
    commands: { ...uniqueTexts, minItems: 1 },
    with_arguments: uniqueTexts,
    with_hosts: uniqueTexts,
    effect_type: text,
  },
  ["with_arguments", "with_hosts"],
);

/** The members of a policy that are ours (`CscPolicy`, second half). */
export const policyExtensions: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Members that CES adds to a CSC policy",
  ...closed(
    {
      allowed_env: uniqueTexts,
      allowed_secret_refs: uniqueTexts,
      allowed_binaries: { type: "object", additionalProperties: closed({ path: posixPath, sha256 }) },
      approvers: listOf(closed({ identity: text, public_key: text })),
      emergency_deny_all: { type: "boolean" },
      effect_rules: listOf(effectRule),
      allowed_interpreters: uniqueTexts,
      allowed_inline_code: uniqueTexts,
    },
    [
      "allowed_env",
      "allowed_secret_refs",
      "allowed_binaries",
      "approvers",
      "emergency_deny_all",
      "effect_rules",
      "allowed_interpreters",
      "allowed_inline_code",
    ],
  ),
};

/** A published approval, or one that is bound to a policy and signed. */
export const signedApprovalSchema: JsonSchema = widened(approvalSchema, { policy_sha256: sha256, signature });

/** A published receipt that carries its signature, as the reference writes it. */
export const signedReceiptSchema: JsonSchema = widened(receiptSchema, { signature });

const commandResult = closed(
  {
    command_id: text,
    status: { enum: ["success", "failed"] },
    exit_code: { type: "integer" },
    signal: text,
    started_at: text,
    ended_at: text,
    stdout_hash: streamHash,
    stderr_hash: streamHash,
    stdout_bytes: count,
    stderr_bytes: count,
    stdout_truncated: { type: "boolean" },
    stderr_truncated: { type: "boolean" },
    segment_exit_codes: listOf({ type: "integer" }),
  },
  ["signal", "stdout_truncated", "stderr_truncated", "segment_exit_codes"],
);

const sandbox = closed({
  profile_sha256: sha256,
  tools: listOf(closed({ name: text, path: posixPath, sha256, version: text }, ["version"])),
  held: texts,
  not_held: texts,
});

const network = closed({
  mode: { enum: ["deny", "allowlisted", "full"] },
  observed: listOf(
    closed({
      host: text,
      port: count,
      outcome: { enum: ["allowed", "refused"] },
      count: { type: "integer", minimum: 1 },
    }),
  ),
});

const joins = ["delivery_id", "manifest_id", "run_id", "decision_sha256"];

/** The receipt of the house: every published member as it is published, and ours. */
export const houseReceiptSchema: JsonSchema = {
  ...widened(receiptSchema, {
    receipt_version: { type: "string", const: "csc.receipt.v0.1+ces.1" },
    decision: { enum: ["allow", "deny", "needs_approval"] },
    reason_codes: uniqueTexts,
    results: listOf(commandResult),
    binaries: listOf(closed({ command_id: text, segment: count, argv0: text, path: posixPath, sha256 })),
    sandbox,
    approvals: listOf(
      closed(
        {
          approval_id: text,
          identity: text,
          key_id: text,
          scope: { enum: ["single_execution", "time_window"] },
          sha256,
        },
        ["key_id"],
      ),
    ),
    network,
    secret_refs: uniqueTexts,
    joins: closed(Object.fromEntries(joins.map((name) => [name, text])), joins),
    previous_receipt_sha256: sha256,
    signature,
  }),
  $id: "urn:ces:csc.execution-receipt.v0.1+ces.1",
  title: "CSC ExecutionReceipt v0.1 with the members of CES",
};

/** A verifier's file of keys (`readTrust`). */
export const trustSchema: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Keys whose receipts a verifier of CES believes",
  ...closed({
    keys: listOf(
      closed({ key_id: text, public_key: text, valid_from: text, valid_until: text, revoked_at: text }, [
        "valid_from",
        "valid_until",
        "revoked_at",
      ]),
    ),
  }),
};

function widened(schema: JsonSchema, more: JsonSchema): JsonSchema {
  const properties = schema["properties"];
  return { ...schema, properties: { ...(typeof properties === "object" ? properties : {}), ...more } };
}
