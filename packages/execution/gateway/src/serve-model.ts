// The door of the box: one HTTP server on a unix socket. Every request is judged alone, whatever connection it came on.
import { chmodSync } from "node:fs";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { redactText } from "@ces/kernel";
import { answerModels, answerRoot, answerUnreached, refuseClient } from "./answer-client.ts";
import type { GatewayConfig, GatewayEvent, GatewayUsage } from "./config.schema.ts";
import { forwardRequest, type Forwarded } from "./forward-request.ts";
import { createMeter, type Charge, type Meter, type Ticket } from "./meter.ts";
import { headersUp } from "./pass-headers.ts";
import { createRequestQueue, type Journal, type RequestQueue } from "./queue-requests.ts";
import { createBodyReceiver, type BodyReceiver } from "./receive-body.ts";
import { routeRequest, upstreamPath, type Route } from "./route-request.ts";
import { clampOutput, shapeRequest, type ShapedRequest } from "./shape-request.ts";

/** Who is told and who writes reservations down. */
export interface Reporting {
  emit(event: GatewayEvent): void;
  journal(ticket: Ticket, usage: GatewayUsage): ReturnType<Journal>;
}

/** A listening gateway inside this process. */
export interface ModelServer {
  halt(reason: string): void;
  close(): void;
}

/** Bodies of all connections together. */
const TOGETHER = 48 * 1024 * 1024;

interface Door {
  readonly config: GatewayConfig;
  readonly emit: Reporting["emit"];
  readonly meter: Meter;
  readonly queue: RequestQueue;
  readonly receive: BodyReceiver;
  readonly halted: AbortController;
}

