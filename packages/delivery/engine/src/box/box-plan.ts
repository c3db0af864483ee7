// From a purpose's shape to the whole plan of a box: what every box has, whoever it is for.
import { type BoxPlan, readSystem } from "@ces/sandbox";
import { LONGEST_SECONDS } from "./command-contract-of.ts";
import type { BoxShape, PreparedBox } from "./open-box.ts";

/** What every box of one driver shares. */
export interface BoxGround {
  readonly bwrap: string;
  readonly lock: string;
  /** HOME, trust domain, project root: no bind may be one of them or hold one (S13). */
  readonly keepOut: readonly string[];
}

/** The plan. Reads which folders the system has. */
export function boxPlan(
  { bwrap, lock, keepOut }: BoxGround,
  { order, user, root }: PreparedBox,
  { limits, ...walls }: Omit<BoxShape, "manifest">,
): BoxPlan {
  return {
    ...walls,
    // INVARIANT: not longer than its command contract says.
    limits: { ...limits, wall_ms: Math.min(limits.wall_ms, LONGEST_SECONDS * 1000) },
    run: order.run_id,
    root: root.path,
    user,
    bwrap,
    system: readSystem(),
    lock,
    keepOut,
  };
}
