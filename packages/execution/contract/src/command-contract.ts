// What an agent asks for: argv arrays with their scope, never a shell text. Source: spec/csc.md §1.2.

/** The least and the most network a command may have, in this order. */
export type NetworkMode = "deny" | "allowlisted" | "full";

/** The agent's label of the whole contract. */
export type RiskClass = "low" | "medium" | "high" | "critical";

/** Whose decision the contract itself asks for. */
export type ApprovalMode = "policy_only" | "human_required" | "dual_control_required";

/** The effects an agent may claim. A decision may speak of richer ones. */
export type EffectType = "observe" | "transform_local" | "fetch_external" | "mutate_repo" | "deploy" | "touch_secrets";

/** Program and arguments, passed as they are. */
export type Argv = readonly string[];

/** One process. */
export type ExecPart = { readonly argv: Argv };

/** What every command declares, whatever it starts. Omission means nothing is granted. */
export type CommandScope = {
  /** Unique in the contract; receipts name commands by it. */
  readonly id: string;
  readonly cwd: string;
  readonly read_paths: readonly string[];
  readonly write_paths: readonly string[];
  readonly network: NetworkMode;
  /** Names of variables wanted from the runner's environment. */
  readonly env_allow: readonly string[];
  /** Names of secrets wanted; a value never stands in a contract. */
  readonly secret_refs: readonly string[];
  /** Wall clock, whole seconds, for a pipeline as a whole. */
  readonly timeout_sec: number;
  readonly proposed_effect_type: EffectType;
};

/** One process, or several joined by pipes that share one scope. */
export type ContractCommand = CommandScope &
  (
    | { readonly exec: ExecPart; readonly pipeline?: never }
    | { readonly exec?: never; readonly pipeline: { readonly segments: readonly ExecPart[] } }
  );

/** Who acts, as the agent's host states it. */
export type ContractActor = {
  readonly agent_id: string;
  readonly session_id: string;
  readonly initiating_user: string;
  readonly delegation_scope: string;
};

/** A contract that passed the door: schema, limits, unique command ids, no `.` or `..` segment, no NUL. */
export type CommandContract = {
  readonly version: "csc.v0.1";
  readonly contract_id: string;
  readonly intent: string;
  readonly actor: ContractActor;
  readonly commands: readonly ContractCommand[];
  readonly risk_class: RiskClass;
  readonly approval_mode: ApprovalMode;
  readonly expected_outputs?: readonly string[];
  /** Untrusted text for people; decides nothing. */
  readonly justification: string;
};

/** The argv of a command in the order they run: one, or one for each segment. */
export function argvsOf(command: ContractCommand): readonly Argv[] {
  return command.exec === undefined ? command.pipeline.segments.map(({ argv }) => argv) : [command.exec.argv];
}
