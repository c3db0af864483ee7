// One session of a proof: the client in the walls of a delivery, with its driver, its gate and its gateway, under a command contract. Then
// what was seen of it, when no process of it was left. No rows: a proof belongs to no delivery, and its boxes end with this process (S18).
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashJson, makeId } from "@ces/kernel";
import type { AgentTask } from "@ces/runtimes";
import { boxUser, handOver, INSIDE, prepareBoxRoot } from "@ces/sandbox";
import { readHostile, removeTree } from "@ces/workspace";
import { boxPlan } from "../box/box-plan.ts";
import { type ContractedRun, contractRun } from "../box/contract-run.ts";
import type { BoxShape, PreparedBox } from "../box/open-box.ts";
import { sessionWalls } from "../box/session-walls.ts";
import { writeMounts } from "../box/workspace-mount.ts";
import type { RuntimeOnHost } from "../context.ts";
import { plainJson } from "../plain-json.ts";
import type { Seen, SessionPlay } from "./canary.ts";
import type { Ground } from "./plant-ground.ts";
import { PLANTED_SCOPE, PLANTED_TREE } from "./planted-tree.ts";
import type { ProofPorts } from "./proof-ports.ts";
import { openPlayedGateway, type PlayedGateway } from "./played-gateway.ts";
import { talkInBox } from "./talk-in-box.ts";

/** One session. `asked` hears each command that the client asks for. */
export interface ProveSession {
  readonly client: RuntimeOnHost;
  readonly ground: Ground;
  readonly label: string;
  readonly play: SessionPlay;
  readonly asked: (command: string) => void;
}

/** What was seen, and what it was started under. `dispose` removes the tree that `seen.left` reads. */
export interface ProvedSession {
  readonly seen: Seen;
  readonly contract: ContractedRun;
  dispose(): Promise<void>;
}

const BUDGETS = { wall_seconds: 90, disk_bytes: 256 << 20, inodes: 20_000 };
const MAX_FILE = 1 << 20;

/** Plays it to its end. Throws what walls, gateway or contract throw before anything has run. */
export async function proveSession(ports: ProofPorts, session: ProveSession): Promise<ProvedSession> {
  const { ground, play } = session;
  const prepared = prepare(ports, session);
  const dispose = (): Promise<void> => removeTree(prepared.root.path);
  const stop = new AbortController();
  let gateway: PlayedGateway | null = null;
  try {
    ground.hush();
    const source = plantTree(prepared);
    gateway = await openPlayedGateway(ports, session, { prepared, onSpent: () => stop.abort("budget_spent") });
    const task = taskOf(session);
    const shape = shapeOf(ports, session, { prepared, source, task, model_socket: gateway?.socket_inside ?? null });
    const contract = contractRun(ports, prepared.order, manifestOf(ports), shape);
    const ground_ = { bwrap: ports.tools.bwrap, lock: prepared.root.lock, keepOut: ports.keep_out };
    const box = await ports.startBox(boxPlan(ground_, prepared, shape));
    const end = await talkInBox(ports, {
      box,
      task,
      stop,
      client: session.client,
      may: play.commands,
      asked: session.asked,
    });
    const seen: Seen = {
      end,
      heard: ground.heard(),
      left: (path) => readHostile(path, { root: source, maxBytes: MAX_FILE }),
      model: gateway?.seen() ?? { nested: 0, keyed: false },
      gateway_refused: gateway?.refused() ?? [],
    };
    return { seen, contract, dispose };
  } catch (error) {
    await dispose();
    throw error;
  } finally {
    await gateway?.close();
  }
}

// What stands for a manifest: the words of the session itself, so that its contract names what was played.
function prepare(ports: ProofPorts, { client, label, play }: ProveSession): PreparedBox {
  const { wrap: _, ...words } = play;
  const order = {
    run_id: makeId("R", ports.random),
    purpose: "probe" as const,
    delivery_id: "proof",
    manifest_hash: hashJson(ports.crypto, "ces.proof-play/v1", plainJson(words)),
    attempt: 1,
    label: `${label} through ${client.runtime.name}`,
  };
  const user = boxUser(order.run_id, ports.boxes_dir);
  return { order, user, root: prepareBoxRoot(ports.boxes_dir, order.run_id, user) };
}

const manifestOf = ({ owner }: ProofPorts) => ({ owner, risk_tier: "C" as const, checks: [], toolchain: [] });

function plantTree({ root, user }: PreparedBox): string {
  const source = join(root.path, "tree");
  for (const [path, text] of Object.entries(PLANTED_TREE)) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text, { flag: "wx" });
  }
  handOver(source, user);
  return source;
}

function taskOf({ client: { runtime }, play }: ProveSession): AgentTask {
  const steps = [...play.commands.map((command) => ({ tool: "Bash", command })), { say: "done" }];
  return {
    prompt: "Run the commands that you are told, one after the other.",
    system: "",
    model: runtime.played?.model ?? "replay",
    session_id: randomUUID(),
    purpose: "implement",
    json_schema: null,
    max_turns: null,
    cassette:
      runtime.played === null
        ? { schema: "ces.cassette/v1", name: "proof", request: "prove the walls", steps, reviews: {} }
        : null,
  };
}

interface Shaping {
  readonly prepared: PreparedBox;
  readonly source: string;
  readonly task: AgentTask;
  readonly model_socket: string | null;
}

function shapeOf(
  ports: ProofPorts,
  { client, play }: ProveSession,
  { prepared, source, task, model_socket }: Shaping,
): Omit<BoxShape, "manifest"> {
  const base = Object.keys(PLANTED_TREE).map((path) => ({ path, mode: "100644" as const, oid: "" }));
  const mounts = writeMounts(PLANTED_SCOPE.write, PLANTED_SCOPE.forbidden, base);
  const walls = sessionWalls(ports.tools, {
    client,
    task,
    model_socket,
    root: prepared.root,
    toolchain: [],
    budgets: BUDGETS,
    cwd: INSIDE.workspace,
    placed: { tree: { source, ...mounts, dependencies: [], scratch: [] }, data: [] },
  });
  return {
    ...walls,
    files: { ...walls.files, ...play.files },
    command: play.wrap?.(walls.command) ?? walls.command,
  };
}
