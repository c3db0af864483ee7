// The end of boxes whose driver died, for whoever drives on: recovery has killed them, and each has its one execution receipt like every other.
// The implementer's is not among them: it is signed with the record of its attempt. Source: spec/acta.md §7.7.
import { type DeliverySnapshot, ReceiptRow, type RunStarted } from "@ces/records";
import { EXECUTION_TYPE } from "@ces/receipts";
import { journalledRun } from "../box/journalled-run.ts";
import type { EngineContext } from "../context.ts";
import { commitRows } from "../journal.ts";
import { recallStarted } from "../recall.ts";
import { boxExecution, unwatched } from "./box-receipts.ts";

/** Signs them. Only with the delivery's lease in hand and before anything is started under it. */
export function accountForDead(ctx: EngineContext, snapshot: DeliverySnapshot): void {
  const { delivery_id } = snapshot;
  const others = recallStarted(ctx.store, delivery_id).filter(({ order }) => order.purpose !== "implement");
  if (others.length === 0) return;
  const signed = ctx.store.records("receipt", { delivery_id }).map(({ body }) => ReceiptRow.parse(body));
  const ended = new Set(
    signed.map(({ receipt: { payload } }) => (payload["type"] === EXECUTION_TYPE ? payload["session_id"] : null)),
  );
  // A box from before there were receipts has none.
  const begun = new Set(signed.map(({ about }) => (about?.kind === "run_started" ? about.id : null)));
  const dead = others.filter(({ order: { run_id } }) => begun.has(run_id) && !ended.has(run_id));
  if (dead.length === 0) return;
  commitRows(ctx, snapshot, { rows: [], receipts: dead.flatMap((one) => deadExecution(ctx, one)) });
}

const deadExecution = (ctx: EngineContext, dead: RunStarted) =>
  boxExecution(
    ctx,
    {
      order: dead.order,
      contract: dead.command_contract,
      sandbox: unwatched,
      result: "failed",
      exit_code: null,
      duration_ms: journalledRun(ctx, dead).duration_ms,
      output_sha256: null,
    },
    null,
  );
