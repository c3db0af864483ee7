// The receipt of one answer of the tool gate. The decision row says everything and stays in the records; the receipt binds it by a salted
// digest and shows what a stranger may see. Source: spec/acta.md §7.1; DESIGN §4.
import { CesError, decodeHex, encodeHex, type Json } from "@ces/kernel";
import { draftOfDecisionRow, type GoverningTexts, type SandboxMembers } from "@ces/receipts";
import { ToolVerdict } from "@ces/records";
import type { EngineContext } from "../context.ts";
import type { PendingReceipt } from "./pending-receipt.ts";

/** What stands around every answer of one run. */
export interface GateGround {
  readonly sandbox: SandboxMembers;
  readonly texts: GoverningTexts;
  /** `D-…:attempt`. */
  readonly iteration_id: string;
}

const SALT_BYTES = 16;

/** The receipt of a decision row that is stored in the same commit. SECURITY: over the body as it is stored, not as the client sent it. */
export function gateDecision(
  { random, crypto }: Pick<EngineContext, "random" | "crypto">,
  { id, body }: { readonly id: string; readonly body: Json },
  { sandbox, texts, iteration_id }: GateGround,
): PendingReceipt {
  const salt = encodeHex(random(SALT_BYTES));
  const draft = draftOfDecisionRow(ToolVerdict.parse(body), {
    policy_id: "ces.policy",
    policy_engine: "ces.tool-gate",
    sandbox,
    texts,
    salt: decodeHex(salt) ?? new Uint8Array(),
    crypto,
  });
  if (draft === undefined)
    throw new CesError("RECEIPT_REFUSED", "a decision has no usable salt", { remedy: "report this: nothing was run" });
  return { draft: { ...draft, iteration_id }, about: { kind: "decision", id, salt } };
}
