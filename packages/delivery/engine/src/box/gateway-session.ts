// The gateway of one run: started for it, metering into the journal, ended with it (S07, S08, S16).
import { type GatewayEvent, type Reservation, type ResolvedUpstream, startGateway } from "@ces/gateway";
import { join } from "node:path";
import type { Budgets, DeliverySnapshot, MeterEntry, Usage } from "@ces/records";
import type { EngineContext } from "../context.ts";
import { commitRows } from "../journal.ts";
import type { PreparedBox } from "./open-box.ts";

/** Where model requests go and with which key, or why nowhere. */
export type UpstreamChoice = ResolvedUpstream;

export interface GatewaySession {
  /** Socket inside the box that the bridge forwards to. */
  readonly socket_inside: string;
  usage(): Usage;
  /** The budget that ran out, if one did. */
  spent(): string | null;
  close(): Promise<void>;
}

const SOCKET = "model.sock";

/** Usage of a run without a model. */
export const noUsage: Usage = {
  requests: 0,
  input_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  output_tokens: 0,
  reasoning_tokens: 0,
  cost_microusd: 0,
  charged_tokens: 0,
  agents: 0,
};

export interface GatewayNeeds {
  readonly vendor: "anthropic" | "openai";
  readonly upstream: Extract<ResolvedUpstream, { kind: "upstream" }>;
  readonly models: readonly string[];
  readonly budgets: Budgets;
  /** Called on every message of the gateway: traffic counts as activity. */
  readonly onActivity: () => void;
  readonly onSpent: (text: string) => void;
}

/** Starts the gateway process. Each reservation is journalled before its request is forwarded. Throws GATEWAY_START. */
export async function openGateway(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  prepared: PreparedBox,
  needs: GatewayNeeds,
): Promise<GatewaySession> {
  const { origin, base_path, auth } = needs.upstream;
  const { tokens, cost_microusd, requests, agents, max_output_tokens } = needs.budgets;
  let spent: string | null = null;
  const gateway = await startGateway({
    nodePath: ctx.tools.node,
    entryPath: ctx.tools.gateway_entry,
    config: {
      schema: "ces.gateway/v1",
      run_id: prepared.order.run_id,
      socket_path: join(prepared.root.gate, SOCKET),
      // As root the box runs as another uid; nobody else gets past the 0700 folder above.
      socket_mode: 0o666,
      vendor: needs.vendor,
      upstream: { origin, base_path, auth },
      models: [...needs.models],
      budgets: { tokens, cost_microusd, requests, agents },
      limits: { max_output_tokens },
    },
    admit: async (reservation) => {
      needs.onActivity();
      recordMeter(ctx, snapshot, prepared.order.run_id, reservation);
      return { kind: "admitted" };
    },
    onEvent: (event) => {
      needs.onActivity();
      if (event.kind === "settle") recordMeter(ctx, snapshot, prepared.order.run_id, event);
      if (event.kind === "budget_spent") needs.onSpent((spent = event.text));
      reportEvent(ctx, event, needs.budgets);
    },
  });
  return {
    socket_inside: `/run/gate/${SOCKET}`,
    usage: () => gateway.usage(),
    spent: () => spent,
    close: () => gateway.close(),
  };
}

function recordMeter(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  run_id: string,
  event: Reservation | Extract<GatewayEvent, { kind: "settle" }>,
): void {
  const settled = event.kind === "settle";
  const entry: MeterEntry = {
    meter_id: `${run_id}/${event.id}/${event.kind}`,
    run_id,
    kind: event.kind,
    model: event.model,
    tokens: event.tokens,
    cost_microusd: event.cost_microusd,
    input_tokens: event.input_tokens,
    cache_read_tokens: settled ? event.cache_read_tokens : 0,
    cache_write_tokens: settled ? event.cache_write_tokens : 0,
    output_tokens: event.output_tokens,
    reasoning_tokens: settled ? event.reasoning_tokens : 0,
    at: ctx.clock.now(),
  };
  commitRows(ctx, snapshot, {
    rows: [{ kind: "meter", id: entry.meter_id, delivery_id: snapshot.delivery_id, body: entry }],
  });
}

function reportEvent(ctx: EngineContext, event: GatewayEvent, budgets: Budgets): void {
  if (event.kind === "settle") {
    ctx.report({
      kind: "budget",
      name: "tokens",
      used: event.usage.charged_tokens,
      limit: budgets.tokens,
      unit: "tokens",
    });
    ctx.report({
      kind: "budget",
      name: "requests",
      used: event.usage.requests,
      limit: budgets.requests,
      unit: "requests",
    });
  }
  if (event.kind === "decision" && event.verdict === "refused")
    ctx.report({
      kind: "note",
      level: "warning",
      text: `gateway refused ${event.method} ${event.path}: ${event.code} ${event.text}`,
    });
  if (event.kind === "fault")
    ctx.report({ kind: "note", level: "warning", text: `gateway: ${event.code} ${event.text}` });
}
