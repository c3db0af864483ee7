// From the judgement to what the host is told: the rewrite safety rule, and copies before anything that could lose data.
import type { Judgement, Rescue } from "@ces/guard";
import { withIds } from "./call-ids.ts";
import type { JudgedCall, Verdict } from "./hook-call.ts";
import { reasonOf, replacement } from "./reason-text.ts";

/** Copying aside, answered as a value: what failed is a reason to refuse. */
export type Rescued = { readonly kind: "kept" } | { readonly kind: "failed"; readonly why: string };

/** What settling asks of the machine. */
export interface SettlePorts {
  /** Copies aside what a command is about to lose, within a time. Called before `pass` and `ask`, never for a refusal. */
  readonly rescue: (rescues: readonly Rescue[], call: JudgedCall, milliseconds: number) => Rescued;
  /**
   * What must be copied aside so that the unchanged text could be undone as well; null when that is not known.
   * Asked only for a text that would be rewritten.
   */
  readonly rescuesOfOriginal: (call: JudgedCall) => readonly Rescue[] | null;
  /** Something the user must see beside the reason, such as a configuration that cannot be read. */
  readonly warning: string | null;
}

/** Milliseconds for copies without which a command may not run, and for those that only spare the agent a second call. */
const NEEDED = 3_500;
const WANTED = 1_500;

/** Says what may run. A rescue that fails is a refusal. */
export function settleVerdict(judgement: Judgement, call: JudgedCall, ports: SettlePorts): Verdict {
  const reason = reasonOf(judgement, ports.warning);
  switch (judgement.decision) {
    case "deny":
      return { kind: "deny", reason };
    case "allow":
      return kept(judgement.rescues, call, ports) ?? { kind: "pass", note: ports.warning };
    case "ask":
    case "rewrite":
      return judgement.rewrite === null ? unchanged(judgement, call, ports) : rewritten(judgement, call, ports);
    default:
      return judgement.decision satisfies never;
  }
}

function unchanged(judgement: Judgement, call: JudgedCall, ports: SettlePorts): Verdict {
  const reason = reasonOf(judgement, ports.warning);
  // INVARIANT: `rewrite` without a text is no permission.
  if (judgement.decision === "rewrite") return { kind: "deny", reason };
  return kept(judgement.rescues, call, ports) ?? { kind: "ask", reason };
}

/**
 * SECURITY: hosts have dropped a changed input and honoured the permission beside it (claude-code #15897, #26506, #32348).
 * So the changed text is handed over only where the unchanged one could be undone too; else it stands in a refusal.
 */
function rewritten(judgement: Judgement, call: JudgedCall, ports: SettlePorts): Verdict {
  const reason = reasonOf(judgement, ports.warning);
  const command = judgement.rewrite?.text ?? "";
  const told: Verdict = { kind: "deny", reason: replacement(reason, command) };
  if (judgement.decision === "ask" || judgement.rewrite?.kind !== "trash") return told;
  const rescues = ports.rescuesOfOriginal(call);
  if (rescues === null || rescues.length === 0) return told;
  return ports.rescue([...judgement.rescues, ...rescues], call, WANTED).kind === "kept"
    ? { kind: "instead", command: withIds(command, call), reason }
    : told;
}

function kept(rescues: readonly Rescue[], call: JudgedCall, ports: SettlePorts): Verdict | undefined {
  if (rescues.length === 0) return undefined;
  const rescued = ports.rescue(rescues, call, NEEDED);
  if (rescued.kind === "kept") return undefined;
  const reason = `ces guard: what this would overwrite could not be copied aside first: ${rescued.why} [RESCUE_FAILED]`;
  return { kind: "deny", reason };
}
