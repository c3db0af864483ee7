// The most autonomy that a change may have, as a table of 36 cells (spec/ces §4.2). What is not in the table needs a human.
import type { BehaviorConfidence, GateType, RiskTier, TrustStatus } from "@ces/records";

type Row = Readonly<Record<RiskTier, GateType>>;

const human: Row = { A: "human", B: "human", C: "human" };
const hybrid: Row = { A: "hybrid", B: "hybrid", C: "hybrid" };

/** Confidence × trust × tier. */
export const autonomyCeilings: Readonly<Record<BehaviorConfidence, Readonly<Record<TrustStatus, Row>>>> = {
  BC1: { trusted: { A: "hybrid", B: "hybrid", C: "agent" }, candidate: hybrid, watch: hybrid, constrained: human },
  BC2: {
    trusted: { A: "human", B: "hybrid", C: "hybrid" },
    candidate: { A: "human", B: "hybrid", C: "hybrid" },
    watch: { A: "human", B: "hybrid", C: "hybrid" },
    constrained: human,
  },
  BC3: { trusted: human, candidate: human, watch: human, constrained: human },
};

/** The weakest gate that may decide about such a change. Fails closed: whatever the table does not know is human. */
export function autonomyCeiling(confidence: BehaviorConfidence, tier: RiskTier, trust: TrustStatus): GateType {
  if (!Object.hasOwn(autonomyCeilings, confidence)) return "human";
  const byTrust = autonomyCeilings[confidence];
  if (!Object.hasOwn(byTrust, trust)) return "human";
  const row = byTrust[trust];
  return Object.hasOwn(row, tier) ? row[tier] : "human";
}
