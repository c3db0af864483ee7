// The engine of one delivery, wired to this machine: lease, recovery, tools, clients, keys, consent.
import { existsSync, realpathSync } from "node:fs";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { type EngineContext, entry, type HostTools, type UpstreamChoice } from "@ces/engine";
import { readOwned, rememberFacts } from "@ces/files";
import { type NamedUpstream, resolveUpstream } from "@ces/gateway";
import { guardPlaces, readGuardConfig } from "@ces/hooks";
import { CesError, redactText } from "@ces/kernel";
import { builtInPolicy, policyHash } from "@ces/policy";
import type { RuntimeName } from "@ces/records";
import { protectedPaths } from "@ces/workspace";
import type { CommandContext } from "../define-command.ts";
import { auditLedger } from "./audit-ledger.ts";
import { cassetteFor, loadCassette } from "./cassettes.ts";
import { type ConsentFlags, giveConsent } from "./consent.ts";
import { findRuntime } from "./find-runtime.ts";
import { hostEntries } from "./host-entries.ts";
import { requireTool } from "./find-tools.ts";
import { nodeClock } from "./node-clock.ts";
import type { Project } from "./open-project.ts";
import { packageCache } from "./package-cache.ts";
import { projectChain } from "./project-chain.ts";
import { supplyGround } from "./supply-ground.ts";
import { takeLease } from "./take-lease.ts";
import { resolveToolchain, verifyToolchain } from "./toolchain.ts";

export interface EngineOptions {
  readonly delivery_id: string;
  readonly consent: ConsentFlags;
  /** Only `ces demo` sets it, in the scratch copy that it made itself (S38). */
  readonly demo: boolean;
}

export interface OpenEngine {
  readonly engine: EngineContext;
  release(): void;
}

/** Takes the lease, ends what a dead driver left, and gives the engine. Throws DELIVERY_BUSY (exit 3), TOOLCHAIN_MISSING, WALLS_UNAVAILABLE. */
export async function openEngine(ctx: CommandContext, project: Project, options: EngineOptions): Promise<OpenEngine> {
  const tools = hostTools(ctx, project);
  const lease = await takeLease(ctx, project, options.delivery_id);
  showChanges(ctx, project, tools);
  const policy = builtInPolicy(protectedPaths.map(({ glob }) => glob));
  const search = { path: ctx.env["PATH"] ?? "", forbiddenRoots: [project.repository.root] };
  const found = new Map<RuntimeName, ReturnType<typeof findRuntime>>();
  const runtime = (name: RuntimeName): ReturnType<typeof findRuntime> => {
    const known = found.get(name) ?? findRuntime(ctx, project, name);
    found.set(name, known);
    return known;
  };
  const engine: EngineContext = {
    store: project.store,
    lease,
    box_lock: project.leases.boxLockFile(options.delivery_id),
    git: project.git,
    blobs: project.blobs,
    signer: project.keys.signer,
    keys: project.keys.ring,
    receipts: projectChain(project),
    crypto: nodeCrypto,
    clock: nodeClock,
    random: randomBytes,
    places: {
      project_id: project.project_id,
      project_root: project.repository.root,
      git_dir: project.repository.git_dir,
      state_dir: project.state_dir,
      boxes_dir: project.boxes_dir,
    },
    tools,
    toolchain: (programs) =>
      resolveToolchain(programs, ["node", "python3", "git"], {
        ...search,
        home: realHome(project.home),
        known: project.known,
      }),
    verifyToolchain: (toolchain) =>
      verifyToolchain(toolchain, { ...search, home: realHome(project.home), known: project.known }),
    policy,
    policy_hash: policyHash(policy, nodeCrypto),
    guards: [],
    guard_mode: guardMode(ctx),
    supply: () => supplyGround(ctx.env),
    packageCache: (installer) => packageCache(installer, ctx.env, realHome(project.home)),
    owner: project.user,
    demo: options.demo,
    home: project.home,
    runtime,
    upstream: (vendor) => upstreamOf(ctx, project, vendor),
    defaultModel: async (name, request) => defaultModel(project, name, request),
    roster: () => roster(project, runtime, ctx),
    cassette: async (reference) => loadCassette(reference),
    exportBase: (request) => project.repositories.exportBase(request),
    auditLedger: () => auditLedger(project),
    consent: (request) => giveConsent(ctx, project, options.consent, request),
    report: ctx.report,
    ask: ctx.ask,
    signal: ctx.signal,
  };
  return { engine, release: () => lease.release() };
}

// Settings that cannot be read are the built-in ones, never "off"; `ces guard doctor` says so.
const guardMode = ({ env }: CommandContext): EngineContext["guard_mode"] =>
  readGuardConfig(guardPlaces({ HOME: env["HOME"], XDG_CONFIG_HOME: env["XDG_CONFIG_HOME"] }).config).config.mode;

const realHome = (home: string): string => (existsSync(home) ? realpathSync(home) : home);

