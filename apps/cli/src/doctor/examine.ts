// What this machine has and lacks for governed work. Each examination is one finding; none of them shows a key.
import { join } from "node:path";
import { tmpdir } from "node:os";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { activeHalts, newestProofs } from "@ces/engine";
import type { Proof } from "@ces/records";
import { readUserConfig, stateDirectory, type UserConfig } from "@ces/files";
import { isCesError } from "@ces/kernel";
import { probeWalls, resolveTool, ROOT_BOX_BASE } from "@ces/sandbox";
import type { CommandContext } from "../define-command.ts";
import { allowProbe } from "../wire/allow-probe.ts";
import { findRuntime } from "../wire/find-runtime.ts";
import { configDir, homeOf } from "../wire/open-project.ts";
import { withProject } from "../with-project.ts";

/** `ok` false is a fault; null is something that may be missing. */
export type Finding = {
  readonly name: string;
  readonly ok: boolean | null;
  readonly detail: string;
  readonly remedy: string | null;
  /** The command contracts of what was started to find it, by hash. */
  readonly contracts?: readonly StartedUnder[];
};

/** A command contract, its policy and the decision on it, by name and hash. */
type StartedUnder = Readonly<Record<string, string>>;

/** A finding about a program, and which version of it was found. */
export type Versioned = Finding & { readonly version: string | undefined };

/** The user's configuration and what is wrong with it. */
export function examineConfig(ctx: CommandContext): { readonly config: UserConfig; readonly finding: Finding } {
  try {
    const config = readUserConfig(join(configDir(ctx), "config.yaml"));
    return {
      config,
      finding: {
        name: "configuration",
        ok: true,
        detail: Object.keys(config).join(", ") || "none, defaults",
        remedy: null,
      },
    };
  } catch (error) {
    return { config: {}, finding: fault("configuration", error) };
  }
}

/** Node's version against the oldest that works. */
export function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > 22 || (major === 22 && minor >= 18);
  return { name: "node", ok, detail: process.versions.node, remedy: ok ? null : "install node 22.18 or later" };
}

/** git and bubblewrap, outside the project. */
export function examineTool(
  ctx: CommandContext,
  config: UserConfig,
  name: "git" | "bwrap",
): Finding & { readonly path: string | undefined } {
  const override = config.binaries?.[name];
  const found = resolveTool(name, {
    path: ctx.env["PATH"] ?? "",
    forbiddenRoots: [ctx.cwd],
    ...(override === undefined ? {} : { override }),
  });
  const remedy = name === "git" ? "apt-get install git" : "apt-get install bubblewrap";
  if (found.kind === "found") return { name, ok: true, detail: found.tool.path, remedy: null, path: found.tool.path };
  const skipped = found.skipped.map(({ path, why }) => `${path} (${why})`).join(", ");
  return {
    name,
    ok: false,
    detail: skipped === "" ? "not found" : `not found; passed over: ${skipped}`,
    remedy,
    path: undefined,
  };
}

/** Asks the machine by running a box that attacks itself; `version` is bubblewrap's where they hold. */
export async function examineWalls(bwrap: string | undefined): Promise<Versioned> {
  const asRoot = process.geteuid?.() === 0;
  const base = asRoot ? ROOT_BOX_BASE : mkdtempSync(join(tmpdir(), "ces-doctor-"));
  try {
    const run = `doctor-${randomBytes(6).toString("hex")}`;
    const allow = allowProbe(...(bwrap === undefined ? [] : [bwrap]));
    const verdict = await probeWalls({ bwrap, base, run, allow });
    const contracts = verdict.contracts.map(({ ref }) => ref);
    if (verdict.kind === "ok")
      return {
        name: "walls",
        ok: true,
        detail: `bubblewrap ${verdict.version}, ${verdict.facts.length} attacks held`,
        remedy: null,
        version: verdict.version,
        contracts,
      };
    const { detail, remedy, version } = verdict;
    return { name: "walls", ok: false, detail, remedy, version, contracts };
  } finally {
    if (!asRoot) rmSync(base, { recursive: true, force: true });
  }
}

/** A client: found, and in a version that is driven. */
export async function examineRuntime(
  ctx: CommandContext,
  config: UserConfig,
  name: "claude" | "codex",
): Promise<Versioned> {
  const choice = await findRuntime(ctx, { config, repository: { root: ctx.cwd } }, name);
  if (choice.kind === "found")
    return {
      name,
      ok: true,
      detail: `${choice.found.version}, ${choice.found.binary}`,
      remedy: null,
      version: choice.found.version,
      ...(choice.found.asked_under === undefined ? {} : { contracts: [choice.found.asked_under.ref] }),
    };
  return { name, ok: null, detail: choice.text, remedy: choice.remedy, version: undefined };
}

/** Which credentials were given, by name. */
export function examineKeys(ctx: CommandContext, config: UserConfig): Finding {
  const named = ["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "OPENAI_API_KEY"].filter(
    (name) => ctx.secrets.get(name) !== undefined,
  );
  const configured = (config.upstreams ?? []).map(({ vendor, origin }) => `${vendor} at ${origin}`);
  const all = [...named, ...configured];
  const remedy = "export ANTHROPIC_API_KEY or OPENAI_API_KEY";
  return {
    name: "keys",
    ok: all.length > 0 ? true : null,
    detail: all.join(", ") || "none",
    remedy: all.length > 0 ? null : remedy,
  };
}

/** Whether the state folder is ours alone, outside the project. */
export function examineState(ctx: CommandContext): Finding {
  try {
    const detail = stateDirectory({
      xdg_state_home: ctx.env["XDG_STATE_HOME"],
      home: homeOf(ctx),
      project_root: ctx.cwd,
    });
    return { name: "state", ok: true, detail, remedy: null };
  } catch (error) {
    return fault("state", error);
  }
}

/** The project here: opened, and nothing halted; with the newest proof of each machine that was proved in it. */
export async function examineProject(
  ctx: CommandContext,
): Promise<{ readonly finding: Finding; readonly proofs: readonly Proof[] }> {
  try {
    const { halts, proofs } = await withProject(ctx, ({ store }) => ({
      halts: activeHalts(store),
      proofs: newestProofs(store),
    }));
    const [halt] = halts;
    if (halt)
      return {
        proofs,
        finding: {
          name: "project",
          ok: false,
          detail: `halted since ${halt.declared_at}: ${halt.reason}`,
          remedy: "ces emergency status",
        },
      };
    return { proofs, finding: { name: "project", ok: true, detail: "opens, nothing is halted", remedy: null } };
  } catch (error) {
    if (isCesError(error, "NO_PROJECT"))
      return {
        proofs: [],
        finding: { name: "project", ok: null, detail: error.message, remedy: error.remedy ?? null },
      };
    return { proofs: [], finding: fault("project", error) };
  }
}

function fault(name: string, error: unknown): Finding {
  if (!isCesError(error)) throw error;
  return { name, ok: false, detail: `${error.message} [${error.code}]`, remedy: error.remedy ?? null };
}
