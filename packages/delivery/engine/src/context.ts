// Everything the engine is given. It reaches for nothing: no environment, no clock, no platform package.
import type { Clock, Crypto, Json, Random } from "@ces/kernel";
import type { Ask, Blobs, ExportBase, GitCheckout, KeyRing, Lease, Report, Signer, Store } from "@ces/ports";
import type { Consent } from "@ces/approvals";
import type { InstallGround, Mode } from "@ces/guard";
import type { Guard, Policy } from "@ces/policy";
import type { ConsentProof, GateType, RuntimeName, Toolchain } from "@ces/records";
import type { Runtime } from "@ces/runtimes";
import type { ContractedRun } from "./box/contract-run.ts";
import type { UpstreamChoice } from "./box/gateway-session.ts";
import type { ProjectChain } from "./receipts/project-chain.ts";
import type { Installer, PackageCache } from "./installers/installer.ts";

/** Where things of this project are on this machine. All absolute, all resolved before the engine starts. */
export interface Places {
  readonly project_id: string;
  readonly project_root: string;
  readonly git_dir: string;
  /** Trust domain of this project: 0700, ours, outside the project. */
  readonly state_dir: string;
  /** Parent of box directories; each is 0700 and owned by the uid that the box runs as. */
  readonly boxes_dir: string;
}

/** Programs of the host that CES itself starts: absolute, outside every project (S24). */
export interface HostTools {
  readonly bwrap: string;
  readonly git: string;
  readonly node: string;
  /** The bundled or source file of the in-box bridge and of the gateway process. */
  readonly bridge_entry: string;
  readonly gateway_entry: string;
}

/** A client that was found and probed. */
export interface RuntimeOnHost {
  readonly runtime: Runtime;
  /** The native file. */
  readonly binary: string;
  readonly version: string;
  /** The command contract that its version was asked under; absent when the answer was remembered, for then nothing was started. */
  readonly asked_under?: ContractedRun;
}

export type RuntimeChoice =
  | { readonly kind: "found"; readonly found: RuntimeOnHost }
  | { readonly kind: "missing"; readonly code: string; readonly text: string; readonly remedy: string };

/** What the person who consents says, with what CES observed about them. */
export interface ConsentAnswer {
  /** `stale`: said about other evidence than what stands now. */
  readonly decision: "approve" | "reject" | "none" | "stale";
  readonly consent: Consent;
  /** The signature behind `consent.as`, if its key signed. */
  readonly proof: ConsentProof | null;
  readonly reason: string;
}

/** What is put in front of whoever consents. */
export interface ConsentRequest {
  readonly delivery_id: string;
  readonly evidence_id: string;
  readonly evidence_hash: string;
  readonly required_gate: GateType;
  readonly gate_reasons: readonly string[];
  readonly color: string;
  readonly summary: string;
}

export interface EngineContext {
  readonly store: Store;
  readonly lease: Lease;
  /** File that each box of this delivery keeps locked while it lives. */
  readonly box_lock: string;
  readonly git: GitCheckout;
  readonly blobs: Blobs;
  readonly signer: Signer;
  readonly keys: KeyRing;
  /** The project's chain of signed receipts. */
  readonly receipts: ProjectChain;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly random: Random;
  readonly places: Places;
  readonly tools: HostTools;
  /** Resolves the programs that checks name, outside the project. Throws TOOLCHAIN_MISSING (exit 5). */
  toolchain(programs: readonly string[]): Promise<Toolchain>;
  /** Holds the sealed programs against the files that are there now. Throws TOOLCHAIN_CHANGED (exit 5). */
  verifyToolchain(toolchain: Toolchain): Promise<void>;
  readonly policy: Policy;
  readonly policy_hash: string;
  readonly guards: readonly Guard[];
  /** How the command guard answers in every run; `observe` writes down what it would have said and lets the walls decide. */
  readonly guard_mode: Mode;
  /** What is known of packages, and what a person granted. Read anew each time. Throws GUARD_RULES for grants that somebody changed. */
  supply(): InstallGround;
  /** The person's own cache of a package manager. Throws DEPS_NO_CACHE when there is none. */
  packageCache(installer: Installer): PackageCache;
  readonly owner: string;
  /** Demo scratch copy: the only place where a replay may merge (S38). */
  readonly demo: boolean;
  runtime(name: RuntimeName): Promise<RuntimeChoice>;
  upstream(vendor: "anthropic" | "openai"): UpstreamChoice;
  /** The model that a runtime is given when nobody named one. */
  defaultModel(name: RuntimeName, request: string): Promise<string>;
  /** HOME and other places that no dependency folder may hold (S13). */
  readonly home: string;
  /** Loads the cassette of a replay run: closed schema, from the installation or an explicit path (S38). */
  cassette(path: string): Promise<Json>;
  /** Reviewers in order of preference. */
  roster(): Promise<readonly { readonly runtime: RuntimeName; readonly model: string }[]>;
  /** Writes the private git directory of a run: the base commit and nothing else (S19). */
  exportBase(request: ExportBase): Promise<void>;
  /** Walks the whole ledger and every row it commits to. Throws LEDGER_* (exit 4) or KEY_MISMATCH (exit 5). */
  auditLedger(): void;
  consent(request: ConsentRequest): Promise<ConsentAnswer>;
  readonly report: Report;
  readonly ask: Ask;
  /** Aborted by Ctrl-C: the run ends interrupted, everything journalled stays. */
  readonly signal: AbortSignal;
}
