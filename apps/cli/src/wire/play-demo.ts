// The demo: three recordings played through the real walls, gate, checks, reviews and merge in a scratch copy of the shop.
// Nothing of the person's own state, keys or projects is touched.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "@ces/crypto-node";
import { createDelivery, newDeliveryId, verifyProjectChain } from "@ces/engine";
import { CesError, type Json } from "@ces/kernel";
import { readCassette } from "@ces/runtimes";
import type { CommandContext, Outcome } from "../define-command.ts";
import { freshcartDir, loadCassette } from "./cassettes.ts";
import { recordIdentity } from "../person/enroll.ts";
import { type Plain, plainData } from "../story/plain-data.ts";
import { readStory, type Story } from "../story/read-story.ts";
import { type DeliveryData, driveDelivery } from "./delivery-command.ts";
import { DEMO_MARK } from "./demo-scratch.ts";
import { ensureRepository } from "./start-project.ts";
import { openProject, type Project } from "./open-project.ts";
import { recordedChain } from "./project-chain.ts";

/** The recordings of the demo, in order, with what a watcher should know about each. */
const scenes = [
  { cassette: "register-validation", title: "An agent does what was asked" },
  { cassette: "discount-that-lies", title: "An agent breaks a test and claims that it passes" },
  { cassette: "out-of-scope-and-after-the-key", title: "An agent leaves its scope and goes for the key" },
] as const;

const DEMO_IDENTITY = "demo";

export type DemoData = {
  readonly folder: string;
  readonly kept: boolean;
  readonly scenes: readonly DeliveryData[];
  readonly ledger: { readonly [name: string]: Json };
  /** Of the project's chain, verified like the ledger. */
  readonly receipts: { readonly count: number; readonly faults: number };
  readonly log: string;
  /** What `ces explain` says of the first scene. */
  readonly story: Plain<Story>;
};

/** Plays all scenes. Exit 0 when each ended as its recording says it must. */
export async function playDemo(ctx: CommandContext): Promise<Outcome<DemoData>> {
  const base = mkdtempSync(join(tmpdir(), "ces-demo-"));
  try {
    const shop = await prepareShop(ctx, base);
    const project = await openProject(shop, { create: true });
    try {
      return await play(shop, project, base);
    } finally {
      project.close();
    }
  } finally {
    if (!ctx.flag("keep")) rmSync(base, { recursive: true, force: true });
  }
}

/** The shop's copy with its own state, and a context in which every command works on it. `--yes` is given: the demo is the person. */
async function prepareShop(ctx: CommandContext, base: string): Promise<CommandContext> {
  const cwd = join(base, "shop");
  const state = join(base, "state", "ces");
  cpSync(freshcartDir(), cwd, { recursive: true, filter: (path) => !/[/](cassettes|node_modules)([/]|$)/.test(path) });
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeFileSync(join(state, DEMO_MARK), `${cwd}\n`, { mode: 0o600 });
  const ask: CommandContext["ask"] = async (question) => ({
    id: question.id,
    value: question.default_answer,
    by: question.default_answer === null ? "nobody" : "yes",
  });
  const shop: CommandContext = {
    ...ctx,
    cwd,
    ask,
    yes: true,
    env: { ...ctx.env, XDG_STATE_HOME: join(base, "state"), XDG_CONFIG_HOME: join(base, "config") },
  };
  await ensureRepository(shop);
  return shop;
}

async function play(ctx: CommandContext, project: Project, base: string): Promise<Outcome<DemoData>> {
  recordIdentity(
    project,
    { name: DEMO_IDENTITY, may: "hybrid" },
    { id: "ces demo", kind: "control_plane", proof: "none" },
  );
  const played: DeliveryData[] = [];
  for (const scene of scenes) played.push(await playScene(ctx, project, scene));
  const verdict = project.verifyLedger();
  const chain = verifyProjectChain(recordedChain(project));
  const ledger = { kind: verdict.kind, entries: project.store.entryCount() };
  const receipts = { count: chain.count, faults: chain.faults.length };
  const story = plainData(readStory(project, String(played[0]?.["delivery_id"])));
  const asExpected =
    verdict.kind === "valid" && chain.faults.length === 0 && played.every((scene) => scene["as_expected"] === true);
  return {
    exit: asExpected ? 0 : 1,
    data: { folder: base, kept: ctx.flag("keep"), scenes: played, ledger, receipts, log: await gitLog(project), story },
    blockers: [],
    next: 'ces build "what you want to change", in your own project',
  };
}

async function playScene(ctx: CommandContext, project: Project, scene: (typeof scenes)[number]): Promise<DeliveryData> {
  const reference = `freshcart/${scene.cassette}`;
  const cassette = readCassette(loadCassette(reference));
  ctx.report({ kind: "note", level: "info", text: scene.title });
  const delivery_id = newDeliveryId({ random: randomBytes });
  const outcome = await driveDelivery(ctx, project, {
    delivery_id,
    demo: true,
    consent: { as: DEMO_IDENTITY, reason: "demo", explicit: false, reject: false },
    prepare: (engine) =>
      void createDelivery(engine, {
        delivery_id,
        options: demoOptions(cassette.request, reference),
        runtime: "replay",
        max_retries: 0,
      }),
  });
  const expected = cassette.expects?.outcome === "merged" ? "merged" : "refused";
  const happened = outcome.data["state"] === "merged" ? "merged" : "refused";
  const codes = outcome.blockers.map(({ code }) => code);
  return {
    ...outcome.data,
    title: scene.title,
    expected,
    happened,
    as_expected: expected === happened && (cassette.expects?.codes ?? []).every((code) => codes.includes(code)),
  };
}

const demoOptions = (request: string, cassette: string) => ({
  request,
  caller: "build" as const,
  project_mode: null,
  constraints: [],
  acceptance: [],
  must_not_break: [],
  source_of_truth: null,
  critical_flows: [],
  scope: [],
  checks: [],
  network_hosts: [],
  model: null,
  token_budget: null,
  request_budget: null,
  cost_budget: null,
  time_budget: null,
  cassette,
  install: null,
});

/** The newest commit with its trailers, as text. */
async function gitLog(project: Project): Promise<string> {
  const { commit } = await project.git.head();
  if (commit === null) throw new CesError("NO_PROJECT", "the scratch copy has no commit", { remedy: "ces demo" });
  return `commit ${commit}\n${(await project.git.commit(commit)).message}`;
}
