// Where the copies of a run's tree lie: in the trust domain, by run and by the number of the decision that asked for them.
import { join } from "node:path";
import type { Places } from "../context.ts";

/** The folder of one copy. */
export const keptPlace = ({ state_dir }: Pick<Places, "state_dir">, run_id: string, seq: number): string =>
  join(keptFolder({ state_dir }, run_id), String(seq));

/** All copies of a run. */
export const keptFolder = ({ state_dir }: Pick<Places, "state_dir">, run_id: string): string => join(state_dir, "kept", run_id);
