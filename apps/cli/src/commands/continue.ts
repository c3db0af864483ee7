// `ces continue`: goes on where the newest delivery stands; finishes what is journalled, tries a failed one again.
import { retryDelivery } from "@ces/engine";
import type { Actor, DeliverySnapshot } from "@ces/records";
import { type CommandContext, defineCommand } from "../define-command.ts";
import { type DeliveryData, driveDelivery } from "../wire/delivery-command.ts";
import { deliveryLines } from "../wire/delivery-lines.ts";
import { isScratchDemo } from "../wire/demo-scratch.ts";
import { findDelivery } from "../wire/find-delivery.ts";
import { openForWork } from "../wire/open-for-work.ts";
import type { Project } from "../wire/open-project.ts";
import { reportOnly } from "../wire/report-only.ts";

export const command = defineCommand<DeliveryData>({
  summary: "go on with the newest delivery where it stands",
  group: "Start here",
  args: [{ name: "delivery", summary: "a delivery, contract or evidence id; the newest if left out" }],
  options: [
    { name: "as", kind: "text", value: "NAME", summary: "consent with an enrolled key" },
    { name: "reason", short: "r", kind: "text", value: "TEXT", summary: "recorded with the decision" },
  ],
  examples: [{ line: "ces continue --yes", note: "finishes an interrupted delivery, or tries a failed one again" }],
  exits: [0, 1, 2, 3, 4, 5, 7, 130],
  live: true,
  async run(ctx) {
    const project = await openForWork(ctx);
    try {
      const snapshot = findDelivery(project, ctx.args["delivery"]);
      if (isOver(project, snapshot)) return reportOnly(project, snapshot.delivery_id, 'ces build "…"');
      return await driveDelivery(ctx, project, {
        delivery_id: snapshot.delivery_id,
        demo: isScratchDemo(ctx, project),
        consent: { as: ctx.text("as"), reason: ctx.text("reason") ?? "", explicit: false, reject: false },
        prepare: async (engine) => {
          const now = project.store.snapshot(snapshot.delivery_id) ?? snapshot;
          if (now.state === "failed" || now.state === "rejected")
            await retryDelivery(engine, now, whoAsks(ctx, project));
        },
      });
    } finally {
      project.close();
    }
  },
  view: deliveryLines,
});

/** Trying again proves nothing about anybody: a person at a terminal, else whatever runs the command. */
const whoAsks = ({ terminal }: CommandContext, { user }: Project): Actor => ({
  id: user,
  kind: terminal.stdin && !terminal.agent_marker ? "human" : "agent",
  proof: "none",
});

/** Nothing is left to do: merged with its checkout, deployed or cancelled. */
function isOver(project: Project, { state, delivery_id }: DeliverySnapshot): boolean {
  const done = state === "merged" || state === "deployed" || state === "cancelled";
  return done && project.store.pendingEffects(delivery_id).length === 0;
}
