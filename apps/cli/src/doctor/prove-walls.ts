// `ces doctor --prove`: the canaries through every client that is here, with the walls and the gateway that deliveries use.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { newToken, proveMachine, recordProof, type RuntimeOnHost } from "@ces/engine";
import { startGateway } from "@ces/gateway";
import { CesError, isCesError } from "@ces/kernel";
import type { Proof } from "@ces/records";
import { runtimeNamed } from "@ces/runtimes";
import { ROOT_BOX_BASE, startBox } from "@ces/sandbox";
import type { CommandContext } from "../define-command.ts";
import { findRuntime } from "../wire/find-runtime.ts";
import { hostEntries } from "../wire/host-entries.ts";
import { bwrapOf, machineOf, programVersions, type VersionGround } from "../wire/machine-facts.ts";
import { nodeClock } from "../wire/node-clock.ts";
import { refuseWhileHalted } from "../wire/open-for-work.ts";
import { homeOf, openProject, type Project } from "../wire/open-project.ts";
import { projectChain } from "../wire/project-chain.ts";
import { examineConfig } from "./examine.ts";

/** A proof, and whether the project here keeps it. */
export type ProvedWalls = { readonly proof: Proof; readonly recorded: boolean };

/** The variable that the planted token stands in while canaries run. */
const PLANTED = "CES_PLANTED_CANARY";

/** Proves and records. Throws WALLS_UNAVAILABLE (exit 5) without bubblewrap, HALTED, and what opening the project throws. */
export async function proveWalls(ctx: CommandContext): Promise<ProvedWalls> {
  const project = await projectHere(ctx);
  const scratch = mkdtempSync(join(tmpdir(), "ces-prove-"));
  try {
    if (project !== null) refuseWhileHalted(project);
    const proof = await prove(ctx, project, scratch);
    if (project === null) return { proof, recorded: false };
    const ground = { receipts: projectChain(project), clock: nodeClock, crypto: nodeCrypto, random: randomBytes };
    recordProof({ store: project.store, ...ground }, proof);
    return { proof, recorded: true };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    project?.close();
  }
}

// A proof is kept where builds will ask for it; without a repository there is nothing that could be built.
async function projectHere(ctx: CommandContext): Promise<Project | null> {
  try {
    return await openProject(ctx, { create: true });
  } catch (error) {
    if (isCesError(error, "NO_PROJECT")) return null;
    throw error;
  }
}

async function prove(ctx: CommandContext, project: Project | null, scratch: string): Promise<Proof> {
  const ground = project ?? { config: examineConfig(ctx).config, repository: { root: ctx.cwd } };
  const bwrap = bwrapOf(ctx, ground);
  if (bwrap === undefined)
    throw new CesError("WALLS_UNAVAILABLE", "bubblewrap is not installed", { remedy: "apt-get install bubblewrap" });
  const state_dir = project?.state_dir ?? scratchState(scratch);
  const environment_token = newToken("environment", randomBytes);
  // What S01 forbids children to see is planted where they would get it from.
  process.env[PLANTED] = environment_token;
  try {
    return await proveMachine(
      {
        crypto: nodeCrypto,
        clock: nodeClock,
        random: randomBytes,
        report: ctx.report,
        signal: ctx.signal,
        tools: { bwrap, git: "", node: process.execPath, ...hostEntries() },
        boxes_dir: project?.boxes_dir ?? (process.geteuid?.() === 0 ? ROOT_BOX_BASE : join(scratch, "boxes")),
        keep_out: [state_dir, ground.repository.root, homeOf(ctx)],
        owner: project?.user ?? "unknown",
        startBox,
        startGateway,
      },
      {
        machine: machineOf(await programVersions(ctx, ground, bwrap)),
        clients: await clientsHere(ctx, ground),
        state_dir,
        environment_token,
      },
    );
  } finally {
    delete process.env[PLANTED];
  }
}

function scratchState(scratch: string): string {
  const folder = join(scratch, "state");
  mkdirSync(join(folder, "keys"), { recursive: true, mode: 0o700 });
  return folder;
}

/** Every client that is driven; a recording when there is none. */
async function clientsHere(
  ctx: CommandContext,
  ground: VersionGround,
): Promise<readonly [RuntimeOnHost, ...RuntimeOnHost[]]> {
  const choices = await Promise.all((["claude", "codex"] as const).map((name) => findRuntime(ctx, ground, name)));
  const [first, ...others] = choices.flatMap((choice) => (choice.kind === "found" ? [choice.found] : []));
  if (first !== undefined) return [first, ...others];
  const replay = runtimeNamed("replay");
  return [{ runtime: replay, binary: process.execPath, version: replay.tested[0] ?? "" }];
}
