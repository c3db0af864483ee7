// `ces status`: where things stand. `--expert` adds every open delivery and what happened lately.
import { activeHalts, deliveryReport } from "@ces/engine";
import { isCesError } from "@ces/kernel";
import { LedgerEntry } from "@ces/records";
import { basename } from "node:path";
import { defineCommand, type CommandContext } from "../define-command.ts";
import { plainData } from "../story/plain-data.ts";
import { statusLines } from "../story/status-lines.ts";
import type { Project } from "../wire/open-project.ts";
import { withProject } from "../with-project.ts";

const DAY = 86_400_000;
const ended = new Set(["merged", "deployed", "rejected", "failed", "cancelled"]);

export const command = defineCommand({
  summary: "where things stand",
  group: "Start here",
  args: [],
  options: [
    { name: "expert", kind: "flag", summary: "also every open delivery and the last day's events" },
    { name: "watch", short: "w", kind: "flag", summary: "again and again, until Ctrl-C" },
    { name: "interval", kind: "whole", least: 1, value: "SECONDS", summary: "between two looks", fallback: "2" },
  ],
  examples: [
    { line: "ces status", note: "the newest delivery and what to type now" },
    { line: "ces status --watch --interval 5", note: "follows a build that another terminal drives" },
  ],
  exits: [0, 2, 4, 5, 130],
  repeat: (ctx) => (ctx.flag("watch") ? (ctx.whole("interval") ?? 2) * 1_000 : null),
  run: async (ctx) => {
    const expert = ctx.flag("expert");
    const data = { expert, ...(await readStatus(ctx)) };
    const next =
      data.halts.length > 0
        ? "ces emergency status"
        : (data.builder_run?.next ?? 'ces build "what you want to change"');
    return { exit: 0 as const, data, blockers: [], next };
  },
  view: ({ data }) => statusLines(data),
});

async function readStatus(ctx: CommandContext) {
  try {
    return await withProject(ctx, look);
  } catch (error) {
    if (!isCesError(error, "NO_PROJECT")) throw error;
    return {
      project_id: null,
      project_name: basename(ctx.cwd),
      halts: [],
      active_manifests: [],
      pending_reviews: [],
      recent_events: [],
      builder_run: null,
    };
  }
}

function look(project: Project) {
  const { store, project_id, repository } = project;
  const deliveries = store.deliveries(200);
  const [newest] = deliveries;
  const open = deliveries.filter(({ state }) => !ended.has(state));
  const report = newest && deliveryReport(store, newest.delivery_id);
  return {
    project_id,
    project_name: basename(repository.root),
    halts: activeHalts(store).map(({ halt_id, reason, declared_at }) => ({ halt_id, reason, declared_at })),
    active_manifests: open.map(({ delivery_id, manifest_id, request, state }) => ({
      delivery_id,
      manifest_id,
      description: request,
      risk_tier: deliveryReport(store, delivery_id)?.tier ?? null,
      workflow_state: state,
    })),
    pending_reviews: open
      .filter(({ state }) => state === "under_review")
      .map(({ delivery_id, evidence_id }) => ({ delivery_id, evidence_id })),
    recent_events: recentEvents(project),
    builder_run: report ? plainData(report) : null,
  };
}

function recentEvents({ store }: Project) {
  const entries = store.entries({ after: new Date(Date.now() - DAY).toISOString(), limit: 10, newest_first: true });
  return entries
    .map(({ bytes }) => LedgerEntry.parse(JSON.parse(bytes)))
    .map(({ recorded_at, event_type, actor, summary }) => ({
      timestamp: recorded_at,
      event_type,
      actor: actor.id,
      summary,
    }));
}
