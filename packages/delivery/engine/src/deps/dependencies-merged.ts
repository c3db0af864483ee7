// Whether what a delivery was stopped for is in the branch by now.
import type { Store } from "@ces/ports";
import { type DeliverySnapshot, DependencyWish } from "@ces/records";

/** True for a delivery that ended as DEPENDENCY_CHANGE and whose dependencies were merged since its contract was sealed. */
export function dependenciesMerged(
  store: Store,
  { delivery_id, blockers, updated_at }: Pick<DeliverySnapshot, "delivery_id" | "blockers" | "updated_at">,
): boolean {
  if (!blockers.some(({ code }) => code === "DEPENDENCY_CHANGE")) return false;
  return store.records("dependency_wish").some(({ id, body }) => {
    if (DependencyWish.parse(body).asked_by?.delivery_id !== delivery_id) return false;
    const change = store.snapshot(id);
    return change?.state === "merged" && change.updated_at > updated_at;
  });
}
