// What earlier attempts of a delivery used up, from the journal alone: a killed run costs what it had reserved (S08).
import type { Store } from "@ces/ports";
import { type Budgets, MeterEntry, type RunOutcome, RunRecord } from "@ces/records";

/** The budgets that are left for the next run. Wall time counts what ended runs took. */
export function remainingBudgets(store: Store, delivery_id: string, budgets: Budgets): Budgets {
  const charged = chargedMeter(store, delivery_id);
  const wall_ms = store
    .records("run", { delivery_id })
    .map((row) => RunRecord.parse(row.body))
    .filter((run) => run.order.purpose === "implement")
    .reduce((sum, run) => sum + run.duration_ms, 0);
  const left = (limit: number, used: number): number => Math.max(0, limit - used);
  return {
    ...budgets,
    tokens: left(budgets.tokens, charged.tokens),
    requests: left(budgets.requests, charged.requests),
    cost_microusd: budgets.cost_microusd === null ? null : left(budgets.cost_microusd, charged.cost_microusd),
    wall_seconds: left(budgets.wall_seconds, Math.floor(wall_ms / 1000)),
  };
}

/** Sum over requests: the settlement where there is one, else the reservation. */
export function chargedMeter(
  store: Store,
  delivery_id: string,
): { readonly tokens: number; readonly requests: number; readonly cost_microusd: number } {
  const all = settledMeter(store.records("meter", { delivery_id }).map((row) => MeterEntry.parse(row.body)));
  return {
    tokens: all.reduce((sum, meter) => sum + meter.tokens, 0),
    requests: all.length,
    cost_microusd: all.reduce((sum, meter) => sum + (meter.cost_microusd ?? 0), 0),
  };
}

/** One entry for each request: its settlement where there is one, else its reservation. */
export function settledMeter(meters: readonly MeterEntry[]): readonly MeterEntry[] {
  const last = new Map<string, MeterEntry>();
  for (const meter of meters) last.set(meter.meter_id.replace(/\/(reserve|settle)$/, ""), meter);
  return [...last.values()];
}

const options = { tokens: "--token-budget", requests: "--request-budget", wall_seconds: "--time-budget" } as const;

/** The option that gives the budget which ended a run, at twice its size; null when the run did not end by a budget that has one. */
export function largerBudget(outcome: RunOutcome | undefined, budgets: Budgets, left: Budgets): string | null {
  if (outcome === "timed_out") return `${options.wall_seconds} ${2 * budgets.wall_seconds}`;
  if (outcome !== "budget_spent") return null;
  const share = (name: "tokens" | "requests"): number => left[name] / budgets[name];
  const money =
    budgets.cost_microusd === null || left.cost_microusd === null ? 1 : left.cost_microusd / budgets.cost_microusd;
  if (money < Math.min(share("tokens"), share("requests")))
    return `--cost-budget ${(2 * (budgets.cost_microusd ?? 0)) / 1_000_000}`;
  const name = share("requests") < share("tokens") ? "requests" : "tokens";
  return `${options[name]} ${2 * budgets[name]}`;
}
