// Gates are ordered agent < hybrid < human; a delivery needs the strictest that anything asks for.
import type { BehaviorConfidence, GateType, RiskTier } from "@ces/records";

const order: readonly GateType[] = ["agent", "hybrid", "human"];

/** The strictest of the gates; `agent` when there is none. */
export function strictestGate(gates: readonly GateType[]): GateType {
  return gates.reduce<GateType>(
    (strictest, gate) => (order.indexOf(gate) > order.indexOf(strictest) ? gate : strictest),
    "agent",
  );
}

/** The least gate that a manifest of this tier and confidence may have (spec/ces §5.5): A or BC3 human, B hybrid, else agent. */
export function minimumGate(tier: RiskTier, confidence: BehaviorConfidence): GateType {
  if (tier === "A" || confidence === "BC3") return "human";
  return tier === "B" ? "hybrid" : "agent";
}
