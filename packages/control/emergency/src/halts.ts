// Which activities are stopped right now, and who may start them again (spec/ces §7, DESIGN §2).
import type { ActivityClass, Actor, Halt, HaltRelease } from "@ces/records";
import { ActivityClass as ActivityClassSchema } from "@ces/records";

/** Every class: what `emergency declare` without a narrower choice stops. */
export const everyActivity: readonly ActivityClass[] = ActivityClassSchema.options;

/** The halts that no release answers yet, oldest first. */
export function haltsInForce(halts: readonly Halt[], releases: readonly HaltRelease[]): readonly Halt[] {
  const released = new Set(releases.map((release) => release.halt_id));
  return halts.filter((halt) => !released.has(halt.halt_id));
}

/** The halt that stops this activity, if any. An activity nobody knows counts as stopped by any halt (fails closed). */
export function haltFor(activity: string, inForce: readonly Halt[]): Halt | undefined {
  const known = ActivityClassSchema.safeParse(activity);
  return inForce.find((halt) => !known.success || halt.classes.includes(known.data));
}

/** A release needs a person who proved it: a challenge at the terminal or an enrolled key (S21). */
export function mayRelease(
  actor: Actor,
): { readonly kind: "yes" } | { readonly kind: "no"; readonly code: string; readonly text: string } {
  if (actor.kind === "human" && actor.proof !== "none") return { kind: "yes" };
  return {
    kind: "no",
    code: "RELEASE_NEEDS_PERSON",
    text: "only a person at a terminal or with an enrolled key releases a halt",
  };
}
