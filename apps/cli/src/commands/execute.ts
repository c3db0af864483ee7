// `ces execute`: runs a sealed contract up to its evidence: agent, freeze, checks. Review and decision are their own commands.
import { defineCommand } from "../define-command.ts";
import { driveDelivery } from "../wire/delivery-command.ts";
import { deliveryLines } from "../wire/delivery-lines.ts";
import { isScratchDemo } from "../wire/demo-scratch.ts";
import { findDelivery } from "../wire/find-delivery.ts";
import { openForWork } from "../wire/open-for-work.ts";
import { CesError } from "@ces/kernel";

export const command = defineCommand({
  summary: "run the agent of a contract and measure the result",
  group: "Governance",
  args: [{ name: "manifest", summary: "contract or delivery id; the newest if left out" }],
  options: [
    {
      name: "runtime",
      kind: "choice",
      choices: ["auto", "codex", "claude", "replay"],
      summary: "must be the one the contract names, or auto",
      fallback: "auto",
    },
  ],
  examples: [{ line: "ces execute --runtime auto", note: "runs the newest contract" }],
  exits: [0, 1, 2, 3, 4, 5, 130],
  live: true,
  async run(ctx) {
    const project = await openForWork(ctx);
    try {
      const snapshot = findDelivery(project, ctx.args["manifest"]);
      const asked = ctx.text("runtime") ?? "auto";
      if (asked !== "auto" && asked !== snapshot.runtime) {
        throw new CesError("SCOPE_RUNTIME", `the contract was sealed for \`${snapshot.runtime}\`, not \`${asked}\``, {
          remedy: `ces manifest "…" --runtime ${asked}`,
        });
      }
      if (!["queued", "in_flight", "verifying"].includes(snapshot.state)) {
        throw new CesError(
          "TRANSITION_REFUSED",
          `\`${snapshot.delivery_id}\` is ${snapshot.state}; there is nothing to execute`,
          { remedy: "ces continue" },
        );
      }
      return await driveDelivery(ctx, project, {
        delivery_id: snapshot.delivery_id,
        demo: isScratchDemo(ctx, project),
        stop_before: new Set(["run_reviews", "triage", "decide", "merge"]),
        consent: { as: undefined, reason: "", explicit: false, reject: false },
      });
    } finally {
      project.close();
    }
  },
  view: deliveryLines,
});
