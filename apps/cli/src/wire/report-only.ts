// The outcome of a delivery that nothing was done to.
import { deliveryReport } from "@ces/engine";
import { CesError } from "@ces/kernel";
import type { Outcome } from "../define-command.ts";
import type { DeliveryData } from "./delivery-command.ts";
import type { Project } from "./open-project.ts";

/** Exit 0 with the report and the command to type instead. */
export function reportOnly(project: Project, delivery_id: string, next: string): Outcome<DeliveryData> {
  const report = deliveryReport(project.store, delivery_id);
  if (report === undefined)
    throw new CesError("RECORD_MISSING", `\`${delivery_id}\` is not recorded`, { remedy: "ces audit verify" });
  const data: DeliveryData = JSON.parse(JSON.stringify(report));
  return { exit: 0, data, blockers: [], next };
}
