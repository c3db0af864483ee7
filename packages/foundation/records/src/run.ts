// A run: one process tree in one box, whatever its purpose (DESIGN §2: agents, checks, reviewers and probes alike).
import { z } from "zod";
import { Count, HeldBy, Instant, ReasonCode, RuntimeName, Sha256Hex } from "./scalar.schema.ts";

export const Purpose = z.enum(["implement", "check", "review", "probe", "correct"]);
export type Purpose = z.infer<typeof Purpose>;

/** What is to be done, for whom, under which manifest. */
export const WorkOrder = z.strictObject({
  run_id: z.string(),
  purpose: Purpose,
  delivery_id: z.string(),
  manifest_hash: Sha256Hex,
  attempt: z.number().int().min(1),
  label: z.string(),
});
export type WorkOrder = z.infer<typeof WorkOrder>;

/** How a process is found again, and never mistaken for another (S18, S33). */
export const RunHandle = z.strictObject({ pid: z.number().int().min(1), start_ticks: Count, boot_id: z.string() });
export type RunHandle = z.infer<typeof RunHandle>;

/** A limit as it was asked and as it was found to hold. */
export const RunLimit = z.strictObject({ name: z.string(), asked: z.string(), bound: z.boolean(), held_by: HeldBy });
export type RunLimit = z.infer<typeof RunLimit>;

/** Tokens, money and requests. Input excludes cache reads. */
export const Usage = z.strictObject({
  requests: Count,
  input_tokens: Count,
  cache_read_tokens: Count,
  cache_write_tokens: Count,
  output_tokens: Count,
  reasoning_tokens: Count,
  /** Null when a model of the run has no price. */
  cost_microusd: Count.nullable(),
  /** What budgets are charged with: settled usage plus reservations that never settled. */
  charged_tokens: Count,
  agents: Count,
});
export type Usage = z.infer<typeof Usage>;

export const RunOutcome = z.enum([
  "completed",
  "interrupted",
  "halted",
  "budget_spent",
  "timed_out",
  "idle",
  "api_error",
  "crashed",
  "setup_failed",
  "gate_bypassed",
  "stream_forged",
  "max_turns",
  "disk_full",
]);
export type RunOutcome = z.infer<typeof RunOutcome>;

/** Names the command contract that a box runs under, its policy and the decision on it: what a receipt of the run joins by. */
export const CommandContractRef = z.strictObject({
  contract_id: z.string(),
  contract_sha256: Sha256Hex,
  /** Name of the policy: the tier's pack. */
  policy: z.string(),
  policy_sha256: Sha256Hex,
  decision_sha256: Sha256Hex,
  /** Nothing else starts a box. */
  decision: z.literal("allow"),
});
export type CommandContractRef = z.infer<typeof CommandContractRef>;

/** The canonical texts that the hashes of a `CommandContractRef` are over, JSON. */
export const CommandContractTexts = z.strictObject({ contract: z.string(), policy: z.string(), decision: z.string() });
export type CommandContractTexts = z.infer<typeof CommandContractTexts>;

/** The started row: written before the box is told to go. */
export const RunStarted = z.strictObject({
  order: WorkOrder,
  handle: RunHandle,
  box_dir: z.string(),
  started_at: Instant,
  /** Absent in rows from before command contracts. */
  command_contract: CommandContractRef.exactOptional(),
  command_contract_texts: CommandContractTexts.exactOptional(),
});
export type RunStarted = z.infer<typeof RunStarted>;

/** The whole story of a finished run. */
export const RunRecord = z.strictObject({
  schema: z.literal("ces.run/v1"),
  order: WorkOrder,
  runtime: z.union([RuntimeName, z.literal("none")]),
  runtime_version: z.string(),
  model: z.string(),
  reported_model: z.string(),
  session_id: z.string(),
  outcome: RunOutcome,
  exit_code: z.number().int().nullable(),
  reason: z.strictObject({ code: ReasonCode, text: z.string() }).nullable(),
  usage: Usage,
  limits: z.array(RunLimit),
  tool_gate: z.strictObject({ asked: Count, allowed: Count, denied: Count }),
  /** Count and hash of the last decision row of this run. */
  decisions: z.strictObject({ count: Count, head: Sha256Hex.nullable() }),
  transcript: z.strictObject({ sha256: Sha256Hex, bytes: Count }).nullable(),
  final_text: z.string().max(64_000),
  started_at: Instant,
  ended_at: Instant,
  duration_ms: Count,
  /** Absent in records from before command contracts. */
  command_contract: CommandContractRef.exactOptional(),
});
export type RunRecord = z.infer<typeof RunRecord>;

/** A reservation or its settlement, journalled before a request is forwarded (S08). */
export const MeterEntry = z.strictObject({
  meter_id: z.string(),
  run_id: z.string(),
  kind: z.enum(["reserve", "settle"]),
  model: z.string(),
  tokens: Count,
  cost_microusd: Count.nullable(),
  input_tokens: Count,
  cache_read_tokens: Count,
  cache_write_tokens: Count,
  output_tokens: Count,
  reasoning_tokens: Count,
  at: Instant,
});
export type MeterEntry = z.infer<typeof MeterEntry>;