function hostTools(ctx: CommandContext, project: Project): HostTools {
  const override = project.config.binaries?.bwrap;
  const search = {
    path: ctx.env["PATH"] ?? "",
    forbiddenRoots: [project.repository.root],
    ...(override === undefined ? {} : { override }),
  };
  return {
    bwrap: requireTool("bwrap", search, { code: "WALLS_UNAVAILABLE", remedy: "apt-get install bubblewrap" }),
    git: project.git_binary,
    node: process.execPath,
    ...hostEntries(),
  };
}

/** What grants power and is not what it was at the last run is said before it is used (S07, S24). */
function showChanges(ctx: CommandContext, project: Project, tools: HostTools): void {
  const facts = {
    bwrap: tools.bwrap,
    git: tools.git,
    node: tools.node,
    anthropic_base_url: ctx.env["ANTHROPIC_BASE_URL"] ?? "",
    openai_base_url: ctx.env["OPENAI_BASE_URL"] ?? "",
    upstreams: (project.config.upstreams ?? []).map(({ vendor, origin }) => `${vendor} ${origin}`).join(", "),
    claude_bin: ctx.env["CES_CLAUDE_BIN"] ?? project.config.binaries?.claude ?? "",
    codex_bin: ctx.env["CES_CODEX_BIN"] ?? project.config.binaries?.codex ?? "",
    state: project.state_dir,
  };
  for (const text of project.repository.notes) ctx.report({ kind: "note", level: "warning", text });
  const changes = rememberFacts(project.state_dir, facts).map(({ name, before, now }) =>
    redactText(`${name}: ${before ?? "unset"} → ${now ?? "unset"}`),
  );
  for (const change of changes)
    ctx.report({ kind: "note", level: "warning", text: `changed since the last run: ${change}` });
  if (changes.length > 0) recordChanges(project, changes);
}

function recordChanges(project: Project, changes: readonly string[]): void {
  const said = entry("harness_change", null, `changed since the last run: ${changes.length}`, {
    rationale: changes.join("; "),
  });
  const result = project.store.commit({
    delivery_id: null,
    expected_version: null,
    fence: null,
    snapshot: null,
    entries: [said],
    effects: [],
    effects_done: [],
    rows: [],
  });
  if (result.kind === "refused")
    throw new CesError("STEP_REFUSED", `the change was not recorded: ${result.detail}`, { remedy: "ces audit verify" });
}

function upstreamOf(ctx: CommandContext, project: Project, vendor: "anthropic" | "openai"): UpstreamChoice {
  const variables = ["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "OPENAI_API_KEY"] as const;
  const keys = Object.fromEntries(
    variables.flatMap((name) => (ctx.secrets.get(name) === undefined ? [] : [[name, ctx.secrets.get(name) ?? ""]])),
  );
  const urls = Object.fromEntries(
    (["ANTHROPIC_BASE_URL", "OPENAI_BASE_URL"] as const).flatMap((name) =>
      ctx.env[name] === undefined ? [] : [[name, ctx.env[name] ?? ""]],
    ),
  );
  const upstreams = (project.config.upstreams ?? []).map((one): NamedUpstream => ({
    vendor: one.vendor,
    url: one.origin,
    key: one.key ?? keyOf(one.key_file ?? ""),
  }));
  return resolveUpstream({ vendor, env: { ...keys, ...urls }, userConfig: { upstreams } });
}

/** A key file is ours alone, like every file that grants. Throws STATE_UNSAFE, KEY_MISSING. */
function keyOf(file: string): string {
  const bytes = readOwned(file, { maxBytes: 8192 });
  if (bytes === undefined)
    throw new CesError("KEY_MISSING", `the key file \`${file}\` does not exist`, {
      remedy: "correct key_file in your configuration",
    });
  return Buffer.from(bytes).toString("utf8").trim();
}

const builtInModels = { claude: "claude-sonnet-4-6", codex: "gpt-5.5" } as const;

function defaultModel(project: Project, name: RuntimeName, request: string): string {
  if (name === "claude" || name === "codex") return project.config.models?.[name] ?? builtInModels[name];
  const reference = cassetteFor(request);
  if (reference === undefined)
    throw new CesError("CASSETTE_MISSING", "no cassette of the installation answers this request", {
      remedy: "--cassette FILE, or --runtime claude",
    });
  return reference;
}

const builtInRoster = [
  { runtime: "claude", model: "claude-haiku-4-5" },
  { runtime: "codex", model: "gpt-5.4" },
  { runtime: "claude", model: "claude-opus-4-5" },
  { runtime: "claude", model: "claude-sonnet-4-6" },
  { runtime: "codex", model: "gpt-5.5" },
] as const;

/** Reviewers that can be started here and have a key; a replayed delivery is reviewed by its own cassette. */
async function roster(
  project: Project,
  runtime: (name: RuntimeName) => ReturnType<typeof findRuntime>,
  ctx: CommandContext,
): ReturnType<EngineContext["roster"]> {
  const named = project.config.roster ?? builtInRoster;
  const usable = await Promise.all(
    (["claude", "codex"] as const).map(async (name) => ({
      name,
      ok:
        (await runtime(name)).kind === "found" &&
        upstreamOf(ctx, project, name === "claude" ? "anthropic" : "openai").kind === "upstream",
    })),
  );
  return named.filter((entry) => usable.some(({ name, ok }) => ok && name === entry.runtime));
}
