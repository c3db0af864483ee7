// The Responses API as far as a client inside the box may use it: an allow-list that rebuilds the body (S09).
// SECURITY: strict objects everywhere. Whatever makes the vendor fetch, search, execute, remember or look something up by id
// is not written here and so refused. Seen in codex 0.169.0 (its protocol types for items) unless marked [API].
import { z } from "zod";

const Name = z.string().max(256);
const Text = z.string();
const Id = z.string().max(512);
const Free = z.record(z.string(), z.unknown());

const Effort = z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]);
const Grammar = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("grammar"), syntax: z.enum(["lark", "regex"]), definition: Text }),
  z.strictObject({ type: z.literal("text") }),
]);
const FunctionTool = z.strictObject({
  type: z.literal("function"),
  name: Name,
  description: Text.nullable().optional(),
  strict: z.boolean().nullable().optional(),
  parameters: Free.nullable().optional(),
  output_schema: Free.nullable().optional(),
  defer_loading: z.boolean().optional(),
});
const CustomTool = z.strictObject({
  type: z.literal("custom"),
  name: Name,
  description: Text.optional(),
  format: Grammar.optional(),
  defer_loading: z.boolean().optional(),
});
const NamespaceTool = z.strictObject({
  type: z.literal("namespace"),
  name: Name,
  description: Text.optional(),
  tools: z.array(z.discriminatedUnion("type", [FunctionTool, CustomTool])).max(512),
});
const LocalShellTool = z.strictObject({ type: z.literal("local_shell") });
/** Tool search that the client itself answers; the hosted form has another `execution`. */
const ClientToolSearch = z.strictObject({
  type: z.literal("tool_search"),
  execution: z.literal("client"),
  description: Text.optional(),
  parameters: Free.nullable().optional(),
});
const ClientTool = z.discriminatedUnion("type", [
  FunctionTool,
  CustomTool,
  NamespaceTool,
  LocalShellTool,
  ClientToolSearch,
]);

const InputText = z.strictObject({ type: z.literal("input_text"), text: Text });
const InputImage = z.strictObject({
  type: z.literal("input_image"),
  image_url: z.string().regex(/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/),
  detail: z.enum(["auto", "low", "high", "original"]).optional(),
});
const OutputText = z.strictObject({
  type: z.literal("output_text"),
  text: Text,
  annotations: z.array(z.unknown()).max(0).optional(),
  logprobs: z.array(z.unknown()).max(0).optional(),
});
const Refusal = z.strictObject({ type: z.literal("refusal"), refusal: Text });
const EncryptedContent = z.strictObject({ type: z.literal("encrypted_content"), encrypted_content: Text });
const Status = z.enum(["in_progress", "completed", "incomplete"]).optional();

