// The attempt of a change of dependencies: one command of a package manager writes manifest and lockfile, in walls, from the person's
// cache. There is no agent; freeze, checks, evidence, review, decision and merge are those of every delivery (ADR 11).
import { join } from "node:path";
import { makeId } from "@ces/kernel";
import type { DeliverySnapshot, DependencyWish, Effect, Manifest, Reason } from "@ces/records";
import { materialize } from "@ces/workspace";
import { type PreparedBox, prepareBox } from "../box/open-box.ts";
import type { KeptCommand } from "../box/run-command.ts";
import { writeMounts } from "../box/workspace-mount.ts";
import type { EngineContext } from "../context.ts";
import { type Installer, specOf } from "../installers/installer.ts";
import { installerOf } from "../installers/table.ts";
import { commitStep } from "../journal.ts";
import { recallWish } from "../recall.ts";
import { runEntry } from "../run-entry.ts";
import type { HopEnd } from "../thread.ts";
import { runInstaller } from "./install-box.ts";
import { installRecord } from "./install-record.ts";
import { judgeWish } from "./judge-wish.ts";

/** Judges the wish once more and carries it out. A cache that lacks a package ends the attempt without a failure: the person fills it. */
export async function resolveDependencies(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  effect: Effect,
  believed: { readonly manifest: Manifest; readonly hash: string },
): Promise<HopEnd> {
  const wish = recallWish(ctx.store, snapshot.delivery_id);
  if (wish === undefined) return { kind: "waiting", needs: "remedy", blockers: [noWish] };
  const refused = stillRefused(ctx, snapshot, effect, wish);
  if (refused !== undefined) return refused;
  await ctx.verifyToolchain(believed.manifest.toolchain);
  const installer = installerOf(wish.manager);
  const version = believed.manifest.toolchain.find(({ program }) => program === installer.program)?.version ?? "";
  ctx.report({
    kind: "stage",
    stage: "agent",
    status: "started",
    note: `${installer.program} ${version}, ${wish.packages.map((one) => specOf(installer, one)).join(" ")}`,
  });
  const prepared = prepareBox(ctx, {
    run_id: makeId("R", ctx.random),
    purpose: "implement",
    delivery_id: snapshot.delivery_id,
    manifest_hash: believed.hash,
    attempt: snapshot.attempt,
    label: installer.program,
  });
  const ended = await runInstaller(ctx, snapshot, {
    manifest: believed.manifest,
    prepared,
    wish,
    tree: await workTree(ctx, believed.manifest, prepared),
    command: (one, cache) => one.resolve(wish, cache),
  });
  return finish(ctx, { snapshot, effect, installer, wish }, { prepared, ended, version });
}

const noWish: Reason = { code: "RECORD_MISSING", text: "what was to be installed is not recorded" };

/** Advisories may have come since the person asked; what they did not accept is theirs to decide. */
function stillRefused(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  effect: Effect,
  wish: DependencyWish,
): HopEnd | undefined {
  const { stops, asks } = judgeWish(wish, ctx.supply());
  if (stops.length > 0) {
    commitStep(ctx, snapshot, {
      name: "dependencies_refused",
      event: "fail",
      patch: { blockers: stops.map((text) => ({ code: "DEPENDENCY_REFUSED", text })) },
      done: effect,
    });
    return { kind: "moved" };
  }
  const accepted = new Set(wish.accepted?.findings);
  const open = asks.filter((text) => !accepted.has(text));
  if (open.length === 0) return undefined;
  return { kind: "waiting", needs: "approval", blockers: open.map((text) => ({ code: "DEPENDENCY_FINDING", text })) };
}

/** The base tree; only manifest and lockfile are writable. */
async function workTree(ctx: EngineContext, manifest: Manifest, { root, user }: PreparedBox) {
  const source = join(root.path, "tree");
  await materialize({ git: ctx.git, tree: manifest.base_tree, into: source, owner: user });
  const base = await ctx.git.treeFiles(manifest.base_tree);
  return {
    source,
    ...writeMounts(manifest.affected_files, manifest.forbidden_files, base),
    dependencies: [],
    scratch: [],
  };
}

interface Attempt {
  readonly snapshot: DeliverySnapshot;
  readonly effect: Effect;
  readonly installer: Installer;
  readonly wish: DependencyWish;
}

interface Ended {
  readonly prepared: PreparedBox;
  readonly ended: KeptCommand;
  readonly version: string;
}

async function finish(ctx: EngineContext, attempt: Attempt, { prepared, ended, version }: Ended): Promise<HopEnd> {
  const { snapshot, effect } = attempt;
  const record = installRecord(ctx, { order: prepared.order, version, ended });
  const rows = [{ kind: "run" as const, id: record.order.run_id, delivery_id: snapshot.delivery_id, body: record }];
  ctx.report({
    kind: "stage",
    stage: "agent",
    status: record.outcome === "completed" ? "done" : "failed",
    note: record.reason === null ? record.outcome : record.reason.text,
  });
  const { outcome } = ended.end;
  const lacking =
    record.outcome === "crashed" ? cacheLacks(attempt.installer, attempt.wish, ended.end.output) : undefined;
  if (outcome === "halted" || outcome === "interrupted" || lacking !== undefined) {
    await ended.dispose();
    commitStep(ctx, snapshot, {
      name: lacking === undefined ? `run_${outcome}` : "cache_lacks_package",
      event: "resume",
      rows,
      entries: [runEntry(record)],
      done: effect,
    });
    if (lacking !== undefined) return { kind: "waiting", needs: "remedy", blockers: [lacking] };
    return outcome === "halted"
      ? { kind: "halted", blockers: [{ code: "HALTED", text: "the run was stopped by a halt" }] }
      : { kind: "interrupted" };
  }
  commitStep(ctx, snapshot, {
    name: "run_ended",
    rows,
    entries: [runEntry(record)],
    done: effect,
    next: [{ name: "freeze", input: { tree_dir: join(prepared.root.path, "tree"), run_id: record.order.run_id } }],
  });
  return { kind: "moved" };
}

/** The package that the person's cache lacks, and what they type; undefined when something else is wrong. */
export function cacheLacks(
  installer: Installer,
  wish: DependencyWish,
  output: string,
  step: "resolve" | "install" = "resolve",
): Reason | undefined {
  const named = installer.missing(output);
  if (named === null) return undefined;
  const spec = wish.packages.find(({ name }) => name === named);
  // SECURITY: what the manager names comes out of packages; a name that is none is not put into a command line.
  const shown = spec === undefined ? (PLAIN.test(named) ? named : "PACKAGE") : specOf(installer, spec);
  const fetched = `fetch it yourself: ${installer.fill(shown)}, then: ces continue`;
  const what =
    step === "resolve"
      ? `does not hold \`${shown}\`; ${fetched}`
      : `does not hold what the lockfile pins as \`${shown}\`; ${fetched}; if it is fetched already, the lockfile pins other content than the registry serves, and nothing may be installed from it`;
  return { code: "DEPS_CACHE_MISSING", text: `your ${installer.program} cache ${what}` };
}

const PLAIN = /^@?[A-Za-z0-9][\w.~/@+-]{0,250}$/;
