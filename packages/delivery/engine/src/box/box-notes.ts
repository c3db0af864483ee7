// Which box folders there may be. A note is made before the folder and crossed out after it is gone, so that whatever a driver
// was killed in the middle of, the next one finds what it left: the handle of a box is recorded only once there is a process.
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkOrder } from "@ces/records";
import type { Places } from "../context.ts";

type NotePlace = Pick<Places, "state_dir">;
/** A box by its names: what stands in a note. */
export type NotedBox = Pick<WorkOrder, "delivery_id" | "run_id">;

const DELIVERY = /^D-[0-9a-f]{12}$/;
const RUN = /^R-[0-9a-f]{12}$/;

const notes = ({ state_dir }: NotePlace): string => join(state_dir, "open-boxes");

/** Notes a box that is about to be made. */
export function noteBox(places: NotePlace, { delivery_id, run_id }: NotedBox): void {
  const folder = join(notes(places), delivery_id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, run_id), "", { mode: 0o600 });
}

/** Crosses a box out whose folder is gone. */
export function forgetBox(places: NotePlace, { delivery_id, run_id }: NotedBox): void {
  const folder = join(notes(places), delivery_id);
  rmSync(join(folder, run_id), { force: true });
  try {
    rmdirSync(folder);
  } catch {
    // Other boxes of the delivery are noted there.
  }
}

/** Runs of a delivery whose box folder may be there. */
export const notedBoxes = (places: NotePlace, delivery_id: string): readonly string[] =>
  names(join(notes(places), delivery_id), RUN);
/** Deliveries with noted boxes. */
export const notedDeliveries = (places: NotePlace): readonly string[] => names(notes(places), DELIVERY);

// The ids become parts of paths that are removed: nothing but an id passes.
function names(folder: string, pattern: RegExp): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => pattern.test(name));
  } catch {
    return [];
  }
}
