// The Messages API as far as a client inside the box may use it: an allow-list that rebuilds the body (S09).
// SECURITY: strict objects everywhere. A member, block or tool that is not written here is refused, because the vendor's
// servers would act on it: fetch a URL, run code, call an MCP server, keep state. Seen in claude 2.1.328 unless marked [API].
import { z } from "zod";

const Name = z.string().max(256);
const Text = z.string();
const Tokens = z.number().int().min(0).max(10_000_000);
const Unit = z.number().min(0).max(1);
const CacheControl = z
  .strictObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() })
  .nullable()
  .optional();
const Effort = z.strictObject({ effort: z.enum(["low", "medium", "high", "xhigh", "max"]).optional() });

const TextBlock = z.strictObject({
  type: z.literal("text"),
  text: Text,
  cache_control: CacheControl,
  citations: z.null().optional(),
});
const Base64 = z.string().regex(/^[A-Za-z0-9+/=\s]*$/);
const ImageBlock = z.strictObject({
  type: z.literal("image"),
  source: z.strictObject({
    type: z.literal("base64"),
    media_type: z.enum(["image/png", "image/jpeg", "image/gif", "image/webp"]),
    data: Base64,
  }),
  cache_control: CacheControl,
});
const DocumentBlock = z.strictObject({
  type: z.literal("document"),
  source: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("base64"), media_type: z.literal("application/pdf"), data: Base64 }),
    z.strictObject({ type: z.literal("text"), media_type: z.literal("text/plain"), data: Text }),
  ]),
  title: Name.nullable().optional(),
  context: Text.nullable().optional(),
  cache_control: CacheControl,
});
const ThinkingBlock = z.strictObject({ type: z.literal("thinking"), thinking: Text, signature: Text.optional() });
const RedactedThinkingBlock = z.strictObject({ type: z.literal("redacted_thinking"), data: Text });
const ToolUseBlock = z.strictObject({
  type: z.literal("tool_use"),
  id: Name,
  name: Name,
  input: z.record(z.string(), z.unknown()),
  cache_control: CacheControl,
  caller: z.strictObject({ type: z.literal("direct") }).optional(),
});
const ToolReference = z.strictObject({
  type: z.literal("tool_reference"),
  tool_name: Name,
  cache_control: CacheControl,
});
const ToolResultBlock = z.strictObject({
  type: z.literal("tool_result"),
  tool_use_id: Name,
  content: z
    .union([Text, z.array(z.discriminatedUnion("type", [TextBlock, ImageBlock, DocumentBlock, ToolReference]))])
    .optional(),
  is_error: z.boolean().optional(),
  cache_control: CacheControl,
});

/** A tool that the client runs itself: `input_schema`, and no type or `custom`. */
const ClientTool = z.strictObject({
  type: z.literal("custom").optional(),
  name: Name,
  description: Text.optional(),
  input_schema: z.record(z.string(), z.unknown()),
  cache_control: CacheControl,
  defer_loading: z.boolean().optional(),
  strict: z.boolean().optional(),
  eager_input_streaming: z.boolean().optional(),
  input_examples: z.array(z.record(z.string(), z.unknown())).optional(),
});
const ToolByName = z.strictObject({ type: z.literal("tool_reference"), name: Name });
const ToolAddition = z.strictObject({
  type: z.literal("tool_addition"),
  tool: z.discriminatedUnion("type", [
    ToolByName,
    z.strictObject({ type: z.literal("tool_definition"), definition: ClientTool }),
  ]),
});
const ToolRemoval = z.strictObject({ type: z.literal("tool_removal"), tool: ToolByName });

const Message = z.discriminatedUnion("role", [
  z.strictObject({
    role: z.literal("user"),
    content: z.union([
      Text,
      z.array(z.discriminatedUnion("type", [TextBlock, ImageBlock, DocumentBlock, ToolResultBlock])),
    ]),
  }),
  z.strictObject({
    role: z.literal("assistant"),
    content: z.union([
      Text,
      z.array(z.discriminatedUnion("type", [TextBlock, ToolUseBlock, ThinkingBlock, RedactedThinkingBlock])),
    ]),
  }),
  z.strictObject({
    role: z.literal("system"),
    content: z.union([Text, z.array(z.discriminatedUnion("type", [TextBlock, ToolAddition, ToolRemoval]))]),
    output_config: Effort.optional(),
  }),
]);

const Display = z.enum(["summarized", "omitted", "updates"]).optional();
const Thinking = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("enabled"), budget_tokens: Tokens, display: Display }),
  z.strictObject({ type: z.literal("adaptive"), display: Display }),
  z.strictObject({ type: z.literal("disabled") }),
]);
const Amount = (unit: "tool_uses" | "input_tokens" | "thinking_turns") =>
  z.strictObject({ type: z.literal(unit), value: Tokens });
const ContextEdit = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("clear_thinking_20251015"),
    keep: z.union([z.literal("all"), Amount("thinking_turns")]).optional(),
  }),
  z.strictObject({
    type: z.literal("clear_tool_uses_20250919"),
    trigger: z.discriminatedUnion("type", [Amount("input_tokens"), Amount("tool_uses")]).optional(),
    keep: Amount("tool_uses").optional(),
    clear_at_least: Amount("input_tokens").optional(),
    exclude_tools: z.array(Name).optional(),
    clear_tool_inputs: z.union([z.boolean(), z.array(Name)]).optional(),
  }),
]);
const ToolChoice = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("auto"), disable_parallel_tool_use: z.boolean().optional() }),
  z.strictObject({ type: z.literal("any"), disable_parallel_tool_use: z.boolean().optional() }),
  z.strictObject({ type: z.literal("tool"), name: Name, disable_parallel_tool_use: z.boolean().optional() }),
  z.strictObject({ type: z.literal("none") }),
]);
const OutputFormat = z.strictObject({ type: z.literal("json_schema"), schema: z.record(z.string(), z.unknown()) });

/** What both paths take. */
const counted = {
  model: Name,
  messages: z.array(Message).min(1).max(100_000),
  system: z.union([Text, z.array(TextBlock)]).optional(),
  tools: z.array(ClientTool).max(1024).optional(),
  tool_choice: ToolChoice.optional(),
  thinking: Thinking.optional(),
  context_management: z.strictObject({ edits: z.array(ContextEdit).max(8).optional() }).optional(),
  output_config: z.strictObject({ ...Effort.shape, format: OutputFormat.optional() }).optional(),
  cache_control: CacheControl,
};

/** `POST /v1/messages`. `service_tier` is taken only as the values that cost no more, and dropped by the caller. */
export const AnthropicMessages = z.strictObject({
  ...counted,
  max_tokens: Tokens.min(1),
  stream: z.boolean().optional(),
  stop_sequences: z.array(Text).max(64).optional(),
  temperature: Unit.optional(),
  top_p: Unit.optional(),
  top_k: Tokens.optional(),
  metadata: z.strictObject({ user_id: z.string().max(1024).nullable().optional() }).optional(),
  service_tier: z.enum(["standard_only"]).optional(),
});
/** An admitted Messages body. */
export type AnthropicMessages = z.infer<typeof AnthropicMessages>;

/** `POST /v1/messages/count_tokens`. */
export const AnthropicCountTokens = z.strictObject(counted);
/** An admitted counting body. */
export type AnthropicCountTokens = z.infer<typeof AnthropicCountTokens>;
