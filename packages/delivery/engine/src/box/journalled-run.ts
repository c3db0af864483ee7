// What the journal knows of a run whose driver died: its decisions, what its requests cost, and when it was last heard of.
import { hashJson } from "@ces/kernel";
import { MeterEntry, type RunRecord, type RunStarted, ToolVerdict, type Usage } from "@ces/records";
import type { EngineContext } from "../context.ts";
import { plainJson } from "../plain-json.ts";
import { settledMeter } from "./spent.ts";

/** The journalled part of a run record. */
export type JournalledRun = Pick<RunRecord, "tool_gate" | "decisions" | "usage" | "ended_at" | "duration_ms">;

/**
 * Everything of one run that was committed. It ended when it was last heard of: the time until somebody continued is not the
 * run's, and would eat the wall budget of the next attempt.
 */
export function journalledRun(ctx: EngineContext, { order, started_at }: RunStarted): JournalledRun {
  const verdicts = rowsOf(ctx, order, "decision").map((body) => ToolVerdict.parse(body));
  const meters = rowsOf(ctx, order, "meter").map((body) => MeterEntry.parse(body));
  const last = verdicts.at(-1);
  const allowed = verdicts.filter(({ decision }) => decision === "allow").length;
  const ended_at = [started_at, ...verdicts.map(({ at }) => at), ...meters.map(({ at }) => at)].reduce((a, b) =>
    Date.parse(a) > Date.parse(b) ? a : b,
  );
  return {
    tool_gate: { asked: verdicts.length, allowed, denied: verdicts.length - allowed },
    decisions: {
      count: verdicts.length,
      head: last === undefined ? null : hashJson(ctx.crypto, "ces.decision/v1", plainJson(last)),
    },
    usage: usageOf(meters, verdicts),
    ended_at,
    duration_ms: Math.max(0, Date.parse(ended_at) - Date.parse(started_at)),
  };
}

const rowsOf = (
  ctx: EngineContext,
  { delivery_id, run_id }: RunStarted["order"],
  kind: "decision" | "meter",
): readonly unknown[] =>
  ctx.store
    .records(kind, { delivery_id })
    .filter((row) => row.id.startsWith(`${run_id}/`))
    .map((row) => row.body);

function usageOf(meters: readonly MeterEntry[], verdicts: readonly ToolVerdict[]): Usage {
  const last = settledMeter(meters);
  const sum = (pick: (meter: MeterEntry) => number): number => last.reduce((total, meter) => total + pick(meter), 0);
  return {
    requests: last.length,
    input_tokens: sum((meter) => meter.input_tokens),
    cache_read_tokens: sum((meter) => meter.cache_read_tokens),
    cache_write_tokens: sum((meter) => meter.cache_write_tokens),
    output_tokens: sum((meter) => meter.output_tokens),
    reasoning_tokens: sum((meter) => meter.reasoning_tokens),
    cost_microusd: last.some((meter) => meter.cost_microusd === null) ? null : sum((meter) => meter.cost_microusd ?? 0),
    charged_tokens: sum((meter) => meter.tokens),
    agents: verdicts.filter(({ call, decision }) => call.kind === "agent" && decision === "allow").length,
  };
}
