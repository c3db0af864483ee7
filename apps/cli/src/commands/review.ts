// `ces review`: the reviewers look at the frozen candidate; nothing is decided.
import { CesError } from "@ces/kernel";
import { defineCommand } from "../define-command.ts";
import { driveDelivery } from "../wire/delivery-command.ts";
import { deliveryLines } from "../wire/delivery-lines.ts";
import { isScratchDemo } from "../wire/demo-scratch.ts";
import { findDelivery } from "../wire/find-delivery.ts";
import { openForWork } from "../wire/open-for-work.ts";

export const command = defineCommand({
  summary: "have the reviewers look at the measured change",
  group: "Governance",
  args: [{ name: "manifest", summary: "contract or delivery id; the newest if left out" }],
  options: [],
  examples: [{ line: "ces review", note: "reviews the newest delivery" }],
  exits: [0, 1, 2, 3, 5, 130],
  live: true,
  async run(ctx) {
    const project = await openForWork(ctx);
    try {
      const snapshot = findDelivery(project, ctx.args["manifest"]);
      if (snapshot.state !== "under_review")
        throw new CesError(
          "TRANSITION_REFUSED",
          `\`${snapshot.delivery_id}\` is ${snapshot.state}; only a delivery under review is reviewed`,
          { remedy: "ces status" },
        );
      return await driveDelivery(ctx, project, {
        delivery_id: snapshot.delivery_id,
        demo: isScratchDemo(ctx, project),
        stop_before: new Set(["triage", "decide", "merge"]),
        consent: { as: undefined, reason: "", explicit: false, reject: false },
      });
    } finally {
      project.close();
    }
  },
  view: deliveryLines,
});
