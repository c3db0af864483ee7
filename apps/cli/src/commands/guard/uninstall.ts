// `ces guard uninstall --for HOST`: the host's configuration as it was before, byte for byte. A person's decision.
import { applyUninstall, planUninstall, readSettings, remembered } from "@ces/hooks";
import { CesError } from "@ces/kernel";
import { defineCommand, done } from "../../define-command.ts";
import {
  askedHost,
  askedScope,
  forOption,
  hookRequest,
  ownPlaces,
  scopeOptions,
} from "../../guard-hooks/hook-request.ts";
import { planData, planDetail, planLines } from "../../guard-hooks/plan-data.ts";

export const command = defineCommand({
  summary: "take the guard out of a coding agent's configuration",
  group: "Execution",
  args: [],
  options: [forOption, ...scopeOptions],
  examples: [{ line: "ces guard uninstall --for claude", note: "what was there before comes back byte for byte" }],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    // SECURITY: an agent must not lift the guard; that its shell has no terminal is not asked, it says so itself.
    if (ctx.terminal.agent_marker)
      throw new CesError(
        "GUARD_PERSON",
        "an agent opened this shell, and taking the guard out is a person's decision",
        {
          remedy: "run it in a terminal of your own",
        },
      );
    const request = hookRequest(ctx, askedHost(ctx), askedScope(ctx));
    const places = ownPlaces(ctx);
    const plan = planUninstall(request, readSettings, remembered(places, request));
    if (plan.changes.length === 0) return done(planData(request, plan, true), null);
    const answer = await ctx.ask({
      id: "guard-uninstall",
      kind: "confirm",
      text: `Take the guard out of ${request.host}? Its agent can then run anything.`,
      detail: planDetail(planData(request, plan, false)),
      choices: ["yes", "no"],
      default_answer: "yes",
    });
    if (answer.value !== "yes")
      throw new CesError("NEEDS_CONSENT", `the guard stays in ${request.host}`, {
        remedy: `ces guard uninstall --for ${request.host} --yes`,
      });
    applyUninstall(plan, request, places);
    return done(planData(request, plan, true), null);
  },
  view: ({ data }) => planLines(data),
});
