// This machine as a proof of the walls names it: the kernel, bubblewrap, CES and the clients, each by its version.
import { arch, release, type } from "node:os";
import { fingerprintOf, refuseRedProof, wasProved } from "@ces/engine";
import { nodeCrypto } from "@ces/crypto-node";
import type { ProvedMachine } from "@ces/records";
import { askProgram, resolveTool } from "@ces/sandbox";
import { VERSION } from "../version.ts";
import { allowProbe } from "./allow-probe.ts";
import { findRuntime } from "./find-runtime.ts";
import type { Place, Project } from "./open-project.ts";

/** What was found out about programs; undefined or null is not there. */
export type ProgramVersions = {
  readonly bubblewrap: string | undefined;
  readonly claude: string | undefined;
  readonly codex: string | undefined;
};

/** The record of the machine. */
export function machineOf({ bubblewrap, claude, codex }: ProgramVersions): ProvedMachine {
  return {
    kernel: `${type()} ${release()}`,
    arch: arch(),
    bubblewrap: bubblewrap ?? "none",
    ces: VERSION,
    clients: { ...(claude === undefined ? {} : { claude }), ...(codex === undefined ? {} : { codex }) },
  };
}

/** What finding versions needs; with `known` an unchanged program is not asked again. */
export type VersionGround = Pick<Project, "config"> & {
  readonly repository: Pick<Project["repository"], "root">;
  readonly known?: Project["known"];
};

/** Asks what is not known yet. `bwrap` is absolute. */
export async function programVersions(place: Place, ground: VersionGround, bwrap: string): Promise<ProgramVersions> {
  const [said, claude, codex] = await Promise.all([
    bwrapVersion(bwrap, ground.known),
    findRuntime(place, ground, "claude"),
    findRuntime(place, ground, "codex"),
  ]);
  return {
    bubblewrap: said,
    claude: claude.kind === "found" ? claude.found.version : undefined,
    codex: codex.kind === "found" ? codex.found.version : undefined,
  };
}

async function bwrapVersion(bwrap: string, known: Project["known"] | undefined): Promise<string | undefined> {
  const question = { program: bwrap, args: ["--version"], env: {}, timeout_ms: 5_000 };
  const ask = async (): Promise<string | undefined> => (await askProgram(question, allowProbe(bwrap))).said;
  const said = await (known === undefined ? ask() : known.recall(bwrap, "--version", ask));
  return /(\d+\.\d+(\.\d+)?)/.exec(said ?? "")?.[1];
}

/** Throws PROOF_RED (exit 5) where the last proof of this machine as it is now is red. A project without proofs is not asked anything. */
export async function refuseUnprovedWalls(place: Place, project: Project): Promise<void> {
  if (!wasProved(project.store)) return;
  const bwrap = bwrapOf(place, project);
  // Without bubblewrap nothing is built anyway, and that is said by whoever needs it.
  if (bwrap === undefined) return;
  const machine = machineOf(await programVersions(place, project, bwrap));
  refuseRedProof(project.store, fingerprintOf(machine, nodeCrypto));
}

/** bubblewrap as deliveries find it. */
export function bwrapOf(place: Place, { config, repository }: VersionGround): string | undefined {
  const override = config.binaries?.bwrap;
  const search = { path: place.env["PATH"] ?? "", forbiddenRoots: [repository.root] };
  const found = resolveTool("bwrap", override === undefined ? search : { ...search, override });
  return found.kind === "found" ? found.tool.path : undefined;
}
