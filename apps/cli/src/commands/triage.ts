// `ces triage`: evidence and reviews become a colour and the gate that is needed.
import { CesError } from "@ces/kernel";
import { defineCommand } from "../define-command.ts";
import { driveDelivery } from "../wire/delivery-command.ts";
import { deliveryLines } from "../wire/delivery-lines.ts";
import { isScratchDemo } from "../wire/demo-scratch.ts";
import { findDelivery } from "../wire/find-delivery.ts";
import { openForWork } from "../wire/open-for-work.ts";
import { reportOnly } from "../wire/report-only.ts";

export const command = defineCommand({
  summary: "say how risky the measured change is and who has to decide",
  group: "Governance",
  args: [{ name: "evidence", summary: "evidence, contract or delivery id; the newest if left out" }],
  options: [],
  examples: [{ line: "ces triage", note: "triages the newest delivery" }],
  exits: [0, 1, 2, 3],
  async run(ctx) {
    const project = await openForWork(ctx);
    try {
      const snapshot = findDelivery(project, ctx.args["evidence"]);
      if (snapshot.evidence_id === null)
        throw new CesError("TRANSITION_REFUSED", `\`${snapshot.delivery_id}\` has no evidence yet`, {
          remedy: "ces execute",
        });
      if (snapshot.state !== "under_review" || snapshot.review_state === "decision")
        return reportOnly(project, snapshot.delivery_id, "ces explain --view decisioning");
      return await driveDelivery(ctx, project, {
        delivery_id: snapshot.delivery_id,
        demo: isScratchDemo(ctx, project),
        stop_before: new Set(["decide", "merge"]),
        consent: { as: undefined, reason: "", explicit: false, reject: false },
      });
    } finally {
      project.close();
    }
  },
  view: deliveryLines,
});
