// What an agent asked to do and what the tool gate answered. The decision row is the payload that a
// later issue signs as a receipt; it says what the client asked, never what was observed (S16, S17).
import { z } from "zod";
import { Count, Instant, Sha256Hex } from "./scalar.schema.ts";
import { Reason } from "./verdict.ts";

export const ToolKind = z.enum(["command", "edit", "read", "net", "agent", "mcp", "other"]);
export type ToolKind = z.infer<typeof ToolKind>;

/** A question of the client, normalised over runtimes. Attacker-controlled throughout. */
export const ToolCall = z.strictObject({
  call_id: z.string(),
  kind: ToolKind,
  tool: z.string(),
  command: z.string().nullable(),
  /** Paths as the client names them, inside the box (`/workspace/...`) or relative to it. */
  paths: z.array(z.string()),
  input_sha256: Sha256Hex,
  agent_id: z.string().nullable(),
});
export type ToolCall = z.infer<typeof ToolCall>;

/** One decision row. `prev` chains the rows of a run. */
export const ToolVerdict = z.strictObject({
  schema: z.literal("ces.decision/v1"),
  run_id: z.string(),
  seq: Count,
  prev: Sha256Hex.nullable(),
  call: ToolCall,
  decision: z.enum(["allow", "deny"]),
  /** The verdict before a question was answered: an unanswered ask is a deny. */
  verdict: z.enum(["allow", "ask", "deny"]),
  reasons: z.array(Reason),
  answered_by: z.string().nullable(),
  observed_by: z.literal("client"),
  policy_hash: Sha256Hex,
  at: Instant,
});
export type ToolVerdict = z.infer<typeof ToolVerdict>;
