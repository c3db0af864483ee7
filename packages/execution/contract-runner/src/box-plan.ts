// From a judged command to the plan of the box of one of its segments: data only, so that a receipt can say what the walls were.
import type { ContractCommand } from "@ces/contract";
import { DEFAULT_LIMITS, type BoxLimits, type BoxPlan, type BoxUser, type Place, type SystemView } from "@ces/sandbox";
import { boxFiles } from "./box-system.ts";
import { inheritedEnv, type Environment } from "./inherited-env.ts";
import type { JudgedCommand, Segment } from "./judged-command.ts";
import { realPathOf } from "./real-path.ts";
import type { SecretValue } from "./redact-secrets.ts";
import type { RunnerConfig, RunnerLimits } from "./runner-config.schema.ts";
import type { OpenNetwork } from "./open-network.ts";
import type { CscPolicy } from "@ces/contract";

/** What the boxes of one command share. */
export type BoxGround = {
  readonly command: ContractCommand;
  readonly judged: JudgedCommand;
  readonly policy: CscPolicy;
  readonly config: RunnerConfig;
  readonly system: SystemView;
  readonly env: Environment;
  readonly secrets: readonly SecretValue[];
  readonly network: Pick<OpenNetwork, "network" | "env">;
  readonly keepOut: readonly string[];
  readonly bwrap: string;
  /** What the writable places hold before the command runs. */
  readonly before: { readonly bytes: number; readonly names: number };
};

/** The private folder of one box and who it runs as. */
export type BoxSeat = { readonly run: string; readonly root: string; readonly lock: string; readonly user: BoxUser };

/** Where secrets lie inside. */
export const SECRETS_FOLDER = "/run/secrets";

/** The plan for one segment. */
export function boxPlan(ground: BoxGround, segment: Segment, seat: BoxSeat): BoxPlan {
  const { command, judged, config } = ground;
  const { view, program, argv } = segment;
  return {
    ...seat,
    bwrap: ground.bwrap,
    system: view.shows === "system" ? { ...ground.system, covers: [] } : ground.system,
    tools: view.tools,
    toolLinks: view.links,
    command: [program.found, ...argv.slice(1)],
    cwd: judged.places.cwd.inside,
    env: {
      ...inheritedEnv(command.env_allow, ground.env, { path: config.path.join(":"), policy: ground.policy }),
      ...ground.network.env,
    },
    envStart: "bare",
    home: { kind: "none" },
    places: [...places(judged), ...installation(view.reads)],
    sealed: ground.secrets.map(({ name, value }) => ({ inside: `${SECRETS_FOLDER}/${name}`, bytes: value })),
    files: boxFiles(command.network),
    masks: masks(judged),
    gates: [],
    ...(ground.network.network === undefined ? {} : { network: ground.network.network }),
    goOn: "channel",
    startShell: "descriptor",
    limits: boxLimits(config.limits, command.timeout_sec, ground.before),
    keepOut: ground.keepOut,
  };
}

/** The limits of one box; the runner's own clock ends a command first. */
export function boxLimits(asked: RunnerLimits, timeout_sec: number, before: BoxGround["before"]): BoxLimits {
  return {
    ...DEFAULT_LIMITS,
    wall_ms: timeout_sec * 1000 + 5_000,
    tmp_bytes: asked.tmp_bytes,
    file_bytes: asked.file_bytes,
    open_files: asked.open_files,
    processes: asked.processes,
    data_bytes: asked.memory_bytes,
    memory_bytes: asked.memory_bytes,
    disk_bytes: before.bytes + asked.disk_bytes,
    disk_inodes: before.names + asked.disk_names,
  };
}

function places(judged: JudgedCommand): readonly Place[] {
  return [...judged.places.grants, ...judged.places.pins].map(({ source, inside, kind, access }) => ({
    source,
    inside,
    kind,
    access,
  }));
}

// The person's own words about a program's installation: read-only, and only what is really there.
function installation(paths: readonly string[]): readonly Place[] {
  return paths.flatMap((path): Place[] => {
    const real = realPathOf(path);
    if (real.kind !== "there") return [];
    return [{ source: real.path, inside: path, kind: real.stat.isDirectory() ? "dir" : "file", access: "read" }];
  });
}

function masks({ places: { masks: folders, bareCwd, cwd } }: JudgedCommand): BoxPlan["masks"] {
  return [...folders, ...(bareCwd ? [{ kind: "dir" as const, inside: cwd.inside }] : [])];
}
