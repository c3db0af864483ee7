// A contract and a policy with few words, for tests: everything is allowed until something is changed.
import type { CommandContract, ContractCommand, CscPolicy } from "../src/index.ts";
import { decide, type Decided, type DecideOptions } from "../src/index.ts";
import { nobleCrypto } from "@ces/kernel";

export const NOW = Date.UTC(2026, 2, 23, 12);

type Change = { readonly [Name in keyof ContractCommand]?: unknown };

/** A command that runs `argv`, or the segments of a pipeline. */
export function command(
  argv: readonly string[] | readonly (readonly string[])[],
  change: Change = {},
): ContractCommand {
  const run =
    typeof argv[0] === "string" ? { exec: { argv } } : { pipeline: { segments: argv.map((one) => ({ argv: one })) } };
  return {
    id: "c1",
    ...run,
    cwd: "/workspace/repo",
    read_paths: ["/workspace/repo/**"],
    write_paths: [],
    network: "deny",
    env_allow: [],
    secret_refs: [],
    timeout_sec: 10,
    proposed_effect_type: "observe",
    ...change,
  } as unknown as ContractCommand;
}

/** A contract of these commands. */
export function contract(commands: readonly ContractCommand[], change: Partial<CommandContract> = {}): CommandContract {
  return {
    version: "csc.v0.1",
    contract_id: "contract-0001",
    intent: "i",
    actor: { agent_id: "a", session_id: "s", initiating_user: "ursula", delegation_scope: "d" },
    commands,
    risk_class: "low",
    approval_mode: "policy_only",
    justification: "j",
    ...change,
  };
}

/** A policy that lists what the tests run. */
export function policy(change: Partial<CscPolicy> = {}): CscPolicy {
  return {
    policy_schema_version: "csc.policy.v0.1",
    name: "sample",
    allow_commands: ["git", "cat", "grep", "curl", "python3", "timeout", "env", "find", "bash", "node"],
    allowed_effect_types: ["observe", "fetch_external"],
    allowed_risk_classes: ["low", "medium"],
    max_timeout_sec: 30,
    network: "allowlisted",
    allow_secret_refs: false,
    allowed_cwd_prefixes: ["/workspace"],
    allowed_read_prefixes: ["/workspace"],
    allowed_write_prefixes: ["/workspace/out"],
    ...change,
  };
}

/** Decides without the guard. */
export function judged(what: CommandContract, rules: CscPolicy, options: Partial<DecideOptions> = {}): Decided {
  return decide(what, rules, { now: NOW, crypto: nobleCrypto, judge: null, ...options });
}

/** One command under a policy: decision and codes. */
export function answer(
  one: ContractCommand,
  change: Partial<CscPolicy> = {},
  options: Partial<DecideOptions> = {},
): readonly string[] {
  const { decision, reason_codes } = judged(contract([one]), policy(change), options);
  return [decision, ...reason_codes];
}

/** A value as the bytes of a JSON file. */
export function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
}
