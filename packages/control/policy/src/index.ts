// Takes a tool call and the facts of a run, gives a verdict with reasons. Never runs or remembers anything.
export { WORKSPACE } from "./paths.ts";
export { builtInPolicy, type Policy, policyHash } from "./policy.ts";
export { type GateFacts, type Guard, judgeToolCall } from "./tool-gate.ts";
