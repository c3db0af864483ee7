// What a dead driver may have left: boxes that still live. They are found by their recorded handles and ended (S18, S33).
import type { Store } from '@ces/ports'
import { RunStarted } from '@ces/records'
import { isAlive, killRecordedBox } from '@ces/sandbox'
import { removeTree } from '@ces/workspace'

/** Kills every recorded box of a delivery (all deliveries: null) that still lives; returns how many there were. Never kills a re-used pid. */
export async function stopRecordedBoxes(store: Store, delivery_id: string | null): Promise<number> {
  const rows = delivery_id === null ? store.records('run_started') : store.records('run_started', { delivery_id })
  const alive = rows.map((row) => RunStarted.parse(row.body)).filter(({ handle }) => isAlive(handle))
  await Promise.all(alive.map(({ handle }) => killRecordedBox(handle)))
  return alive.length
}

/** Before a driver goes on: no box of the delivery lives, and check and review boxes of a dead driver leave no files. */
export async function recoverDelivery(store: Store, delivery_id: string): Promise<number> {
  const stopped = await stopRecordedBoxes(store, delivery_id)
  for (const row of store.records('run_started', { delivery_id })) {
    const started = RunStarted.parse(row.body)
    // The implementer's tree may still be wanted by a journalled freeze.
    if (started.order.purpose !== 'implement') removeTree(started.box_dir)
  }
  return stopped
}