/** One request and the way back to who sent it. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly client: ServerResponse;
}

type Decision = Pick<Extract<GatewayEvent, { kind: "decision" }>, "verdict" | "code" | "status" | "text">;

/** Listens on `config.socket_path` (which must not exist). Rejects with the system's error. */
export async function serveModel(config: GatewayConfig, { emit, journal }: Reporting): Promise<ModelServer> {
  const meter = createMeter(config);
  const queue = createRequestQueue(meter, (ticket) => journal(ticket, meter.usage()), emit);
  const receive = createBodyReceiver({ each: config.limits.body_bytes, together: TOGETHER });
  const door: Door = { config, emit, meter, queue, receive, halted: new AbortController() };
  const server = createServer(config, (request, client) => void answerSafely(door, { request, client }));
  server.on("connect", (request, socket) => {
    decide(door, request, { verdict: "refused", code: "MODEL_PATH", status: 403, text: "connect" });
    socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
  });
  await listen(server, config);
  return {
    halt: (reason) => {
      queue.halt(reason);
      door.halted.abort();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answerSafely(door: Door, exchange: Exchange): Promise<void> {
  try {
    await answer(door, exchange);
  } catch (error) {
    door.emit({ kind: "fault", code: "GATEWAY_FAULT", text: redactText(String(error)).slice(0, 500) });
    refuseClient(exchange.client, 500, "GATEWAY_FAULT", "the gateway failed");
  }
}

async function answer(door: Door, exchange: Exchange): Promise<void> {
  const { config } = door;
  const { method = "", url = "" } = exchange.request;
  const route = routeRequest(config.vendor, method, url);
  if (route === undefined)
    return refuse(door, exchange, {
      status: 403,
      code: "MODEL_PATH",
      text: "only the model API itself is reachable from here",
    });
  if (route === "root" || route === "models") return answerHere(door, exchange, route);
  const body = await door.receive(exchange.request);
  if (body.kind === "refused")
    return refuse(door, exchange, { status: body.status, code: "MODEL_BODY", text: body.text });
  try {
    const shaped = shapeRequest(route, body.bytes, config.models);
    if (shaped.kind === "refused") return refuse(door, exchange, { status: 403, code: shaped.code, text: shaped.text });
    await admit(door, exchange, shaped);
  } finally {
    body.release();
  }
}

function answerHere(door: Door, { request, client }: Exchange, route: "root" | "models"): void {
  decide(door, request, { verdict: "answered", code: "LOCAL", status: 200, text: route });
  if (route === "models") answerModels(client, door.config.models);
  else answerRoot(client);
}

async function admit(door: Door, exchange: Exchange, shaped: ShapedRequest): Promise<void> {
  const gone = new AbortController();
  exchange.client.once("close", () => gone.abort());
  const turn = await door.queue.enter(shaped, gone.signal);
  if (turn.kind === "refused") return refuse(door, exchange, { status: 402, code: turn.code, text: turn.text });
  const forwarded = await forward(door, exchange, shaped, turn.ticket);
  settle(door, turn.ticket, forwarded);
  if (exchange.client.headersSent) return;
  // A failed connection is weather; what the gateway itself cut off (halted, idle, too long) would only happen again.
  if (/^E[A-Z_]+$/.test(forwarded.reason)) answerUnreached(exchange.client, forwarded.reason);
  else refuseClient(exchange.client, 502, "UPSTREAM_FAILED", `the model API did not answer (${forwarded.reason})`);
}

function forward(door: Door, { request, client }: Exchange, shaped: ShapedRequest, ticket: Ticket): Promise<Forwarded> {
  const { config, emit, halted } = door;
  const body = Buffer.from(JSON.stringify(clampOutput(shaped, ticket.output)));
  const { headers, dropped } = headersUp(config.vendor, config.upstream.auth, request.headers, body.length);
  decide(door, request, { verdict: "forwarded", code: "FORWARDED", status: 0, text: shaped.model }, dropped);
  return forwardRequest({
    config,
    path: pathOf(shaped.route),
    headers,
    body,
    client,
    free: shaped.route === "count_tokens",
    halted: halted.signal,
    onStall: (which) => emit({ kind: "stalled", id: ticket.id, which }),
  });
}

function settle({ queue, emit, meter }: Door, ticket: Ticket, { status, outcome, reason }: Forwarded): void {
  const charge = queue.leave(ticket, outcome);
  const how = outcome.kind === "none" ? "free" : outcome.kind;
  emit({
    kind: "settle",
    id: ticket.id,
    model: ticket.model,
    how,
    reason,
    status,
    ...chargeFields(charge),
    usage: meter.usage(),
  });
}

function refuse(door: Door, { request, client }: Exchange, refusal: Omit<Decision, "verdict">): void {
  decide(door, request, { verdict: "refused", ...refusal });
  refuseClient(client, refusal.status, refusal.code, refusal.text);
  // SECURITY: a connection whose body was not read to its end cannot carry a second request.
  if (!request.complete) client.once("finish", () => request.destroy());
}

/** Attacker-controlled: method and path are clipped and redacted before they are told. */
function decide({ emit }: Door, request: IncomingMessage, decision: Decision, dropped: readonly string[] = []): void {
  const path = redactText((request.url ?? "").slice(0, 200));
  const text = redactText(decision.text);
  emit({
    kind: "decision",
    ...decision,
    text,
    method: (request.method ?? "").slice(0, 20),
    path,
    dropped_headers: [...dropped],
  });
}

function createServer(
  config: GatewayConfig,
  onRequest: (request: IncomingMessage, client: ServerResponse) => void,
): http.Server {
  const { limits } = config;
  const server = http.createServer(
    {
      insecureHTTPParser: false,
      maxHeaderSize: 32 * 1024,
      headersTimeout: limits.receive_timeout_ms,
      requestTimeout: limits.receive_timeout_ms,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: Math.min(1000, limits.receive_timeout_ms),
    },
    onRequest,
  );
  server.maxConnections = limits.connections;
  server.maxHeadersCount = 64;
  // A client that never reads its answers may not pin the socket for ever (forwarding has its own, longer timers).
  server.timeout = 0;
  return server;
}

function listen(server: http.Server, config: GatewayConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.socket_path, () => {
      chmodSync(config.socket_path, config.socket_mode);
      resolve();
    });
  });
}

function pathOf(route: Route): string {
  const path = upstreamPath(route);
  if (path === undefined) throw new Error(`route ${route} is answered here`);
  return path;
}

function chargeFields({ tokens, cost_microusd, usage }: Charge) {
  return {
    tokens,
    cost_microusd,
    input_tokens: usage.input,
    cache_read_tokens: usage.cache_read,
    cache_write_tokens: usage.cache_write,
    output_tokens: usage.output,
    reasoning_tokens: usage.reasoning,
  };
}
