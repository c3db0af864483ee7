// The three axes and their order. Joining takes the maximum of each axis, so nothing that is joined can lower anything.
import type { BehaviorConfidence, ChangeClass, Classification, RiskTier } from "@ces/records";

/** One point on the three axes. */
export interface Axes {
  readonly risk_tier: RiskTier;
  readonly behavior_confidence: BehaviorConfidence;
  readonly change_class: ChangeClass;
}

const tiers = ["C", "B", "A"] as const satisfies readonly RiskTier[];
const confidences = ["BC1", "BC2", "BC3"] as const satisfies readonly BehaviorConfidence[];
const classes = ["Class 1", "Class 2", "Class 3", "Class 4", "Class 5"] as const satisfies readonly ChangeClass[];

/** How strict a point is, tier first, then confidence, then class: a larger number is stricter. */
export function strictness(axes: Axes): number {
  return (
    tiers.indexOf(axes.risk_tier) * 100 +
    confidences.indexOf(axes.behavior_confidence) * 10 +
    classes.indexOf(axes.change_class)
  );
}

/** The stricter of two tiers. */
export function higherTier(a: RiskTier, b: RiskTier): RiskTier {
  return tiers.indexOf(b) > tiers.indexOf(a) ? b : a;
}

/** The stricter of two behaviour confidences. */
export function higherConfidence(a: BehaviorConfidence, b: BehaviorConfidence): BehaviorConfidence {
  return confidences.indexOf(b) > confidences.indexOf(a) ? b : a;
}

/** `axes` raised to every floor; each axis on its own (spec/ces §3.5), never lowered. */
export function raiseTo(axes: Axes, floors: readonly Pick<Axes, "risk_tier" | "behavior_confidence">[]): Axes {
  return floors.reduce<Axes>(
    (raised, floor) => ({
      risk_tier: higherTier(raised.risk_tier, floor.risk_tier),
      behavior_confidence: higherConfidence(raised.behavior_confidence, floor.behavior_confidence),
      change_class: raised.change_class,
    }),
    axes,
  );
}

/** True when `next` is stricter than `previous` on at least one axis: a new manifest version is due. */
export function raised(previous: Pick<Classification, keyof Axes>, next: Pick<Classification, keyof Axes>): boolean {
  return (
    tiers.indexOf(next.risk_tier) > tiers.indexOf(previous.risk_tier) ||
    confidences.indexOf(next.behavior_confidence) > confidences.indexOf(previous.behavior_confidence) ||
    classes.indexOf(next.change_class) > classes.indexOf(previous.change_class)
  );
}
