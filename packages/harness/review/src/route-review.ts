// Who has to look at a change (spec/ces §5.1). Too few different models never make a tier impossible: they are named, and
// the gate is raised instead (DESIGN §5).
import type { ReviewAssignment, ReviewerRole, ReviewRoute, RiskTier, RuntimeName } from "@ces/records";

/** A model that can be asked for a review, and the runtime that asks it. */
export interface RosterEntry {
  readonly runtime: RuntimeName;
  readonly model: string;
}

/** What routing depends on. `roster` is in order of preference; `implementer_id` must not be among the reviewers. */
export interface RouteInput {
  readonly risk_tier: RiskTier;
  readonly builder: RosterEntry;
  readonly roster: readonly RosterEntry[];
}

const triad: readonly ReviewerRole[] = ["structural", "semantic", "red_team"];
const single: readonly ReviewerRole[] = ["structural"];

/** Tier A: three roles on three models that are not the builder's. B and C: one. */
export function routeReview({ risk_tier, builder, roster }: RouteInput): ReviewRoute {
  const required_roles = risk_tier === "A" ? [...triad] : [...single];
  const others = distinctModels(roster).filter(({ model }) => model !== builder.model);
  // With nobody else to ask, the builder's own model looks again, in a session of its own.
  const pool = others.length > 0 ? others : [builder];
  const assignments = required_roles.map((role, index) => assign(role, pool[index % pool.length] ?? builder));
  const degraded_diversity = others.length < required_roles.length;
  return {
    risk_tier,
    assignments,
    required_roles,
    degraded_diversity,
    notes: degraded_diversity ? [note(required_roles.length, others.length)] : [],
  };
}

function distinctModels(roster: readonly RosterEntry[]): readonly RosterEntry[] {
  return roster.filter((entry, index) => roster.findIndex(({ model }) => model === entry.model) === index);
}

function assign(role: ReviewerRole, { runtime, model }: RosterEntry): ReviewAssignment {
  return { role, runtime, model, reviewer_id: `reviewer:${role}:${runtime}:${model}` };
}

function note(wanted: number, found: number): string {
  return `${wanted} models other than the builder's are wanted, ${found} are in the roster`;
}
