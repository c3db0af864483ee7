// Starts a real gateway process in front of a fake upstream, for the tests of this folder.
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { GatewayConfigInput, GatewayEvent } from "../src/config.schema.ts";
import { startGateway, type Admit, type Gateway } from "../src/start-gateway.ts";
import type { Reservation } from "../src/config.schema.ts";

export const KEY = "sk-canary-REAL-0123456789";
export const MODEL = "claude-opus-4-8";

/** The bundle that is shipped; vitest's global setup brings it up to date before every run. */
const ENTRY = fileURLToPath(new URL("../../../../apps/cli/dist/gateway.entry.js", import.meta.url));

export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface OpenGateway {
  readonly gateway: Gateway;
  readonly events: GatewayEvent[];
  readonly reservations: Reservation[];
  post(body: unknown, options?: { path?: string; headers?: http.OutgoingHttpHeaders }): Promise<Reply>;
  /** Raw bytes over one connection, answered until the server closes or `ms` passed without a byte. */
  raw(bytes: string, ms?: number): Promise<string>;
  /** Resolves with the first event (past or future) that fits. */
  until(fits: (event: GatewayEvent) => boolean): Promise<GatewayEvent>;
}

export interface OpenOptions extends Partial<Omit<GatewayConfigInput, "budgets" | "schema">> {
  readonly origin: string;
  readonly budgets?: Partial<GatewayConfigInput["budgets"]>;
  readonly admit?: Admit;
  /** Called with every event; may throw, as a parent's journal may. */
  readonly record?: (event: GatewayEvent) => void;
}

export async function openGateway({ origin, budgets, admit, record, ...rest }: OpenOptions): Promise<OpenGateway> {
  const dir = mkdtempSync(join(tmpdir(), "ces-gw-"));
  const events: GatewayEvent[] = [];
  const reservations: Reservation[] = [];
  const waiting: (() => void)[] = [];
  const gateway = await startGateway({
    nodePath: process.execPath,
    entryPath: ENTRY,
    config: {
      schema: "ces.gateway/v1",
      run_id: "R-1",
      socket_path: join(dir, "model.sock"),
      vendor: "anthropic",
      upstream: {
        origin,
        base_path: "",
        auth: { scheme: rest.vendor === "openai" ? "bearer" : "x_api_key", key: KEY },
      },
      models: [MODEL],
      ...rest,
      budgets: { tokens: null, cost_microusd: null, requests: null, agents: null, ...budgets },
    },
    onEvent: (event) => {
      events.push(event);
      for (const wake of waiting.splice(0)) wake();
      record?.(event);
    },
    admit: (reservation) => {
      reservations.push(reservation);
      return admit === undefined ? Promise.resolve({ kind: "admitted" }) : admit(reservation);
    },
  });
  onTestFinished(async () => {
    await gateway.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const until = async (fits: (event: GatewayEvent) => boolean): Promise<GatewayEvent> => {
    for (;;) {
      const found = events.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return {
    gateway,
    events,
    reservations,
    until,
    post: (body, options) => post(gateway.socketPath, body, options),
    raw: (bytes, ms = 400) => raw(gateway.socketPath, bytes, ms),
  };
}

function post(
  socketPath: string,
  body: unknown,
  options: { path?: string; headers?: http.OutgoingHttpHeaders } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", ...options.headers };
    const request = http.request(
      { socketPath, method: "POST", path: options.path ?? "/v1/messages", headers, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("close", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() }),
        );
        answer.on("error", () => undefined);
      },
    );
    request.on("error", reject);
    request.end(typeof body === "string" ? body : JSON.stringify(body));
  });
}

function raw(socketPath: string, bytes: string, ms: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    let text = "";
    socket.setTimeout(ms, () => socket.destroy());
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
    socket.write(Buffer.from(bytes, "latin1"));
  });
}

/** A small body that passes. */
export const hello = (fields: object = {}): object => ({
  model: MODEL,
  max_tokens: 100,
  stream: true,
  messages: [{ role: "user", content: "hello" }],
  ...fields,
});
