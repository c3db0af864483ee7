// queued → in_flight: the first attempt is issued. Everything that could forbid it is asked before.
import type { Hop } from "../thread.ts";
import { commitStep } from "../journal.ts";
import { believedManifest } from "../believed-manifest.ts";

/** Verifies the contract and starts the first attempt. */
export const startRun: Hop = async (ctx, snapshot, effect) => {
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused") return { kind: "waiting", needs: "remedy", blockers: [believed.reason] };
  commitStep(ctx, snapshot, { name: "run_issued", event: "start", done: effect });
  return { kind: "moved" };
};
