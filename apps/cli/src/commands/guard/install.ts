// `ces guard install --for HOST`: the guard before every tool of a coding agent. The change is shown before it is made.
import { dirname } from "node:path";
import { applyInstall, cesBeside, type GuardPlaces, linkOwnCes, planInstall, readSettings } from "@ces/hooks";
import { CesError } from "@ces/kernel";
import { type CommandContext, defineCommand, done } from "../../define-command.ts";
import { buildSnapshot, snapshotState } from "../../guard-hooks/build-snapshot.ts";
import {
  askedHost,
  askedScope,
  forOption,
  hookEntry,
  hookRequest,
  ownPlaces,
  scopeOptions,
} from "../../guard-hooks/hook-request.ts";
import { planData, planDetail, planLines } from "../../guard-hooks/plan-data.ts";

export const command = defineCommand({
  summary: "put the guard before every tool of a coding agent",
  group: "Execution",
  args: [],
  options: [
    forOption,
    ...scopeOptions,
    { name: "dry-run", kind: "flag", summary: "show what would change, change nothing" },
  ],
  examples: [
    { line: "ces guard install --for claude", note: "shows the change of ~/.claude/settings.json, asks, writes" },
    { line: "ces guard install --for codex --yes", note: "hook, trust and rules without asking" },
    {
      line: "ces guard install --for claude --managed --dry-run",
      note: "for the whole machine: what would be written",
    },
  ],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const [host, scope, places] = [askedHost(ctx), askedScope(ctx), ownPlaces(ctx)];
    if (!ctx.flag("dry-run") && scope !== "managed") await freshSnapshot(ctx, places);
    const request = hookRequest(ctx, host, scope);
    const plan = planInstall(request, readSettings);
    const next = `ces guard doctor --for ${request.host}`;
    if (plan.changes.length === 0) return done(planData(request, plan, true), next);
    const shown = planData(request, plan, false);
    if (ctx.flag("dry-run")) return done(shown, `ces guard install --for ${request.host}`);
    const answer = await ctx.ask({
      id: "guard-install",
      kind: "confirm",
      text: `Put the guard before every tool of ${request.host}?`,
      detail: planDetail(shown),
      choices: ["yes", "no"],
      default_answer: "yes",
    });
    if (answer.value !== "yes")
      throw new CesError("NEEDS_CONSENT", `nothing was changed for ${request.host}`, {
        remedy: `ces guard install --for ${request.host} --yes`,
      });
    applyInstall(plan, request, places);
    return done(planData(request, plan, true), next);
  },
  view: ({ data }) => planLines(data),
});

// A file of ours in our own state: not asked about. Without one, hooks start from the bundle, which is slower.
async function freshSnapshot(ctx: CommandContext, places: GuardPlaces): Promise<void> {
  const entry = hookEntry();
  const ces = cesBeside(dirname(entry));
  if (ces !== null) linkOwnCes(places, ces);
  if (snapshotState(places, entry) === "fresh") return;
  const fault = await buildSnapshot(places, entry);
  if (fault !== null)
    ctx.log.warn("no snapshot of the guard's hook could be made, so it starts more slowly", { fault });
}
