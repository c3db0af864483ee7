// One client, one box, one gateway, one desk: everything an agent's run is made of, for implementing and reviewing alike.
import { type AgentEnd, type AgentEvent, type AgentTask, driveAgent, splitLines } from "@ces/runtimes";
import { CesError, redactText } from "@ces/kernel";
import type { SandboxMembers } from "@ces/receipts";
import { keepTree } from "@ces/workspace";
import type { Budgets, DeliverySnapshot, Manifest, RunRecord } from "@ces/records";
import type { EngineContext, RuntimeOnHost } from "../context.ts";
import { type GatewaySession, noUsage, openGateway } from "./gateway-session.ts";
import { policyOf } from "./contract-run.ts";
import { type OpenBox, type PreparedBox, openBox } from "./open-box.ts";
import { makeRecord } from "./run-record.ts";
import { openDesk, type ToolDesk } from "./tool-desk.ts";
import { commandGuard } from "./command-guard.ts";
import { keptPlace } from "./kept-place.ts";
import { type Placed, sessionWalls } from "./session-walls.ts";
import { iterationOf, textsOf } from "../receipts/box-receipts.ts";
import { toolMounts } from "./tool-mounts.ts";
import { Transcript } from "./transcript.ts";

/** What a run of a client needs besides the walls that every box has. */
export interface SessionNeeds {
  readonly prepared: PreparedBox;
  readonly client: RuntimeOnHost;
  readonly manifest: Manifest;
  readonly task: AgentTask;
  /** Writes what the box will see; runs while the gateway starts. */
  readonly place: () => Promise<Placed>;
  readonly cwd: string;
  /** What is left for this run. */
  readonly budgets: Budgets;
}

/** A finished run; the box's folder is still there until `dispose`. */
export interface SessionEnd {
  readonly record: RunRecord;
  readonly end: AgentEnd;
  readonly sandbox: SandboxMembers;
  /** False: it was stopped before anything of it ran. */
  readonly went: boolean;
  readonly stopped: "halted" | "interrupted" | null;
  dispose(): Promise<void>;
}

/** How long a client may take to say goodbye after it was asked to stop. Milliseconds; the bar is two seconds for everything. */
const GRACE_MS = 1200;

/** Runs the client to its end. Throws what the gateway or the box throw before anything has run. */
export async function runSession(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  needs: SessionNeeds,
): Promise<SessionEnd> {
  const open = await openSession(ctx, snapshot, needs);
  const { box, gateway, desk, stop } = open;
  const transcript = new Transcript();
  const stderr = keepTail(box.box.stderr);
  const end = await talk(ctx, needs, open, transcript);
  if (end.outcome === "gate_bypassed" || end.outcome === "stream_forged") await box.box.kill();
  open.killer.expectEnd();
  const boxEnd = await box.box.exited;
  const { order } = needs.prepared;
  const { pid } = box.box.handle;
  ctx.report({
    kind: "run",
    run_id: order.run_id,
    purpose: order.purpose,
    label: order.label,
    status: "ended",
    pid,
    note: end.outcome,
  });
  await open.close();
  const record = makeRecord(ctx, needs, {
    end,
    boxEnd,
    box,
    usage: gateway?.usage() ?? noUsage,
    counts: desk.counts(),
    why: stopReason(stop.signal),
    spent: gateway?.spent() ?? null,
    transcript,
    stderr: stderr(),
  });
  return { record, end, sandbox: box.sandbox, went: box.went, stopped: box.stoppedBy(), dispose: box.dispose };
}

interface OpenSession {
  readonly box: OpenBox;
  readonly gateway: GatewaySession | null;
  readonly desk: ToolDesk;
  readonly stop: AbortController;
  readonly idle: ReturnType<typeof idleTimer>;
  readonly killer: ReturnType<typeof stopLadder>;
  /** Ends timers and gateway. */
  close(): Promise<void>;
}

