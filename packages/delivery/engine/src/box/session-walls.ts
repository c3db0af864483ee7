// The walls of a client's box, from what its runtime asks for: a pure plan, so that a delivery and a proof of the walls stand in the same ones.
import type { AgentTask } from "@ces/runtimes";
import { type BoxRoot, DEFAULT_LIMITS, INSIDE, type ReadOnlyMount, type TreePlan } from "@ces/sandbox";
import type { Budgets, Toolchain } from "@ces/records";
import type { HostTools, RuntimeOnHost } from "../context.ts";
import { keptMount } from "./kept-place.ts";
import type { BoxShape } from "./open-box.ts";
import { toolMounts } from "./tool-mounts.ts";

/** What stands ready on disk: the tree, and further read-only data such as the trees that a reviewer compares. */
export interface Placed {
  readonly tree: TreePlan;
  readonly data: readonly ReadOnlyMount[];
}

/** Who is started, on what, with how much. `model_socket` is the gateway's, as the box sees it; null for a runtime without a model. */
export interface SessionPlan {
  readonly client: RuntimeOnHost;
  readonly task: AgentTask;
  readonly cwd: string;
  readonly budgets: Pick<Budgets, "wall_seconds" | "disk_bytes" | "inodes">;
  readonly root: BoxRoot;
  readonly toolchain: Toolchain;
  readonly placed: Placed;
  readonly model_socket: string | null;
}

const MODEL_PORT = "127.0.0.1:8787";

/** The plan. Nothing is started or written. */
export function sessionWalls(
  tools: Pick<HostTools, "node" | "bridge_entry">,
  { client, task, cwd, budgets, root, toolchain, placed, model_socket }: SessionPlan,
): Omit<BoxShape, "manifest"> {
  const launch = client.runtime.launch(task, {
    cwd,
    workspace: INSIDE.workspace,
    home: INSIDE.home,
    modelUrl: `http://${MODEL_PORT}`,
    program: client.binary,
  });
  const [program = "", ...args] = launch.argv;
  const mounts = toolMounts(toolchain);
  return {
    tools: [
      ...mounts.mounts,
      ...launch.mounts.map(({ host, inside }) => ({ source: host, inside })),
      ...placed.data,
      keptMount(root),
    ],
    command: [program, ...args],
    cwd,
    env: { ...launch.env, PATH: mounts.path },
    tree: placed.tree,
    home: { kind: "dir", path: root.home },
    files: launch.files,
    masks: launch.emptyDirs.map((inside) => ({ kind: "dir", inside })),
    gates: model_socket === null ? [] : [{ source: root.gate, inside: INSIDE.gate }],
    ...(model_socket === null
      ? {}
      : {
          bridge: {
            node: tools.node,
            script: tools.bridge_entry,
            forwards: [{ listen: MODEL_PORT, socket: model_socket }],
          },
        }),
    limits: {
      ...DEFAULT_LIMITS,
      wall_ms: budgets.wall_seconds * 1000,
      disk_bytes: budgets.disk_bytes,
      disk_inodes: budgets.inodes,
    },
  };
}
