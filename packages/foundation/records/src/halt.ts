// A persisted stop of one class of activity, consulted by every hop in every process (spec/ces §7).
import { z } from "zod";
import { Actor } from "./actor.ts";
import { Instant } from "./scalar.schema.ts";

export const ActivityClass = z.enum([
  "task_issuance",
  "merges",
  "deploys",
  "spawning",
  "tool_classes",
  "truth_writes",
  "registry_writes",
]);
export type ActivityClass = z.infer<typeof ActivityClass>;

export const Halt = z.strictObject({
  halt_id: z.string(),
  classes: z.array(ActivityClass).min(1),
  kind: z.enum(["emergency", "kill_switch"]),
  reason: z.string().max(2000),
  declared_by: Actor,
  declared_at: Instant,
});
export type Halt = z.infer<typeof Halt>;

export const HaltRelease = z.strictObject({
  halt_id: z.string(),
  released_by: Actor,
  reason: z.string().max(2000),
  released_at: Instant,
});
export type HaltRelease = z.infer<typeof HaltRelease>;
