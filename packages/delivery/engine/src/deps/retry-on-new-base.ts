// A delivery that could not go on without other dependencies: they are in the branch now, so its contract moves there. Scope, budgets,
// gate and request stay as they were sealed; base and checks are those of the branch.
import { CesError } from "@ces/kernel";
import { rebaseManifest, sealManifest } from "@ces/manifest";
import type { Actor, CheckSpec, DeliverySnapshot, Manifest } from "@ces/records";
import { checkClosure, detectChecks } from "@ces/workspace";
import { believedManifest } from "../believed-manifest.ts";
import type { EngineContext } from "../context.ts";
import { commitStep, entry } from "../journal.ts";
import { recallManifest } from "../recall.ts";

/** Seals the contract on the branch as it is and issues the next attempt. Throws BRANCH_GONE, what a refused contract says, RETRIES_SPENT. */
export async function retryOnNewBase(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  actor: Actor,
): Promise<DeliverySnapshot> {
  // SECURITY: a contract is sealed anew only when it holds.
  const believed = believedManifest(ctx, snapshot);
  if (believed.kind === "refused")
    throw new CesError(believed.reason.code, believed.reason.text, { remedy: 'ces build "…"' });
  const { manifest } = believed;
  const commit = await ctx.git.resolveRef(manifest.target_ref);
  if (commit === null)
    throw new CesError("BRANCH_GONE", `\`${manifest.target_ref}\` does not exist any more`, {
      remedy: 'ces build "…"',
    });
  const { tree } = await ctx.git.commit(commit);
  const checks = await checksOn(ctx, tree, manifest);
  const base = { base_commit: commit, base_tree: tree, checks, toolchain: await toolchainFor(ctx, manifest, checks) };
  const sealed = sealManifest(
    rebaseManifest(recallManifest(ctx.store, snapshot.delivery_id), base),
    ctx.signer,
    ctx.crypto,
  );
  return commitStep(ctx, snapshot, {
    name: "retry_on_new_base",
    event: "retry",
    actor,
    patch: {
      candidate_tree: null,
      evidence_id: null,
      approval_id: null,
      blockers: [],
      manifest_hash: sealed.content_hash,
    },
    rows: [
      {
        kind: "manifest",
        id: `${sealed.manifest.manifest_id}@${sealed.manifest.version}`,
        delivery_id: snapshot.delivery_id,
        body: sealed,
      },
    ],
    entries: [
      entry("truth_change", snapshot.delivery_id, `contract ${sealed.manifest.manifest_id} moved to ${commit}`, {
        refs: [sealed.manifest.manifest_id, sealed.content_hash, commit],
        data: { version: sealed.manifest.version },
      }),
    ],
  });
}

/** The checks of the branch, and those that a person added by hand, with the closure that the branch has. */
async function checksOn(ctx: EngineContext, baseTree: string, manifest: Manifest): Promise<readonly CheckSpec[]> {
  const closure = await checkClosure({ git: ctx.git, baseTree });
  const added = manifest.checks
    .filter(({ origin }) => origin === "flag")
    .map((check) => ({ ...check, closure: [...closure] }));
  return [...(await detectChecks({ git: ctx.git, baseTree })), ...added];
}

/** The sealed programs, unless a check of the branch needs another. */
async function toolchainFor(
  ctx: EngineContext,
  { toolchain }: Manifest,
  checks: readonly CheckSpec[],
): Promise<Manifest["toolchain"]> {
  const programs = checks.flatMap(({ argv }) => argv.slice(0, 1));
  const known = new Set(toolchain.map(({ program }) => program));
  return programs.every((program) => known.has(program)) ? toolchain : ctx.toolchain(programs);
}
