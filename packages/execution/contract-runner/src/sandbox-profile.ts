// What the walls were, as one hash: the launcher's real arguments, the limits, the tools (F-35). Names that differ from run to run are
// written as what they stand for, so that equal walls have equal hashes.
import { canonicalCsc } from "@ces/contract";
import { sha256Hex, type Crypto, type Json } from "@ces/kernel";
import { planArgs, planCommand, type BoxPlan } from "@ces/sandbox";
import type { LauncherTool } from "./find-launcher.ts";

/** The boxes of one command. */
export type CommandWalls = { readonly command_id: string; readonly plans: readonly BoxPlan[] };

/** Lower-case hex over every command's launcher line, in order. */
export function sandboxProfile(
  walls: readonly CommandWalls[],
  tools: readonly LauncherTool[],
  crypto: Pick<Crypto, "sha256">,
): string {
  const commands = walls.map(({ command_id, plans }) => ({ command_id, boxes: plans.map(boxJson) }));
  return sha256Hex(crypto, canonicalCsc({ commands, tools: tools.map((tool) => ({ ...tool })) }));
}

function boxJson(plan: BoxPlan): Json {
  const plain = (text: string): string => text.replaceAll(plan.root, "{BOX}").replaceAll(plan.run, "{RUN}");
  const { limits, network } = plan;
  return {
    args: planArgs(plan).map(plain),
    command: planCommand(plan).map(plain),
    limits: { ...limits },
    network: network?.kind ?? "none",
  };
}
