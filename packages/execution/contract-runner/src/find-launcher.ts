// Whether this machine can hold the walls, asked before anything runs, with the remedy (spec/csc.md §3.5). Nothing is said of the host's
// own network cards: what a box sees is found out in the box (F-27).
import { statSync } from "node:fs";
import { probeContract } from "@ces/contract-packs";
import { CesError } from "@ces/kernel";
import { askProgram, resolveTool } from "@ces/sandbox";
import type { RunnerPorts } from "./runner-ports.ts";

/** A tool as receipts name it. */
export type LauncherTool = {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly version?: string;
};

const SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";
const OLDEST = [0, 8] as const;
const INSTALL = "apt-get install bubblewrap (0.8 or later), or your distribution's package";

/** bwrap, found outside every project, new enough, without set-uid. Throws CesError `WALLS_UNAVAILABLE`. */
export async function findLauncher(ports: Pick<RunnerPorts, "crypto" | "clock">): Promise<LauncherTool> {
  if (process.platform !== "linux")
    throw cannot(
      `hardened mode needs Linux, this is \`${process.platform}\``,
      "use --mode local, which enforces nothing",
    );
  const found = resolveTool("bwrap", { path: SYSTEM_PATH, forbiddenRoots: [] });
  if (found.kind === "missing") throw cannot("bubblewrap is not installed", INSTALL);
  const { path } = found.tool;
  if ((statSync(path).mode & 0o4000) !== 0)
    throw cannot("bwrap is set-uid root", `chmod u-s ${path} and allow unprivileged user name spaces`);
  const [version, sha256] = await Promise.all([versionOf(path, ports), found.tool.sha256()]);
  if (version === undefined || isOlder(version))
    throw cannot(`bwrap is ${version ?? "of unknown version"}, older than ${OLDEST.join(".")}`, INSTALL);
  return { name: "bwrap", path, sha256, version };
}

/** The tool that joins a network, for contracts that name hosts. Throws CesError `WALLS_UNAVAILABLE`. */
export async function findRoomTool(): Promise<LauncherTool> {
  const found = resolveTool("nsenter", { path: "/usr/bin", forbiddenRoots: [] });
  if (found.kind === "missing") throw cannot("nsenter is not installed", "apt-get install util-linux");
  return { name: "nsenter", path: found.tool.path, sha256: await found.tool.sha256() };
}

async function versionOf(
  path: string,
  { crypto, clock }: Pick<RunnerPorts, "crypto" | "clock">,
): Promise<string | undefined> {
  const question = { program: path, args: ["--version"], env: {}, timeout_ms: 5_000 };
  const { said } = await askProgram(question, (start) =>
    probeContract(start, { crypto, now: clock.epochMs, found: [path] }),
  );
  return /(\d+\.\d+(\.\d+)?)/.exec(said ?? "")?.[1];
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

function cannot(detail: string, remedy: string): CesError {
  return new CesError("WALLS_UNAVAILABLE", detail, { remedy });
}
