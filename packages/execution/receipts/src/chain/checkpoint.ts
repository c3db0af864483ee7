// Statements from outside about how long a chain was. Source: spec/acta.md §1.5, §7.4, §7.10.

import type { Json } from "@ces/kernel";
import { closed, digest, open, type ObjectForm, text, whole } from "../schema/form.ts";
import { isObject, violations } from "../schema/violations.ts";
import { type Instant, readInstant } from "../time/instant.ts";
import type { Finding } from "../verify/cause.ts";
import type { VerifyOptions } from "../verify/verify-options.ts";
import { judgeReceipt } from "../verify/verify-receipt.ts";
import { CHECKPOINT_TYPE } from "../written/checkpoint.ts";

/** So many receipts, the last of them with this hash; `logged_at` is a third party's time, when there is one. */
export type Commitment = {
  readonly count: number;
  readonly terminal_hash: string;
  readonly logged_at: Instant | null;
};

/** A commitment that may be believed, or why not. */
export type CommitmentRead =
  | { readonly kind: "commitment"; readonly commitment: Commitment }
  | { readonly kind: "refused"; readonly causes: readonly Finding[] };

/** Types whose payload is a statement about a chain. A decision that happens to count something is none. */
const TYPES = [CHECKPOINT_TYPE, "x-chain-checkpoint", "x-agent-governance-testvectors:chain-commitment"];

const statement: ObjectForm = open({ type: text(128), count: whole(0), terminal_hash: digest });

const logEntry: ObjectForm = closed({
  logged_at: { kind: "instant" },
  commitment: open({ type: text(128), count: whole(0), terminal_hash: digest }),
});

/** A signed checkpoint, verified with the reader's own keys. Findings speak of `/checkpoint`. */
export function readCheckpoint(value: Json, options: VerifyOptions): CommitmentRead {
  const { crypto, anchors, revocation } = options;
  const { report, located } = judgeReceipt(value, { crypto, anchors, ...(revocation ? { revocation } : {}) });
  if (report.outcome !== "valid") return { kind: "refused", causes: report.causes.map(below) };
  return readStatement(located?.payload ?? null, null);
}

/** A third party's log entry `{logged_at, commitment}`: the log vouches for the time, the reader for the log. */
export function readLogEntry(value: Json): CommitmentRead {
  const [odd] = violations(logEntry, value, "/log");
  if (odd !== undefined || !isObject(value)) return refused(`the log entry ${odd?.text ?? "is not an object"}`);
  const at = readInstant(value["logged_at"]);
  return at === undefined ? refused("the log entry has no time") : readStatement(value["commitment"] ?? null, at);
}

function readStatement(payload: Json, logged_at: Instant | null): CommitmentRead {
  const [odd] = violations(statement, payload);
  if (odd !== undefined || !isObject(payload))
    return refused(`${odd?.path ?? ""} ${odd?.text ?? "is no object"}`.trim());
  const { type, count, terminal_hash } = payload;
  if (typeof type !== "string" || !TYPES.includes(type)) return refused("the type is no checkpoint's");
  if (typeof count !== "number" || typeof terminal_hash !== "string") return refused("count or hash is missing");
  return { kind: "commitment", commitment: { count, terminal_hash, logged_at } };
}

function below(finding: Finding): Finding {
  return { ...finding, path: `/checkpoint${finding.path}`, text: `the checkpoint: ${finding.text}` };
}

function refused(why: string): CommitmentRead {
  return { kind: "refused", causes: [{ code: "schema_invalid", path: "/checkpoint", text: why }] };
}
