// The receipt of one answer of the tool gate. The decision row says everything and stays in the records; the receipt binds it by a salted
// digest and shows what a stranger may see. Source: spec/acta.md §7.1; DESIGN §4.
import type { Json } from "@ces/kernel";
import { draftOfDecisionRow, type GoverningTexts, type SandboxMembers } from "@ces/receipts";
import { ToolVerdict } from "@ces/records";
import type { EngineContext } from "../context.ts";
import { type PendingReceipt, subjectOf } from "./pending-receipt.ts";

/** What stands around every answer of one run. */
export interface GateGround {
  readonly sandbox: SandboxMembers;
  readonly texts: GoverningTexts;
  /** `D-…:attempt`. */
  readonly iteration_id: string;
}

/** The receipt of a decision row that is stored in the same commit. SECURITY: over the body as it is stored, not as the client sent it. */
export function gateDecision(
  ctx: Pick<EngineContext, "random" | "crypto">,
  row: { readonly id: string; readonly body: Json },
  { sandbox, texts, iteration_id }: GateGround,
): PendingReceipt {
  const verdict = ToolVerdict.parse(row.body);
  const { about, digest } = subjectOf(ctx, "decision", { id: row.id, body: verdict });
  const policy = { policy_id: "ces.policy", policy_engine: "ces.tool-gate" };
  return {
    draft: { ...draftOfDecisionRow(verdict, { ...policy, sandbox, texts, row_digest: digest }), iteration_id },
    about,
  };
}
