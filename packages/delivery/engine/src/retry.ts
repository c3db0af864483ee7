// A failed or rejected delivery tries again: a new attempt from the base, with what is left of the budget and what was found as data.
import type { Actor, DeliverySnapshot } from '@ces/records'
import type { EngineContext } from './context.ts'
import { commitStep } from './journal.ts'

/** Issues the next attempt. Throws RETRIES_SPENT, TRANSITION_REFUSED, TRANSITION_NOT_YOURS. */
export function retryDelivery(ctx: EngineContext, snapshot: DeliverySnapshot, actor: Actor): DeliverySnapshot {
  return commitStep(ctx, snapshot, { name: 'retry_issued', event: 'retry', actor, patch: { candidate_tree: null, evidence_id: null, approval_id: null } })
}
