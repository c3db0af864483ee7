// `ces manifest`: the contract alone: classified, scoped, sealed; nothing runs.
import { randomBytes } from "@ces/crypto-node";
import { createDelivery, newDeliveryId } from "@ces/engine";
import { CesError } from "@ces/kernel";
import { defineCommand } from "../define-command.ts";
import { buildOptionSpecs, chooseRuntime, readBuildOptions } from "../wire/build-options.ts";
import { driveDelivery } from "../wire/delivery-command.ts";
import { deliveryLines } from "../wire/delivery-lines.ts";
import { openOrStartForWork } from "../wire/open-for-work.ts";

export const command = defineCommand({
  summary: "write and seal the contract of a change; run nothing",
  group: "Governance",
  args: [{ name: "request", summary: "what you want to change", required: true }],
  options: buildOptionSpecs,
  examples: [{ line: 'ces manifest "Fix a typo in a UI string" --yes', note: "prints the id for `ces execute`" }],
  exits: [0, 1, 2, 3, 5],
  async run(ctx) {
    const request = ctx.args["request"];
    if (request === undefined)
      throw new CesError("BRIEF_NO_REQUEST", "there is no request", {
        remedy: 'ces manifest "what you want to change"',
      });
    // Before anything is made: a slip on the command line leaves no repository and no delivery behind.
    const options = readBuildOptions(ctx, request, "manifest");
    const project = await openOrStartForWork(ctx);
    try {
      const runtime = await chooseRuntime(ctx, project, request);
      const delivery_id = newDeliveryId({ random: randomBytes });
      return await driveDelivery(ctx, project, {
        delivery_id,
        stop_before: new Set(["start_run"]),
        consent: { as: undefined, reason: "", explicit: false, reject: false },
        prepare: (engine) =>
          void createDelivery(engine, { delivery_id, options, runtime, max_retries: ctx.whole("max-retries") ?? 3 }),
      });
    } finally {
      project.close();
    }
  },
  view: deliveryLines,
});