const Message = z.strictObject({
  type: z.literal("message").optional(),
  id: Id.optional(),
  role: z.enum(["user", "assistant", "system", "developer"]),
  content: z.union([Text, z.array(z.discriminatedUnion("type", [InputText, InputImage, OutputText, Refusal]))]),
  status: Status,
  phase: z.enum(["commentary", "final_answer"]).nullable().optional(),
});
const ToolOutput = z.union([Text, z.array(z.discriminatedUnion("type", [InputText, InputImage, EncryptedContent]))]);
const Reasoning = z.strictObject({
  type: z.literal("reasoning"),
  id: Id.optional(),
  summary: z.array(z.strictObject({ type: z.literal("summary_text"), text: Text })),
  content: z
    .array(z.strictObject({ type: z.enum(["reasoning_text", "text"]), text: Text }))
    .nullable()
    .optional(),
  encrypted_content: Text.nullable().optional(),
  status: Status,
});
const FunctionCall = z.strictObject({
  type: z.literal("function_call"),
  id: Id.optional(),
  call_id: Id,
  name: Name,
  namespace: Name.optional(),
  arguments: Text,
  status: Status,
});
const FunctionCallOutput = z.strictObject({
  type: z.literal("function_call_output"),
  id: Id.optional(),
  call_id: Id,
  name: Name.optional(),
  namespace: Name.optional(),
  output: ToolOutput,
  status: Status,
});
const CustomToolCall = z.strictObject({
  type: z.literal("custom_tool_call"),
  id: Id.optional(),
  call_id: Id,
  name: Name,
  namespace: Name.optional(),
  input: Text,
  status: Status,
});
const CustomToolCallOutput = z.strictObject({
  type: z.literal("custom_tool_call_output"),
  id: Id.optional(),
  call_id: Id,
  name: Name.optional(),
  output: ToolOutput,
  status: Status,
});
const LocalShellCall = z.strictObject({
  type: z.literal("local_shell_call"),
  id: Id.optional(),
  call_id: Id.nullable(),
  status: Status,
  action: z.strictObject({
    type: z.literal("exec"),
    command: z.array(Text),
    timeout_ms: z.number().int().nullable().optional(),
    working_directory: Text.nullable().optional(),
    env: z.record(z.string(), z.string()).nullable().optional(),
    user: Text.nullable().optional(),
  }),
});
const LocalShellCallOutput = z.strictObject({
  type: z.literal("local_shell_call_output"),
  id: Id.optional(),
  call_id: Id.optional(),
  output: Text,
  status: Status,
});
const ToolSearchCall = z.strictObject({
  type: z.literal("tool_search_call"),
  id: Id.optional(),
  call_id: Id.nullable(),
  status: Status,
  execution: z.literal("client"),
  arguments: z.unknown(),
});
const ToolSearchOutput = z.strictObject({
  type: z.literal("tool_search_output"),
  id: Id.optional(),
  call_id: Id.nullable(),
  status: Status,
  execution: z.literal("client"),
  tools: z.array(ClientTool).max(512),
});
const AdditionalTools = z.strictObject({
  type: z.literal("additional_tools"),
  id: Id.optional(),
  role: z.literal("developer"),
  tools: z.array(ClientTool).max(512),
});
const Compaction = z.strictObject({ type: z.literal("compaction"), id: Id.optional(), encrypted_content: Text });

const AgentMessage = z.strictObject({
  type: z.literal("agent_message"),
  id: Id.optional(),
  author: Name,
  recipient: Name,
  content: z.array(z.discriminatedUnion("type", [InputText, EncryptedContent])),
});

const InputItem = z.discriminatedUnion("type", [
  AgentMessage,
  Message,
  Reasoning,
  FunctionCall,
  FunctionCallOutput,
  CustomToolCall,
  CustomToolCallOutput,
  LocalShellCall,
  LocalShellCallOutput,
  ToolSearchCall,
  ToolSearchOutput,
  AdditionalTools,
  Compaction,
]);

const TextFormat = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({
    type: z.literal("json_schema"),
    name: Name,
    schema: Free,
    strict: z.boolean().nullable().optional(),
    description: Text.optional(),
  }),
]);
const ToolChoice = z.union([
  z.enum(["auto", "none", "required"]),
  z.strictObject({ type: z.literal("function"), name: Name }),
  z.strictObject({ type: z.literal("custom"), name: Name }),
]);

/** `POST /v1/responses`. `store` is taken only as false; `service_tier` only as what costs no more, and dropped by the caller. */
export const OpenAiResponses = z.strictObject({
  model: Name,
  input: z.union([Text, z.array(InputItem).min(1).max(100_000)]),
  instructions: Text.nullable().optional(),
  tools: z.array(ClientTool).max(1024).optional(),
  tool_choice: ToolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  max_output_tokens: z.number().int().min(1).max(10_000_000).nullable().optional(),
  reasoning: z
    .strictObject({
      effort: Effort.nullable().optional(),
      summary: z.enum(["auto", "concise", "detailed", "none"]).nullable().optional(),
      context: z.enum(["auto", "all_turns", "current_turn"]).optional(),
    })
    .nullable()
    .optional(),
  text: z
    .strictObject({ format: TextFormat.optional(), verbosity: z.enum(["low", "medium", "high"]).nullable().optional() })
    .optional(),
  include: z.array(z.literal("reasoning.encrypted_content")).max(1).optional(),
  store: z.literal(false).optional(),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(2).nullable().optional(),
  top_p: z.number().min(0).max(1).nullable().optional(),
  truncation: z.enum(["auto", "disabled"]).nullable().optional(),
  prompt_cache_key: z.string().max(512).optional(),
  client_metadata: z.record(z.string(), z.string()).optional(),
  service_tier: z.enum(["auto", "default"]).optional(),
});
/** An admitted Responses body. */
export type OpenAiResponses = z.infer<typeof OpenAiResponses>;