/** Gateway and files at the same time, then the box. Whatever started is ended when something else fails. */
async function openSession(ctx: EngineContext, snapshot: DeliverySnapshot, needs: SessionNeeds): Promise<OpenSession> {
  const stop = new AbortController();
  const idle = idleTimer(needs.budgets.idle_seconds, () => stop.abort("idle"));
  const hooks = { onActivity: idle.touch, onSpent: () => stop.abort("budget_spent") };
  const [started, placed] = await Promise.allSettled([
    gatewayFor(ctx, snapshot, needs, hooks),
    needs.place(),
    readPolicyAhead(ctx, needs),
  ]);
  const gateway = started.status === "fulfilled" ? started.value : null;
  const close = async (): Promise<void> => {
    idle.end();
    await gateway?.close();
  };
  try {
    if (started.status === "rejected") throw started.reason;
    if (placed.status === "rejected") throw placed.reason;
    const { order, root } = needs.prepared;
    const tree = placed.value.tree.source;
    const path = toolMounts(needs.manifest.toolchain).path.split(":");
    const guard = commandGuard({ tree, path, now: ctx.clock.epochMs, mode: ctx.guard_mode });
    const { manifest, client, task, cwd, budgets } = needs;
    const walls = sessionWalls(ctx.tools, {
      client,
      task,
      cwd,
      budgets,
      root,
      toolchain: manifest.toolchain,
      placed: placed.value,
      model_socket: gateway?.socket_inside ?? null,
    });
    const box = await openBox(ctx, snapshot, needs.prepared, { manifest, ...walls });
    const killer = stopLadder(stop.signal, box);
    const desk = openDesk(ctx, snapshot, {
      run_id: order.run_id,
      manifest: needs.manifest,
      budgetSpent: () => gateway?.spent() ?? null,
      pause: idle.pause,
      guard,
      keep: async (seq) => void (await keepTree(tree, keptPlace(root, seq))),
      sandbox: box.sandbox,
      texts: textsOf(order, box.command_contract),
      iteration_id: iterationOf(order),
    });
    return { box, gateway, desk, stop, idle, killer, close: async () => (killer.end(), close()) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Reads the pack while other processes start; `openBox` throws whatever is wrong with it. */
async function readPolicyAhead(ctx: EngineContext, { manifest }: SessionNeeds): Promise<void> {
  policyOf(manifest, ctx);
}

async function talk(
  ctx: EngineContext,
  needs: SessionNeeds,
  open: OpenSession,
  transcript: Transcript,
): Promise<AgentEnd> {
  const { box } = open.box;
  const io = {
    lines: splitLines(box.stdout),
    send: (line: string) => void box.stdin.write(`${line}\n`),
    closeInput: () => void box.stdin.end(),
  };
  try {
    return await driveAgent(needs.client.runtime, io, needs.task, {
      decide: open.desk.decide,
      report: (event) => report(ctx, needs.prepared.order.run_id, event, transcript),
      activity: open.idle.touch,
      signal: open.stop.signal,
    });
  } catch (error) {
    if (error instanceof CesError) return failedDrive(error, needs.task);
    // SECURITY: a fault of CES itself: nothing of the run goes on without its host.
    await box.kill();
    await open.close();
    throw error;
  }
}

async function gatewayFor(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  needs: SessionNeeds,
  hooks: { onActivity: () => void; onSpent: (text: string) => void },
): Promise<GatewaySession | null> {
  const { vendor } = needs.client.runtime;
  if (vendor === "none") return null;
  const upstream = ctx.upstream(vendor);
  if (upstream.kind === "refused") throw new CesError(upstream.code, upstream.message, { remedy: upstream.remedy });
  return openGateway(ctx, snapshot, needs.prepared, {
    vendor,
    upstream,
    models: [needs.task.model],
    budgets: needs.budgets,
    ...hooks,
  });
}

/** Aborted: the client is asked first (driveAgent does that), then the box is killed. */
function stopLadder(signal: AbortSignal, open: OpenBox): { readonly expectEnd: () => void; readonly end: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const arm = (ms: number): void => {
    timer ??= setTimeout(() => void open.box.kill(), ms);
  };
  signal.addEventListener("abort", () => arm(GRACE_MS), { once: true });
  if (signal.aborted) arm(GRACE_MS);
  return { expectEnd: () => arm(GRACE_MS), end: () => clearTimeout(timer) };
}

function idleTimer(seconds: number, onIdle: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let asking = 0;
  const touch = (): void => {
    clearTimeout(timer);
    if (asking === 0) timer = setTimeout(onIdle, seconds * 1000);
  };
  touch();
  const pause = (on: boolean): void => {
    asking += on ? 1 : -1;
    touch();
  };
  return { touch, pause, end: () => ((asking = Number.POSITIVE_INFINITY), clearTimeout(timer)) };
}

function report(ctx: EngineContext, run_id: string, event: AgentEvent, transcript: Transcript): void {
  transcript.add(event);
  if (event.kind === "said") ctx.report({ kind: "say", run_id, text: event.text });
  if (event.kind === "notice" && event.level === "warning")
    ctx.report({ kind: "note", level: "info", text: event.text });
  if (event.kind === "retry")
    ctx.report({
      kind: "note",
      level: "info",
      text: `the client retries a request (${event.status ?? "no answer"}, attempt ${event.attempt})`,
    });
}

/** SECURITY: a host that could not decide has already denied; the run ends as failed and says why. */
function failedDrive(error: CesError, task: AgentTask): AgentEnd {
  return {
    outcome: "crashed",
    final_text: "",
    structured: null,
    reported_model: "",
    session_id: task.session_id,
    reason: { code: "AGENT_CRASHED", text: error.message },
  };
}

const stopReason = (signal: AbortSignal): "idle" | "budget_spent" | null =>
  signal.reason === "idle" || signal.reason === "budget_spent" ? signal.reason : null;

const STDERR_TAIL = 4000;

/** Reads the client's standard error so that it never blocks, and keeps its end: bad flags and settings are told only there. */
function keepTail(stream: AsyncIterable<Uint8Array>): () => string {
  let tail = "";
  void (async () => {
    for await (const chunk of stream) tail = (tail + new TextDecoder().decode(chunk)).slice(-STDERR_TAIL);
  })().catch(() => undefined); // the stream ends with the box, however that ends
  return () => redactText(tail).trim();
}
