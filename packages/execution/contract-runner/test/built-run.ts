// A machine for one test, without a test runner: folders of the trust domain, contracts with few words, the run of one. Also used where
// tests run as another user.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { contractSha256, decide, policySha256 } from "@ces/contract";
import type { CommandContract, ContractCommand, CscPolicy, Decided } from "@ces/contract";
import { nobleCrypto } from "@ces/kernel";
import { defaultRunnerConfig, runContract } from "../src/index.ts";
import type { ContractOrder, ContractRun, RunnerPorts } from "../src/index.ts";

/** Writes files below a root: `{'w/a.txt': 'text'}`; a name that ends in / is an empty folder. */
export function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name.endsWith("/") ? name : dirname(name)), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(join(root, name), text);
  }
}

/** Ports for a root: its own trust domain beside the workspace. */
export function scratchPorts(root: string, change: Partial<RunnerPorts> = {}): RunnerPorts {
  const folder = (name: string): string => {
    const path = join(root, "state", name);
    mkdirSync(path, { recursive: true, mode: 0o711 });
    return path;
  };
  mkdirSync(join(root, "state"), { recursive: true });
  chmodSync(join(root, "state"), 0o711);
  return {
    env: { PATH: process.env["PATH"] },
    config: defaultRunnerConfig,
    folders: { boxes: join(folder("."), "boxes"), loans: folder("loans"), approvals: folder("approvals") },
    keepOut: [join(root, "state")],
    protect: [],
    bridge: { node: process.execPath, script: join(import.meta.dirname, "../../sandbox/src/bridge.entry.ts") },
    egress: { resolve: () => Promise.reject(new Error("no names in tests")), isPublic: () => false },
    clock: {
      now: () => new Date().toISOString(),
      epochMs: () => Date.now(),
      monotonicMs: () => performance.now(),
    },
    random: (length) => new Uint8Array(randomBytes(length)),
    crypto: nobleCrypto,
    ...change,
  };
}

/** A command in few words; `argv` or segments. */
export function command(
  argv: readonly string[] | readonly (readonly string[])[],
  cwd: string,
  change: Partial<ContractCommand> = {},
): ContractCommand {
  const segments = typeof argv[0] === "string" ? undefined : (argv as readonly (readonly string[])[]);
  const what =
    segments === undefined
      ? { exec: { argv: argv as readonly string[] } }
      : { pipeline: { segments: segments.map((one) => ({ argv: one })) } };
  return {
    id: "c1",
    ...what,
    cwd,
    read_paths: [],
    write_paths: [],
    network: "deny",
    env_allow: [],
    secret_refs: [],
    timeout_sec: 20,
    proposed_effect_type: "observe",
    ...change,
  } as ContractCommand; // exactly one of exec and pipeline
}

/** A contract of these commands. */
export function contract(commands: readonly ContractCommand[], change: Partial<CommandContract> = {}): CommandContract {
  return {
    version: "csc.v0.1",
    contract_id: "contract-test-0001",
    intent: "i",
    actor: { agent_id: "a", session_id: "s", initiating_user: "u", delegation_scope: "d" },
    commands,
    risk_class: "low",
    approval_mode: "policy_only",
    justification: "j",
    ...change,
  };
}

/** A policy that lets everything be in the workspace of `root`. */
export function policy(root: string, change: Partial<CscPolicy> = {}): CscPolicy {
  return {
    policy_schema_version: "csc.policy.v0.1",
    name: "test",
    allow_commands: ["true"],
    allowed_effect_types: ["observe"],
    allowed_risk_classes: ["low"],
    max_timeout_sec: 600,
    network: "deny",
    allow_secret_refs: true,
    allowed_cwd_prefixes: [join(root, "w")],
    allowed_read_prefixes: [join(root, "w")],
    allowed_write_prefixes: [join(root, "w")],
    ...change,
  };
}

const SEED = new Uint8Array(32).fill(7);

/** A key for receipts. */
export const signer = {
  key_id: "test-key",
  sign: (message: Uint8Array) => nobleCrypto.ed25519Sign(SEED, message),
};

/** The public half of `signer`. */
export const publicKey = nobleCrypto.ed25519PublicKey(SEED);

/** What is run: hardened and without a decision unless told. */
export type ScratchRun = {
  readonly contract: CommandContract;
  readonly policy: CscPolicy;
  readonly mode?: "local" | "hardened";
  readonly decided?: Decided;
  readonly ports: RunnerPorts;
};

/** The order of a run. */
export function order({
  contract: what,
  policy: rules,
  mode = "hardened",
  decided,
}: Omit<ScratchRun, "ports">): ContractOrder {
  return {
    contract: what,
    contract_sha256: contractSha256(what, nobleCrypto),
    policy: rules,
    policy_sha256: policySha256(rules, nobleCrypto),
    mode,
    ...(decided === undefined ? {} : { decided }),
    signer,
    runner_version: "test",
  };
}

/** Runs it. */
export function runScratch(run: ScratchRun): Promise<ContractRun> {
  return runContract(order(run), run.ports);
}

/** Decides as the program would. */
export function decided(what: CommandContract, rules: CscPolicy, mode: "local" | "hardened" = "hardened"): Decided {
  return decide(what, rules, { now: Date.now(), crypto: nobleCrypto, judge: null, mode });
}

/** Runs one command in hardened mode in the workspace of `root`; receipt and output as text. */
export async function runOne(
  root: string,
  one: ContractCommand,
  change: { readonly policy?: Partial<CscPolicy>; readonly ports?: Partial<RunnerPorts> } = {},
): Promise<{ readonly receipt: ContractRun["receipt"]; readonly out: string; readonly err: string }> {
  const { receipt, outputs } = await runScratch({
    contract: contract([one]),
    policy: policy(root, change.policy),
    ports: scratchPorts(root, change.ports),
  });
  return {
    receipt,
    out: outputs.map(({ stdout }) => stdout.toString("utf8")).join(""),
    err: outputs.map(({ stderr }) => stderr.toString("utf8")).join(""),
  };
}
