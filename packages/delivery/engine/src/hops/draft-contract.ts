// The contract: classified, scoped, with checks and budgets, sealed. Shown before anything runs.
import { classify } from "@ces/classification";
import { CesError, compileGlob, makeId } from "@ces/kernel";
import { classificationHash, defaultBudgets, defaultTools, draftManifest, sealManifest } from "@ces/manifest";
import type { Budgets, CheckSpec, Classification, DeliverySnapshot, Hazard, Manifest } from "@ces/records";
import { checkClosure, detectChecks, protectedPaths, protectionOf, sourceAndTestRoots } from "@ces/workspace";
import type { BuildOptions } from "../build-options.schema.ts";
import type { EngineContext } from "../context.ts";
import { checksFromFlags } from "../flag-checks.ts";
import { installerOf } from "../installers/table.ts";
import { commitStep, entry } from "../journal.ts";
import { recallBrief } from "../recall.ts";
import type { Hop } from "../thread.ts";
import { readOptions } from "./collect-brief.ts";

/** Classifies the request, drafts the contract and seals it. Throws NO_BASE, GLOB_INVALID, SCOPE_EMPTY. */
export const draftContract: Hop = async (ctx, snapshot, effect) => {
  const options = readOptions(effect.input);
  ctx.report({ kind: "stage", stage: "contract", status: "started", note: "" });
  const base = await baseOf(ctx);
  const scope =
    options.scope.length > 0 ? options.scope : await sourceAndTestRoots({ git: ctx.git, baseTree: base.tree });
  const classification = classify({
    request: options.request,
    paths: options.scope,
    caller: options.caller,
    known: options.install === null ? [] : [installHazard],
    classifier_id: "ces:oracle",
    at: ctx.clock.now(),
  });
  const manifest = await draft(ctx, snapshot, { options, base, scope, classification });
  const sealed = sealManifest(manifest, ctx.signer, ctx.crypto);
  show(ctx, manifest);
  const hash = classificationHash(classification, ctx.crypto);
  const wish = options.install;
  commitStep(ctx, snapshot, {
    name: "contract_sealed",
    event: "seal_contract",
    patch: { manifest_id: manifest.manifest_id, manifest_hash: sealed.content_hash, max_retries: manifest.max_retries },
    rows: [
      {
        kind: "classification",
        id: `${snapshot.delivery_id}/${hash}`,
        delivery_id: snapshot.delivery_id,
        body: classification,
      },
      {
        kind: "manifest",
        id: `${manifest.manifest_id}@${manifest.version}`,
        delivery_id: snapshot.delivery_id,
        body: sealed,
      },
      ...(wish === null
        ? []
        : [
            {
              kind: "dependency_wish" as const,
              id: snapshot.delivery_id,
              delivery_id: snapshot.delivery_id,
              body: wish,
            },
          ]),
    ],
    entries: [
      entry(
        "classification",
        snapshot.delivery_id,
        `tier ${manifest.risk_tier}, ${manifest.behavior_confidence}, ${manifest.change_class}`,
        {
          decision: classification.action,
          refs: [hash],
          data: { basis: classification.basis, confidence: classification.confidence },
        },
      ),
      entry("truth_change", snapshot.delivery_id, `contract ${manifest.manifest_id} sealed`, {
        refs: [manifest.manifest_id, sealed.content_hash],
        data: { version: manifest.version, expires_at: manifest.expires_at },
      }),
    ],
    done: effect,
    next: [{ name: "start_run" }],
  });
  return { kind: "moved" };
};

/** Code that nobody here wrote comes in: a person decides, whatever the words say. */
const installHazard: Hazard = {
  kind: "surface",
  detail: "changes what is installed",
  rule: "surface_dependency_change",
  risk_tier: "A",
  behavior_confidence: "BC2",
};

interface Base {
  readonly commit: string;
  readonly tree: string;
  readonly ref: string;
}

async function baseOf(ctx: EngineContext): Promise<Base> {
  const { ref, commit } = await ctx.git.head();
  if (commit === null) throw new CesError("NO_BASE", "the repository has no commit yet", { remedy: "ces init" });
  if (ref === null)
    throw new CesError("NO_BRANCH", "the repository is not on a branch", { remedy: "git switch <branch>" });
  return { commit, tree: (await ctx.git.commit(commit)).tree, ref };
}

interface DraftInput {
  readonly options: BuildOptions;
  readonly base: Base;
  readonly scope: readonly string[];
  readonly classification: Classification;
}

