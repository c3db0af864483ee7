// How much of a person stands behind a decision (DESIGN §2): the gate that was supplied against the gate that is required.
import type { Actor, GateType, Identity } from "@ces/records";

const strictness: Readonly<Record<GateType, number>> = { agent: 1, hybrid: 2, human: 3 };

/** True when `supplied` is at least as strict as `required`. */
export function gateSatisfied(required: GateType, supplied: GateType): boolean {
  return strictness[supplied] >= strictness[required];
}

/** The strictest of several gates; none at all asks for a human. */
export function strictestGate(gates: readonly GateType[]): GateType {
  return gates.length === 0 ? "human" : gates.reduce((a, b) => (strictness[b] > strictness[a] ? b : a));
}

/** What the command line and the machine say about whoever consents. All of it is observed by CES, none of it is claimed. */
export interface Consent {
  readonly yes: boolean;
  /** A terminal that CES itself opened (`/dev/tty`), not a pipe. */
  readonly terminal: boolean;
  /** Markers of an agent's shell in the environment (CLAUDECODE, CODEX_*). */
  readonly agent_marker: boolean;
  /** `--as NAME` with the enrolled identity it names and whether its key signed this decision. */
  readonly as: { readonly identity: Identity; readonly signed: boolean } | null;
  /** A challenge derived from the evidence was typed back at the terminal. */
  readonly challenge_met: boolean;
  /** Login name, a label only. */
  readonly label: string;
}

/**
 * The gate that a consent is worth and the actor it makes (S21):
 * a met challenge at a terminal is a human; `--as` is worth what its identity may, if its key signed;
 * `--yes` at a terminal without an agent's marker is hybrid; anything else is an agent.
 */
export function gateSupplied(consent: Consent): { readonly gate: GateType; readonly actor: Actor } {
  const atTerminal = consent.terminal && !consent.agent_marker;
  if (atTerminal && consent.challenge_met)
    return { gate: "human", actor: { id: consent.label, kind: "human", proof: "tty" } };
  if (consent.as !== null && consent.as.signed) {
    return { gate: consent.as.identity.may, actor: { id: consent.as.identity.name, kind: "human", proof: "key" } };
  }
  if (atTerminal && consent.yes) return { gate: "hybrid", actor: { id: consent.label, kind: "human", proof: "none" } };
  return { gate: "agent", actor: { id: "automation", kind: "agent", proof: "none" } };
}
