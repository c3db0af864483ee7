// What a person sees while it happens, and what they are asked (DESIGN §6). Text here is raw: views pass it through `printable`.
import { z } from "zod";
import { Count } from "./scalar.schema.ts";
import { ToolKind } from "./tool-call.ts";

export const Stage = z.enum([
  "brief",
  "contract",
  "agent",
  "freeze",
  "checks",
  "evidence",
  "review",
  "decision",
  "merge",
]);
export type Stage = z.infer<typeof Stage>;

export const Progress = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("stage"),
    stage: Stage,
    status: z.enum(["started", "done", "failed", "skipped"]),
    note: z.string(),
  }),
  /** A journalled step: it is committed and survives anything that happens from here on. */
  z.strictObject({ kind: z.literal("step"), name: z.string(), delivery_id: z.string(), version: Count }),
  z.strictObject({
    kind: z.literal("run"),
    run_id: z.string(),
    purpose: z.string(),
    label: z.string(),
    status: z.enum(["spawned", "started", "ended"]),
    pid: Count.nullable(),
    note: z.string(),
  }),
  z.strictObject({
    kind: z.literal("call"),
    run_id: z.string(),
    tool: z.string(),
    tool_kind: ToolKind,
    what: z.string(),
    verdict: z.enum(["allow", "ask", "deny"]),
    why: z.string(),
  }),
  z.strictObject({ kind: z.literal("say"), run_id: z.string(), text: z.string() }),
  z.strictObject({
    kind: z.literal("check"),
    check_id: z.string(),
    variant: z.string(),
    status: z.enum(["started", "passed", "failed", "touched", "not_run"]),
    duration_ms: Count,
    note: z.string(),
  }),
  z.strictObject({ kind: z.literal("budget"), name: z.string(), used: Count, limit: Count, unit: z.string() }),
  z.strictObject({ kind: z.literal("finding"), severity: z.string(), source: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal("note"), level: z.enum(["info", "warning"]), text: z.string() }),
]);
export type Progress = z.infer<typeof Progress>;

/** A question to a person. `default_answer` null: it must be answered (no default). */
export const Question = z.strictObject({
  id: z.string(),
  text: z.string(),
  detail: z.string(),
  kind: z.enum(["text", "confirm", "choice", "tool", "challenge"]),
  choices: z.array(z.string()),
  default_answer: z.string().nullable(),
});
export type Question = z.infer<typeof Question>;
/** `by` says who answered: a person at a terminal, `--yes`, a flag, or nobody (no terminal, no default). */
export const Answer = z.strictObject({
  id: z.string(),
  value: z.string().nullable(),
  by: z.enum(["person", "yes", "flag", "nobody"]),
});
export type Answer = z.infer<typeof Answer>;
