// One ledger entry for each run that ended, whatever its purpose: how it ended, what it cost, and where its decisions stand (DESIGN §4).
import type { LedgerDraft, RunRecord } from "@ces/records";
import { entry } from "./journal.ts";

/** The entry of a run. */
export const runEntry = (record: RunRecord): LedgerDraft =>
  entry("run", record.order.delivery_id, `${record.order.purpose} ${record.outcome}`, {
    decision: record.outcome,
    rationale: record.reason?.text ?? null,
    refs: [record.order.run_id],
    data: {
      decisions: record.decisions.count,
      decisions_head: record.decisions.head,
      asked: record.tool_gate.asked,
      denied: record.tool_gate.denied,
      charged_tokens: record.usage.charged_tokens,
      requests: record.usage.requests,
    },
  });
