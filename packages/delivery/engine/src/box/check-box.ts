// One execution of a check in a box of its own: a fresh tree, no network, no keys (S05, S12).
import { join } from "node:path";
import { makeId } from "@ces/kernel";
import type { CheckExecution, CheckSpec, DeliverySnapshot, Manifest, MergeCandidate } from "@ces/records";
import { DEFAULT_LIMITS, INSIDE } from "@ces/sandbox";
import { dependencyFolders, materialize, parseCheckOutput } from "@ces/workspace";
import type { EngineContext } from "../context.ts";
import type { InstalledCandidate } from "../deps/install-candidate.ts";
import type { HopEnd } from "../thread.ts";
import { prepareBox } from "./open-box.ts";
import { type CommandEnd, runCommand } from "./run-command.ts";
import { toolMounts } from "./tool-mounts.ts";

/** Whose packages a check sees: those of the candidate's own lockfile, or those of the checkout. */
export type Packages = InstalledCandidate | { readonly kind: "as_checked_out" };

/** A sealed check and what it is run on. */
export interface OneCheck {
  readonly manifest: Manifest;
  readonly candidate: MergeCandidate;
  readonly spec: CheckSpec;
  readonly packages: Packages;
}

/** Which tree, and what it stands for. */
export interface Variant {
  readonly variant: CheckExecution["variant"];
  readonly tree: string;
}

/** One execution in its own box. */
export async function execute(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  { manifest, spec, packages }: OneCheck,
  { variant, tree }: Variant,
): Promise<CheckExecution | HopEnd> {
  const run_id = makeId("R", ctx.random);
  ctx.report({
    kind: "check",
    check_id: spec.check_id,
    variant,
    status: "started",
    duration_ms: 0,
    note: spec.argv.join(" "),
  });
  const prepared = prepareBox(ctx, {
    run_id,
    purpose: "check",
    delivery_id: snapshot.delivery_id,
    manifest_hash: snapshot.manifest_hash ?? "",
    attempt: snapshot.attempt,
    label: `${spec.check_id} ${variant}`,
  });
  const source = join(prepared.root.path, "tree");
  await materialize({ git: ctx.git, tree, into: source, owner: prepared.user });
  const [program = "", ...args] = spec.argv;
  const toolchain = toolMounts(manifest.toolchain);
  const end = await runCommand(ctx, snapshot, prepared, {
    manifest,
    tools: toolchain.mounts,
    command: ["/usr/bin/env", "--", program, ...args],
    cwd: spec.cwd === "." ? INSIDE.workspace : `${INSIDE.workspace}/${spec.cwd}`,
    env: { PATH: toolchain.path, CI: "1", NO_COLOR: "1" },
    tree: {
      source,
      writable: [{ kind: "dir", path: "" }],
      protect: [],
      // The base is measured with what the checkout has.
      dependencies: packages.kind === "installed" && variant !== "base" ? packages.mounts : await binds(ctx, manifest),
      scratch: [],
    },
    home: { kind: "tmpfs", bytes: 64 << 20 },
    files: {},
    masks: [],
    gates: [],
    limits: {
      ...DEFAULT_LIMITS,
      wall_ms: spec.timeout_seconds * 1000,
      disk_bytes: manifest.budgets.disk_bytes,
      disk_inodes: manifest.budgets.inodes,
    },
  });
  if (end.outcome === "halted")
    return { kind: "halted", blockers: [{ code: "HALTED", text: "a check was stopped by a halt" }] };
  if (end.outcome === "interrupted") return { kind: "interrupted" };
  const run = execution(spec, { variant, tree }, run_id, end);
  // What the check means is reported once, for the candidate as it is; the other variants only say how they ended.
  if (variant !== "as_is")
    ctx.report({
      kind: "check",
      check_id: spec.check_id,
      variant,
      status: run.outcome === "passed" ? "passed" : run.outcome === "not_run" ? "not_run" : "failed",
      duration_ms: run.duration_ms,
      note: run.outcome,
    });
  return run;
}

async function binds(ctx: EngineContext, manifest: Manifest) {
  const base = await ctx.git.treeFiles(manifest.base_tree);
  const found = dependencyFolders({
    checkoutRoot: ctx.places.project_root,
    baseFiles: base,
    home: ctx.home,
    trusted: [ctx.places.state_dir],
  });
  return found.binds.map((bind) => ({ source: bind.source, at: bind.path, checkout: ctx.places.project_root }));
}

function execution(spec: CheckSpec, { variant, tree }: Variant, run_id: string, end: CommandEnd): CheckExecution {
  const counts = spec.summary_format === "exit" ? null : parseCheckOutput(spec.summary_format, end.output);
  return {
    variant,
    tree,
    run_id,
    exit_code: end.exit_code,
    outcome: outcomeOf(spec, end, counts !== null),
    counts,
    duration_ms: end.duration_ms,
    output_sha256: end.output_sha256,
    output_tail: end.output.slice(-8000),
  };
}

function outcomeOf(spec: CheckSpec, end: CommandEnd, hasSummary: boolean): CheckExecution["outcome"] {
  if (end.outcome === "timed_out") return "timed_out";
  if (end.outcome !== "exited") return "not_run";
  if (end.exit_code !== 0) return "failed";
  return hasSummary || spec.summary_format === "exit" ? "passed" : "no_summary";
}
