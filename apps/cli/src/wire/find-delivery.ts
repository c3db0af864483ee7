// The delivery that a person means: by its own id, by its contract's or evidence's id, or the newest one.
import { CesError } from "@ces/kernel";
import type { DeliverySnapshot } from "@ces/records";
import type { Project } from "./open-project.ts";

const NEWEST = 1000;

/** Throws DELIVERY_UNKNOWN (with what is known) or NO_DELIVERY. */
export function findDelivery(project: Project, named: string | undefined): DeliverySnapshot {
  const all = project.store.deliveries(NEWEST);
  if (named === undefined) {
    const [newest] = all;
    if (newest === undefined)
      throw new CesError("NO_DELIVERY", "nothing has been built here yet", {
        remedy: 'ces build "what you want to change"',
      });
    return newest;
  }
  const found = all.find((one) => [one.delivery_id, one.manifest_id, one.evidence_id].includes(named));
  if (found !== undefined) return found;
  const known = all
    .slice(0, 3)
    .map((one) => one.manifest_id ?? one.delivery_id)
    .join(", ");
  throw new CesError(
    "DELIVERY_UNKNOWN",
    `\`${named}\` names no delivery of this project${known === "" ? "" : `; the newest are ${known}`}`,
    { remedy: "ces status --expert" },
  );
}
