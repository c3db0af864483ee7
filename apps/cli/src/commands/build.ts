// `ces build`: a request becomes a checked, reviewed, merged change, or a reason why not.
import { createDelivery, newDeliveryId } from "@ces/engine";
import { CesError } from "@ces/kernel";
import { randomBytes } from "@ces/crypto-node";
import { defineCommand } from "../define-command.ts";
import { buildOptionSpecs, chooseRuntime, readBuildOptions } from "../wire/build-options.ts";
import { driveDelivery } from "../wire/delivery-command.ts";
import { deliveryLines } from "../wire/delivery-lines.ts";
import { isScratchDemo } from "../wire/demo-scratch.ts";
import { openOrStartForWork } from "../wire/open-for-work.ts";

export const command = defineCommand({
  summary: "describe a change; get it built, checked, reviewed and merged",
  group: "Start here",
  args: [{ name: "request", summary: "what you want to change, in your words" }],
  options: [
    ...buildOptionSpecs,
    { name: "as", kind: "text", value: "NAME", summary: "consent with an enrolled key" },
    { name: "reason", short: "r", kind: "text", value: "TEXT", summary: "recorded with the decision" },
  ],
  examples: [
    { line: 'ces build "Add input validation to the user registration endpoint" --yes', note: "takes every default" },
    {
      line: 'ces build "Fix the off-by-one in pagination" --scope "src/**" --check "npm run lint"',
      note: "says what may be written and what must pass",
    },
  ],
  exits: [0, 1, 2, 3, 4, 5, 7, 130],
  live: true,
  async run(ctx) {
    const request = ctx.args["request"] ?? (await askRequest(ctx));
    // Before anything is made: a slip on the command line leaves no repository and no delivery behind.
    const options = readBuildOptions(ctx, request, "build");
    const project = await openOrStartForWork(ctx);
    try {
      const runtime = await chooseRuntime(ctx, project, request);
      const delivery_id = newDeliveryId({ random: randomBytes });
      return await driveDelivery(ctx, project, {
        delivery_id,
        demo: isScratchDemo(ctx, project),
        consent: { as: ctx.text("as"), reason: ctx.text("reason") ?? "", explicit: false, reject: false },
        prepare: (engine) =>
          void createDelivery(engine, { delivery_id, options, runtime, max_retries: ctx.whole("max-retries") ?? 3 }),
      });
    } finally {
      project.close();
    }
  },
  view: deliveryLines,
});

async function askRequest(ctx: Parameters<typeof command.perform>[0]): Promise<string> {
  const answer = await ctx.ask({
    id: "request",
    kind: "text",
    text: "What do you want to change?",
    detail: "One sentence is enough.",
    choices: [],
    default_answer: null,
  });
  if (answer.value !== null && answer.value.trim() !== "") return answer.value;
  throw new CesError("BRIEF_NO_REQUEST", "there is no request", { remedy: 'ces build "what you want to change"' });
}
