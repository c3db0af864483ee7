// What is known about how far an agent can be trusted. Until trust is earned and stored (a later issue) everybody is a candidate.
import type { TrustStatus } from "@ces/records";

/** The trust in one agent as a decision may use it. */
export interface TrustView {
  readonly agent: string;
  readonly status: TrustStatus;
  /** Why it is this status. */
  readonly basis: string;
}

/** Always `candidate`: the reference passed a constant "trusted" here, which made trust decorative (spec/ces §4.1 WEAK). */
export function trustView(agent: string): TrustView {
  return { agent, status: "candidate", basis: "no history is kept yet" };
}
