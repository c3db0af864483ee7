// Runtimes: how agents' own clients are started in a box and driven through the tool gate.
export { completionBlock, completionTag } from "./completion-block.ts";
export { driveAgent, maxLineBytes, splitLines, type AgentHost, type AgentIo } from "./drive.ts";
export { completionInstructions, completionPrompt, type PromptFacts } from "./prompt.ts";
export { runtimeNamed, runtimes } from "./registry.ts";
export { readCassette } from "./replay/conversation.ts";
export type { Cassette, CassetteStep } from "./replay/cassette.schema.ts";
export {
  defineRuntime,
  type AgentBox,
  type AgentEnd,
  type AgentEvent,
  type AgentTask,
  type Conversation,
  type EndReason,
  type LaunchPlan,
  type PlayedModel,
  type ProgramMount,
  type Runtime,
  type Step,
  type ToolDecision,
} from "./runtime.ts";
export { supportedVersion, type Support } from "./support.ts";
