// What a person says about the sandbox, and what can be seen of it on this machine.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SandboxClaim, SKILL_BACKENDS, type SkillBackend } from "@ces/governance-rules";
import type { SandboxObservation } from "@ces/receipts";
import { probeWalls, resolveTool, ROOT_BOX_BASE } from "@ces/sandbox";
import { needLayer, observeProcess, observeWalls } from "@ces/sandbox-layers";
import type { CommandContext } from "../define-command.ts";
import { allowProbe } from "../wire/allow-probe.ts";

/** The claim of the command line with everything that was observed. */
export async function sandboxClaim(ctx: CommandContext): Promise<SandboxClaim> {
  const backend = SKILL_BACKENDS.find((name) => name === ctx.text("sandbox-backend")) ?? "sb_runtime_builtin";
  const production = ctx.flag("production");
  const [by = "", ...why] = ctx.text("i-understand-no-sandbox")?.split(":") ?? [];
  return {
    backend,
    ring: ctx.whole("ring") ?? null,
    production,
    no_sandbox: ctx.text("i-understand-no-sandbox") === undefined ? null : { by: by.trim(), why: why.join(":").trim() },
    observed: await observed(ctx, backend, production || ctx.flag("prove-sandbox")),
    policy_digest: null,
  };
}

async function observed(
  ctx: CommandContext,
  backend: SkillBackend,
  prove: boolean,
): Promise<readonly SandboxObservation[]> {
  const own = observeProcess(ctx.env);
  if (!prove || backend === "none") return own;
  const proved = backend === "sb_runtime_builtin" ? await provedWalls(ctx) : await provedLayer(ctx, backend);
  // One of each source: what was proved stands for the sandbox, what this process is does not.
  return [...proved, ...own.filter(({ source }) => proved.every((one) => one.source !== source))];
}

async function provedWalls(ctx: CommandContext): Promise<readonly SandboxObservation[]> {
  const found = resolveTool("bwrap", { path: ctx.env["PATH"] ?? "", forbiddenRoots: [ctx.cwd] });
  const bwrap = found.kind === "found" ? found.tool.path : undefined;
  return inScratch(async (scratch) => {
    const base = process.geteuid?.() === 0 ? ROOT_BOX_BASE : scratch;
    const run = `receipts-${randomBytes(6).toString("hex")}`;
    const allow = allowProbe(...(bwrap === undefined ? [] : [bwrap]));
    return observeWalls(await probeWalls({ bwrap, base, run, allow }));
  });
}

const READ = ["/usr", "/bin", "/lib", "/lib64", "/etc"];

// The layer runs nothing but its own canaries and `true`.
async function provedLayer(ctx: CommandContext, name: "nono" | "openshell"): Promise<readonly SandboxObservation[]> {
  const env = Object.fromEntries(
    Object.entries(ctx.env).flatMap(([key, value]) =>
      value !== undefined && /^(?:HOME|PATH|OPENSHELL_\w+|XDG_\w+)$/.test(key) ? [[key, value] as const] : [],
    ),
  );
  return inScratch(async (scratch) => {
    const search = { path: ctx.env["PATH"] ?? "", forbiddenRoots: [ctx.cwd], env, scratch };
    const layer = await needLayer(name, search);
    const plan = { argv: ["/bin/true"], workdir: "/", read: READ, write: [], hosts: [], env: {}, timeout_ms: 30_000 };
    const { observed: seen, why } = await layer.run(plan);
    if (why !== null) ctx.log.warn(why);
    return seen;
  });
}

async function inScratch<Of>(work: (folder: string) => Promise<Of>): Promise<Of> {
  const folder = mkdtempSync(join(tmpdir(), "ces-receipts-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
