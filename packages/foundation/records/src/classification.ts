// How risky a change is: three axes, how they were found, and what raised them (spec/ces §3).
import { z } from "zod";
import { BehaviorConfidence, ChangeClass, Instant, RiskTier } from "./scalar.schema.ts";

export const OracleAction = z.enum(["auto_accept", "human_review", "human_classify"]);

/** Something that raised an axis: a hazard word in the request, a path, a fact of the frozen delta. */
export const Hazard = z.strictObject({
  kind: z.enum(["word", "path", "content", "size", "surface"]),
  detail: z.string().max(500),
  rule: z.string(),
  risk_tier: RiskTier,
  behavior_confidence: BehaviorConfidence,
});
export type Hazard = z.infer<typeof Hazard>;

/** One classification, immutable; raising it makes a new one and a new manifest version. */
export const Classification = z.strictObject({
  schema: z.literal("ces.classification/v1"),
  risk_tier: RiskTier,
  behavior_confidence: BehaviorConfidence,
  change_class: ChangeClass,
  confidence: z.number().min(0).max(1),
  action: OracleAction,
  matched_rule: z.number().int().nullable(),
  top_matches: z.array(z.strictObject({ rule: z.number().int(), text: z.string(), score: z.number() })),
  basis: z.enum(["oracle", "default_build", "default_manifest", "person"]),
  hazards: z.array(Hazard),
  classifier_id: z.string(),
  classified_at: Instant,
});
export type Classification = z.infer<typeof Classification>;
