// The packages of a frozen candidate, installed for its checks: exactly what its lockfile pins, hashes compared by the manager, scripts
// off, in walls. The folder is shown to the checks read-only and goes away with the box.
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { makeId } from "@ces/kernel";
import type { DeliverySnapshot, DependencyWish, Manifest, MergeCandidate, Reason, RunRecord } from "@ces/records";
import type { DependencyMount } from "@ces/sandbox";
import { materialize } from "@ces/workspace";
import { prepareBox } from "../box/open-box.ts";
import type { EngineContext } from "../context.ts";
import { installerOf } from "../installers/table.ts";
import { commitRows } from "../journal.ts";
import { runEntry } from "../run-entry.ts";
import type { HopEnd } from "../thread.ts";
import { runInstaller } from "./install-box.ts";
import { installRecord } from "./install-record.ts";
import { cacheLacks } from "./resolve-dependencies.ts";

/** What to install. */
export interface CandidateInstall {
  readonly manifest: Manifest;
  readonly candidate: MergeCandidate;
  readonly wish: DependencyWish;
}

/** The folder of packages; or that this ecosystem has none; or that the lockfile cannot be installed; or that nothing can be said yet. */
export type InstalledCandidate =
  | { readonly kind: "installed"; readonly mounts: readonly DependencyMount[]; dispose(): Promise<void> }
  | { readonly kind: "no_folder" }
  | { readonly kind: "refused" }
  | { readonly kind: "stopped"; readonly end: HopEnd };

/** Label of these runs; `installRuns` finds them again. */
const LABEL = "install from the lockfile";

/** Installs it and records the run. */
export async function installCandidate(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  { manifest, candidate, wish }: CandidateInstall,
): Promise<InstalledCandidate> {
  const installer = installerOf(wish.manager);
  const { install } = installer;
  if (install === null) return { kind: "no_folder" };
  const prepared = prepareBox(ctx, {
    run_id: makeId("R", ctx.random),
    purpose: "check",
    delivery_id: snapshot.delivery_id,
    manifest_hash: snapshot.manifest_hash ?? "",
    attempt: snapshot.attempt,
    label: labelOf(candidate.tree),
  });
  const source = join(prepared.root.path, "tree");
  await materialize({ git: ctx.git, tree: candidate.tree, into: source, owner: prepared.user });
  const ended = await runInstaller(ctx, snapshot, {
    manifest,
    prepared,
    wish,
    tree: { source, writable: [{ kind: "dir", path: "" }], protect: [], dependencies: [], scratch: [] },
    command: (_, cache) => install.command(cache),
  });
  const record = installRecord(ctx, { order: prepared.order, version: versionOf(manifest, installer.program), ended });
  commitRows(ctx, snapshot, {
    rows: [{ kind: "run", id: record.order.run_id, delivery_id: snapshot.delivery_id, body: record }],
    entries: [runEntry(record)],
  });
  if (record.outcome === "completed") {
    const folder = join(source, install.folder);
    const mount = { source: folder, at: install.folder, checkout: source };
    // A project whose last package was removed has none.
    const there = lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
    return { kind: "installed", mounts: there ? [mount] : [], dispose: ended.dispose };
  }
  await ended.dispose();
  return notInstalled(record, cacheLacks(installer, wish, ended.end.output, "install"));
}

function notInstalled({ outcome }: RunRecord, lacking: Reason | undefined): InstalledCandidate {
  if (outcome === "halted")
    return {
      kind: "stopped",
      end: { kind: "halted", blockers: [{ code: "HALTED", text: "an install was stopped by a halt" }] },
    };
  if (outcome === "interrupted") return { kind: "stopped", end: { kind: "interrupted" } };
  if (outcome === "crashed" && lacking !== undefined)
    return { kind: "stopped", end: { kind: "waiting", needs: "remedy", blockers: [lacking] } };
  return { kind: "refused" };
}

/** The last install of this very tree; undefined when there was none. */
export const installOf = (runs: readonly RunRecord[], tree: string): RunRecord | undefined =>
  runs.findLast(({ order }) => order.label === labelOf(tree));

const labelOf = (tree: string): string => `${LABEL} of ${tree.slice(0, 12)}`;

const versionOf = ({ toolchain }: Manifest, program: string): string =>
  toolchain.find((one) => one.program === program)?.version ?? "";
