// The tool gate: one function that answers a client's question before the call runs. It decides scope, forbidden
// paths, tools, network, budgets and halts; the command guard of the next issue plugs into `guards` and nowhere else.
// SECURITY: a gate answer is advice to a hostile agent (S16). Its twins hold: mounts, gateway, merge.
import { type ActivityClass, type Manifest, type ToolCall, type Verdict, allow, deny, strictest } from "@ces/records";
import { judgePaths } from "./paths.ts";

/** What the gate knows about the run besides the call. */
export interface GateFacts {
  readonly manifest: Manifest;
  /** Activities that are halted right now. */
  readonly halted: ReadonlySet<ActivityClass>;
  /** Reason why no budget is left, else null. */
  readonly budget_spent: string | null;
  /** Agents besides the first that this run already has. */
  readonly sub_agents: number;
  /** The host is short of descriptors, disk or ledger space (S29). */
  readonly reserves_low: boolean;
}

/** One more opinion on a call; the strictest of all wins. The seam for the command guard. */
export interface Guard {
  readonly name: string;
  judge(call: ToolCall, facts: GateFacts): Verdict;
}

/** The verdict on one call, with the reasons of the strictest opinion. A guard that throws is a deny with that error as its reason. */
export function judgeToolCall(call: ToolCall, facts: GateFacts, guards: readonly Guard[]): Verdict {
  return strictest([
    judgeHalts(call, facts),
    judgeReserves(facts),
    judgeKind(call, facts),
    judgePaths(call, facts.manifest),
    ...guards.map((guard) => ask(guard, call, facts)),
  ]);
}

function ask(guard: Guard, call: ToolCall, facts: GateFacts): Verdict {
  try {
    return guard.judge(call, facts);
  } catch (error) {
    return deny(
      "GUARD_FAILED",
      `the guard \`${guard.name}\` failed: ${error instanceof Error ? error.message : "unknown"}`,
    );
  }
}

function judgeHalts(call: ToolCall, { halted }: GateFacts): Verdict {
  if (halted.has("tool_classes")) return deny("HALTED", "tool calls are halted");
  if (call.kind === "agent" && halted.has("spawning")) return deny("HALTED", "starting agents is halted");
  return halted.has("task_issuance") ? deny("HALTED", "work is halted") : allow("NOT_HALTED", "nothing is halted");
}

function judgeReserves({ budget_spent, reserves_low }: GateFacts): Verdict {
  if (budget_spent !== null) return deny("BUDGET_SPENT", budget_spent);
  return reserves_low
    ? deny("RESERVES_LOW", "the host is short of reserves")
    : allow("WITHIN_BUDGET", "budgets are left");
}

function judgeKind(call: ToolCall, { manifest, sub_agents }: GateFacts): Verdict {
  if (manifest.forbidden_tools.includes(call.kind))
    return deny("TOOL_FORBIDDEN", `the contract forbids tools of kind \`${call.kind}\``);
  if (!manifest.allowed_tools.includes(call.kind))
    return deny("TOOL_NOT_ALLOWED", `the contract does not name tools of kind \`${call.kind}\``);
  if (call.kind === "net" && manifest.network_hosts.length === 0)
    return deny("NETWORK_DENIED", "the contract names no network host");
  if (call.kind === "agent" && sub_agents + 1 >= manifest.budgets.agents)
    return deny("AGENT_BUDGET", `the contract allows ${manifest.budgets.agents} agents in all`);
  return allow("TOOL_ALLOWED", `the contract allows tools of kind \`${call.kind}\``);
}