async function draft(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  { options, base, scope, classification }: DraftInput,
): Promise<Manifest> {
  const checks = await checksFor(ctx, base, options);
  return draftManifest(
    {
      manifest_id: makeId("M", ctx.random),
      delivery_id: snapshot.delivery_id,
      project_id: ctx.places.project_id,
      brief: recallBrief(ctx.store, snapshot.delivery_id),
      classification,
      base_commit: base.commit,
      base_tree: base.tree,
      target_ref: base.ref,
      scope,
      forbidden: forbiddenFor(options, classification),
      allowed_tools: options.network_hosts.length > 0 ? [...defaultTools, "net"] : defaultTools,
      network_hosts: options.network_hosts,
      budgets: budgetsFor(options),
      runtime: snapshot.runtime,
      models: [await modelFor(ctx, snapshot, options)],
      checks,
      toolchain: await ctx.toolchain([
        ...checks.flatMap((check) => check.argv.slice(0, 1)),
        ...(options.install === null ? [] : [installerOf(options.install.manager).program]),
      ]),
      policy_hash: ctx.policy_hash,
      owner: ctx.owner,
      max_retries: snapshot.max_retries,
    },
    ctx.clock,
    ctx.crypto,
  );
}

/**
 * Protected paths are forbidden below tier A. At tier A a person may name one literally with `--scope`;
 * CES's own folders stay forbidden in every tier.
 */
function forbiddenFor(options: BuildOptions, classification: Classification): readonly string[] {
  const literal = options.scope.map((pattern) => compileGlob(pattern).literalPrefix).filter((prefix) => prefix !== "");
  const isNamed = (glob: string): boolean => literal.some((path) => compileGlob(glob).test(path));
  const own = (glob: string): boolean => glob.includes(".ces/") || glob === "ces/**";
  return protectedPaths
    .map(({ glob }) => glob)
    .filter((glob) => own(glob) || classification.risk_tier !== "A" || !isNamed(glob));
}

function budgetsFor(options: BuildOptions): Budgets {
  return {
    ...defaultBudgets,
    tokens: options.token_budget ?? defaultBudgets.tokens,
    requests: options.request_budget ?? defaultBudgets.requests,
    cost_microusd: options.cost_budget ?? defaultBudgets.cost_microusd,
    wall_seconds: options.time_budget ?? defaultBudgets.wall_seconds,
    idle_seconds: Math.min(defaultBudgets.idle_seconds, options.time_budget ?? defaultBudgets.idle_seconds),
  };
}

/** The model is always passed on, so that a client never chooses one by itself. */
async function modelFor(ctx: EngineContext, snapshot: DeliverySnapshot, options: BuildOptions): Promise<string> {
  if (options.model !== null) return options.model;
  return options.cassette ?? ctx.defaultModel(snapshot.runtime, options.request);
}

async function checksFor(ctx: EngineContext, base: Base, options: BuildOptions): Promise<readonly CheckSpec[]> {
  const detected = await detectChecks({ git: ctx.git, baseTree: base.tree });
  if (options.checks.length === 0) return detected;
  return [...detected, ...checksFromFlags(options.checks, await checkClosure({ git: ctx.git, baseTree: base.tree }))];
}

function show(ctx: EngineContext, manifest: Manifest): void {
  ctx.report({
    kind: "note",
    level: "info",
    text: `contract ${manifest.manifest_id}: tier ${manifest.risk_tier}, ${manifest.behavior_confidence}, ${manifest.change_class}; gate ${manifest.minimum_gate}`,
  });
  const held = manifest.affected_files.filter((pattern) =>
    manifest.forbidden_files.some((glob) => compileGlob(glob).test(pattern)),
  );
  ctx.report({
    kind: "note",
    level: "info",
    text: `may write: ${manifest.affected_files.filter((pattern) => !held.includes(pattern)).join(" ") || "nothing"}`,
  });
  for (const path of held)
    ctx.report({
      kind: "note",
      level: "warning",
      text: `\`${path}\` stays read-only: it ${protectionOf(path)?.why ?? "is protected"}; at tier ${manifest.risk_tier} a person changes it`,
    });
  ctx.report({
    kind: "note",
    level: "info",
    text: `checks: ${manifest.checks.map((check) => check.argv.join(" ")).join(" · ") || "none found"}`,
  });
  ctx.report({
    kind: "stage",
    stage: "contract",
    status: "done",
    note: `${manifest.manifest_id} expires ${manifest.expires_at}`,
  });
}
