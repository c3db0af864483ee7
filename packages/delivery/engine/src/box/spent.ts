// What earlier attempts of a delivery used up, from the journal alone: a killed run costs what it had reserved (S08).
import type { Store } from '@ces/ports'
import { type Budgets, MeterEntry, RunRecord } from '@ces/records'

/** The budgets that are left for the next run. Wall time counts what ended runs took. */
export function remainingBudgets(store: Store, delivery_id: string, budgets: Budgets): Budgets {
  const charged = chargedMeter(store, delivery_id)
  const wall_ms = store
    .records('run', { delivery_id })
    .map((row) => RunRecord.parse(row.body))
    .filter((run) => run.order.purpose === 'implement')
    .reduce((sum, run) => sum + run.duration_ms, 0)
  const left = (limit: number, used: number): number => Math.max(0, limit - used)
  return {
    ...budgets,
    tokens: left(budgets.tokens, charged.tokens),
    requests: left(budgets.requests, charged.requests),
    cost_microusd: budgets.cost_microusd === null ? null : left(budgets.cost_microusd, charged.cost_microusd),
    wall_seconds: left(budgets.wall_seconds, Math.floor(wall_ms / 1000)),
  }
}

/** Sum over requests: the settlement where there is one, else the reservation. */
export function chargedMeter(store: Store, delivery_id: string): { readonly tokens: number; readonly requests: number; readonly cost_microusd: number } {
  const last = new Map<string, MeterEntry>()
  for (const row of store.records('meter', { delivery_id })) {
    const meter = MeterEntry.parse(row.body)
    last.set(meter.meter_id.replace(/\/(reserve|settle)$/, ''), meter)
  }
  const all = [...last.values()]
  return {
    tokens: all.reduce((sum, meter) => sum + meter.tokens, 0),
    requests: all.length,
    cost_microusd: all.reduce((sum, meter) => sum + (meter.cost_microusd ?? 0), 0),
  }
}
