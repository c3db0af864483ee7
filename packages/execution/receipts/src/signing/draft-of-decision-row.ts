// The tool gate's decision row as a draft: the row stays where it is and says everything; the receipt says what may be shown and binds
// the row by a salted digest. Source: DESIGN §4, §5; spec/acta.md §7.1.

import { redactText } from "@ces/kernel";
import type { ToolVerdict } from "@ces/records";
import { DECISION_TYPE, type DecisionDraft } from "../written/decision.ts";
import type { GoverningTexts } from "../written/governing-texts.ts";
import type { SandboxMembers } from "../written/sandbox-truth.ts";

/** What the row does not say: which rules, which walls, and the digest that binds the row. */
export type RowGround = {
  readonly policy_id: string;
  readonly policy_engine: string;
  readonly sandbox: SandboxMembers;
  readonly texts?: GoverningTexts;
  /** Salted digest of the row as it is stored; see `saltedDigest`. */
  readonly row_digest: string;
};

/** The draft of a decision row. The command of the row is in no member of it. */
export function draftOfDecisionRow(row: ToolVerdict, ground: RowGround): DecisionDraft {
  const { row_digest, sandbox, policy_id, policy_engine, texts = {} } = ground;
  return {
    type: DECISION_TYPE,
    tool_name: `${row.call.kind}:${machineWord(row.call.tool)}`,
    decision: row.decision,
    // The first of several refusals decided; of several grants, the last and narrowest. What a later answer refused, its reason says: the last.
    reason: row.reasons.at(row.verdict === "deny" ? 0 : -1)?.code ?? "UNSTATED",
    agent_id: machineWord(row.call.agent_id ?? "agent"),
    observed_by: row.observed_by,
    policy_id,
    policy_engine,
    policy_digest: `sha256:${row.policy_hash}`,
    session_id: row.run_id,
    row_digest,
    ...texts,
    ...sandbox,
  };
}

// SECURITY: names of tools and agents are the client's words; a receipt holds short printable ones only, and no secret that shows itself as one.
function machineWord(name: string): string {
  const short = redactText(name.slice(0, MOST_READ));
  return short.replaceAll(/[^A-Za-z0-9._:@/+-]/g, "_").slice(0, 128) || "_";
}

// More than is shown, so that a secret is not cut before it is seen.
const MOST_READ = 4096;
