// `ces approve`: a person's decision on exactly what was measured, then the merge.
import { type EngineContext, rejectApproved } from "@ces/engine";
import { CesError } from "@ces/kernel";
import { defineCommand } from "../define-command.ts";
import { driveDelivery } from "../wire/delivery-command.ts";
import { deliveryLines } from "../wire/delivery-lines.ts";
import { isScratchDemo } from "../wire/demo-scratch.ts";
import { findDelivery } from "../wire/find-delivery.ts";
import { openForWork } from "../wire/open-for-work.ts";

export const command = defineCommand({
  summary: "approve (or reject) the measured change and merge it",
  group: "Governance",
  args: [{ name: "evidence", summary: "evidence, contract or delivery id; the newest if left out" }],
  options: [
    { name: "reason", short: "r", kind: "text", value: "TEXT", summary: "recorded with the decision" },
    { name: "as", kind: "text", value: "NAME", summary: "decide with an enrolled key" },
    { name: "reject", kind: "flag", summary: "reject instead" },
  ],
  examples: [
    { line: 'ces approve -r "reviewed the diff"', note: "at a terminal; asks for a code where a human is needed" },
    { line: "ces approve --as alice --yes", note: "with an enrolled key" },
  ],
  exits: [0, 1, 2, 3, 4, 5, 7],
  async run(ctx) {
    const project = await openForWork(ctx);
    try {
      const snapshot = findDelivery(project, ctx.args["evidence"]);
      if (snapshot.state !== "under_review" && snapshot.state !== "approved") {
        throw new CesError(
          "TRANSITION_REFUSED",
          `\`${snapshot.delivery_id}\` is ${snapshot.state}; there is nothing to approve`,
          { remedy: "ces status" },
        );
      }
      return await driveDelivery(ctx, project, {
        delivery_id: snapshot.delivery_id,
        demo: isScratchDemo(ctx, project),
        consent: {
          as: ctx.text("as"),
          reason: ctx.text("reason") ?? "",
          explicit: true,
          evidence_id: snapshot.evidence_id,
          reject: ctx.flag("reject"),
        },
        ...(ctx.flag("reject")
          ? {
              stop_before: new Set(["merge"] as const),
              prepare: (engine) => rejectIfApproved(engine, snapshot.delivery_id),
            }
          : {}),
      });
    } finally {
      project.close();
    }
  },
  view: deliveryLines,
});

/** SECURITY: an approved delivery has nothing pending but its merge; a rejection must never be what merges it. */
async function rejectIfApproved(engine: EngineContext, delivery_id: string): Promise<void> {
  const now = engine.store.snapshot(delivery_id);
  if (now?.state === "approved") await rejectApproved(engine, now);
}
