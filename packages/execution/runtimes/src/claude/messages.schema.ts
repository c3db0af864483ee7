// The lines of claude's stream-json that CES acts on (spec/runtimes §3.6, §3.7). Members that are not named here are
// ignored; a line of a kind that is named here and does not fit is a forged stream (S17).
import type { Json } from "@ces/kernel";
import { z } from "zod";

// JSON already, by the strict reader: only its place is checked.
const json = z.custom<Json>((value) => value !== undefined);
const jsonObject = z.custom<{ readonly [name: string]: Json }>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

/** The gate's question. */
export const HookCallback = z.object({
  subtype: z.literal("hook_callback"),
  callback_id: z.literal("gate"),
  tool_use_id: z.string().min(1),
  input: z.object({
    session_id: z.string(),
    hook_event_name: z.literal("PreToolUse"),
    tool_name: z.string().min(1),
    tool_input: jsonObject,
    tool_use_id: z.string().min(1),
    agent_id: z.string().optional(),
  }),
});
export type HookCallback = z.infer<typeof HookCallback>;

const ToolResult = z.object({
  type: z.literal("tool_result"),
  tool_use_id: z.string().min(1),
  content: json.optional(),
  is_error: z.boolean().optional(),
});
export type ToolResult = z.infer<typeof ToolResult>;

const ResultMeta = z.object({
  id: z.string(),
  non_execution_kind: z.string().optional(),
  permission_decision: z.object({ decision: z.string() }).optional(),
});

/** Content blocks: the types that are acted on, and the rest by its type alone. */
const Block = z.union([
  z.object({ type: z.literal("text"), text: z.string() }),
  ToolResult,
  z.object({ type: z.string().refine((type) => type !== "text" && type !== "tool_result") }),
]);

const Speech = z.object({
  message: z.object({
    id: z.string().optional(),
    model: z.string().optional(),
    content: z.union([z.string(), z.array(Block)]),
  }),
  parent_tool_use_id: z.string().nullable(),
});

/** Every kind of line that means something to CES. */
export const ClaudeMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("control_request"),
    request_id: z.string().min(1),
    request: z.object({ subtype: z.string() }).loose(),
  }),
  z.object({ type: z.literal("control_cancel_request"), request_id: z.string() }),
  z.object({
    type: z.literal("control_response"),
    response: z.object({ subtype: z.string(), request_id: z.string(), error: z.string().optional() }),
  }),
  Speech.extend({ type: z.literal("assistant") }),
  Speech.extend({ type: z.literal("user"), tool_result_meta: z.array(ResultMeta).optional() }),
  z.object({
    type: z.literal("system"),
    subtype: z.string(),
    session_id: z.string().optional(),
    model: z.string().optional(),
    claude_code_version: z.string().optional(),
    attempt: z.number().optional(),
    error_status: z.number().nullish(),
    tool_name: z.string().optional(),
    permissionMode: z.string().optional(),
  }),
  z.object({
    type: z.literal("result"),
    subtype: z.string(),
    session_id: z.string(),
    is_error: z.boolean(),
    result: z.string().optional(),
    terminal_reason: z.string().nullish(),
    api_error_status: z.number().nullish(),
    structured_output: json.optional(),
    errors: z.array(z.string()).optional(),
  }),
]);
export type ClaudeMessage = z.infer<typeof ClaudeMessage>;
export type ClaudeResult = Extract<ClaudeMessage, { type: "result" }>;
export type ClaudeUser = Extract<ClaudeMessage, { type: "user" }>;

/** Kinds that only inform: progress bars, token estimates. Nothing is read from them. */
export const informational: readonly string[] = [
  "stream_event",
  "tool_progress",
  "tool_use_summary",
  "keep_alive",
  "rate_limit_event",
  "auth_status",
  "prompt_suggestion",
];
