// One admitted request: sent upstream, its answer handed down as it comes, its cost read on the way. The upstream is read to
// its end even when the client has gone, so that hanging up saves nobody the bill (S08).
import http, { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import https from "node:https";
import type { GatewayConfig } from "./config.schema.ts";
import type { Outcome } from "./meter.ts";
import { headersDown } from "./pass-headers.ts";
import { createUsageReader, type ReadUsage, type UsageReader } from "./read-usage.ts";
import { createScrubber } from "./scrub-key.ts";

/** Everything one forwarding needs. */
export interface Forwarding {
  readonly config: GatewayConfig;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  readonly client: ServerResponse;
  /** True for calls that are not billed (token counting). */
  readonly free: boolean;
  /** Aborted when the run is halted. */
  readonly halted: AbortSignal;
  readonly onStall: (which: "request" | "upstream" | "client") => void;
}

/** How it ended. `status` null: the upstream never answered. */
export interface Forwarded {
  readonly status: number | null;
  readonly outcome: Outcome;
  readonly reason: string;
}

/** Resolves when the upstream is done with. Never rejects. If nothing was sent down, the caller answers 502. */
export function forwardRequest(job: Forwarding): Promise<Forwarded> {
  return new Promise((resolve) => {
    const state = { connected: false, answered: false, done: false, reason: "" };
    const request = openRequest(job);
    const finish = (result: Forwarded): void => {
      if (state.done) return;
      state.done = true;
      clearTimeout(overall);
      job.halted.removeEventListener("abort", abort);
      resolve(result);
    };
    const stop = (reason: string): void => {
      state.reason ||= reason;
      request.destroy(new Error(reason));
    };
    const abort = (): void => stop("halted");
    const overall = setTimeout(() => {
      job.onStall("request");
      stop("timed_out");
    }, job.config.limits.request_timeout_ms);
    const idle = idleTimer(job, () => {
      job.onStall("upstream");
      stop("idle");
    });
    job.halted.addEventListener("abort", abort, { once: true });
    if (job.halted.aborted) abort();
    const opened = job.config.upstream.origin.startsWith("https:") ? "secureConnect" : "connect";
    request.on("socket", (socket) => socket.once(opened, () => (state.connected = true)));
    request.on("response", (answer) => {
      state.answered = true;
      idle.stop();
      void passAnswer(job, answer, stop, () => state.reason).then(finish);
    });
    request.on("error", (error) => {
      idle.stop();
      if (state.answered) return;
      // SECURITY: a request that may have arrived may be billed; only one that never left is free.
      const outcome: Outcome = state.connected ? { kind: "kept", seen: undefined } : { kind: "none" };
      finish({ status: null, outcome, reason: state.reason || codeOf(error) });
    });
    request.end(job.body);
  });
}

function openRequest({ config, path, headers, body }: Forwarding): http.ClientRequest {
  const { origin, base_path } = config.upstream;
  const url = new URL(origin);
  const options = {
    method: "POST",
    // SECURITY: host and port from the origin alone; the path is built, never resolved.
    hostname: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? undefined : Number(url.port),
    path: `${base_path}${path}`,
    headers: { ...headers, host: url.host, "content-length": body.length },
    agent: false as const,
    maxHeaderSize: 32 * 1024,
  };
  return url.protocol === "https:" ? https.request(options) : http.request(options);
}

interface Timer {
  touch(): void;
  stop(): void;
}

function idleTimer(job: Forwarding, expired: () => void): Timer {
  const arm = (): NodeJS.Timeout => setTimeout(expired, job.config.limits.idle_timeout_ms);
  let timer = arm();
  const stop = (): void => clearTimeout(timer);
  const touch = (): void => {
    stop();
    timer = arm();
  };
  return { touch, stop };
}

/** Hands the answer down with back-pressure and reads it to the end. */
async function passAnswer(
  job: Forwarding,
  answer: IncomingMessage,
  stop: (reason: string) => void,
  reason: () => string,
): Promise<Forwarded> {
  const { client, config } = job;
  const encoding = answer.headers["content-encoding"] ?? "identity";
  const streamed = /^text\/event-stream\b/.test(answer.headers["content-type"] ?? "");
  const reader = createUsageReader(config.vendor, streamed);
  const status = answer.statusCode ?? 502;
  if (encoding === "identity") beginAnswer(client, status, headersDown(answer.headers));
  else stop("encoded");
  const ended = await pump(job, answer, reader, stop);
  const result = judge(job, { status, ended, reason: reason() || "cut" }, reader.end());
  if (encoding !== "identity") return result;
  if (ended) client.end();
  else client.destroy();
  return result;
}

function beginAnswer(client: ServerResponse, status: number, headers: OutgoingHttpHeaders): void {
  if (client.destroyed) return;
  client.writeHead(status, headers);
  client.flushHeaders();
}

/** True when the upstream's answer came to its own end. */
async function pump(
  job: Forwarding,
  answer: IncomingMessage,
  reader: UsageReader,
  stop: (reason: string) => void,
): Promise<boolean> {
  const scrubber = createScrubber(job.config.upstream.auth.key);
  const idle = idleTimer(job, () => {
    job.onStall("upstream");
    stop("idle");
  });
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      // While the client is slow the upstream is not to blame.
      idle.stop();
      bytes += chunk.length;
      if (bytes > job.config.limits.response_bytes) stop("too_large");
      reader.push(chunk);
      await send(job, scrubber.push(chunk));
      idle.touch();
    }
    await send(job, scrubber.end());
    return answer.complete;
  } catch {
    await send(job, scrubber.end());
    return false;
  } finally {
    idle.stop();
  }
}

async function send(job: Forwarding, chunk: Buffer): Promise<void> {
  const { client } = job;
  if (!client.headersSent || client.destroyed || chunk.length === 0) return;
  if (!client.write(chunk)) await drained(job);
}

/** Waits until the client takes more; one that takes nothing for the idle time is cut off, the upstream is not. */
function drained({ client, config, onStall }: Forwarding): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      client.off("drain", done);
      client.off("close", done);
      resolve();
    };
    const timer = setTimeout(() => {
      onStall("client");
      client.destroy();
    }, config.limits.idle_timeout_ms);
    client.once("drain", done);
    client.once("close", done);
    if (client.destroyed) done();
  });
}

/** A refusal by the upstream buys nothing; everything else is paid for, measured or not. */
function judge(
  job: Forwarding,
  end: { status: number; ended: boolean; reason: string },
  { complete, seen }: ReadUsage,
): Forwarded {
  const { status, ended, reason } = end;
  if (job.free) return { status, outcome: { kind: "none" }, reason: "free" };
  if (status >= 300 && seen === undefined) return { status, outcome: { kind: "none" }, reason: "refused_upstream" };
  if (ended && complete !== undefined) return { status, outcome: { kind: "measured", usage: complete }, reason: "" };
  return { status, outcome: { kind: "kept", seen }, reason: ended ? "no_usage" : reason };
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "failed";
}
