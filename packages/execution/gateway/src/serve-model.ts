// The door of the box: one HTTP server on a unix socket. Every request is judged alone, whatever connection it came on.
import { chmodSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { redactText } from '@ces/kernel'
import { answerModels, answerRoot, refuseClient } from './answer-client.ts'
import type { GatewayConfig, GatewayEvent, GatewayUsage } from './config.schema.ts'
import { forwardRequest, type Forwarded } from './forward-request.ts'
import { createMeter, type Charge, type Ticket } from './meter.ts'
import { headersUp } from './pass-headers.ts'
import { createRequestQueue, type Journal } from './queue-requests.ts'
import { createBodyReceiver } from './receive-body.ts'
import { routeRequest, upstreamPath, type Route } from './route-request.ts'
import { clampOutput, shapeRequest, type ShapedRequest } from './shape-request.ts'

/** Who is told and who writes reservations down. */
export interface Reporting {
  emit(event: GatewayEvent): void
  journal(ticket: Ticket, usage: GatewayUsage): ReturnType<Journal>
}

/** A listening gateway inside this process. */
export interface ModelServer {
  halt(reason: string): void
  close(): void
}

/** Bodies of all connections together. */
const TOGETHER = 48 * 1024 * 1024

/** Listens on `config.socket_path` (which must not exist). Rejects with the system's error. */
export async function serveModel(config: GatewayConfig, reporting: Reporting): Promise<ModelServer> {
  const { emit } = reporting
  const meter = createMeter(config)
  const queue = createRequestQueue(meter, (ticket) => reporting.journal(ticket, meter.usage()), emit)
  const receive = createBodyReceiver({ each: config.limits.body_bytes, together: TOGETHER })
  const halted = new AbortController()

  async function handle(request: IncomingMessage, client: ServerResponse): Promise<void> {
    const route = routeRequest(config.vendor, request.method ?? '', request.url ?? '')
    if (route === undefined) return refuse(request, client, 403, 'MODEL_PATH', 'only the model API itself is reachable from here')
    if (route === 'root' || route === 'models') return answerHere(request, client, route)
    const body = await receive(request)
    if (body.kind === 'refused') return refuse(request, client, body.status, 'MODEL_BODY', body.text)
    try {
      const shaped = shapeRequest(route, body.bytes, config.models)
      if (shaped.kind === 'refused') return refuse(request, client, 403, shaped.code, shaped.text)
      await admit(request, client, shaped)
    } finally {
      body.release()
    }
  }

  function answerHere(request: IncomingMessage, client: ServerResponse, route: 'root' | 'models'): void {
    decide(request, 'answered', 'LOCAL', 200, route, [])
    if (route === 'models') answerModels(client, config.models)
    else answerRoot(client)
  }

  async function admit(request: IncomingMessage, client: ServerResponse, shaped: ShapedRequest): Promise<void> {
    const gone = new AbortController()
    client.once('close', () => gone.abort())
    const turn = await queue.enter(shaped, gone.signal)
    if (turn.kind === 'refused') return refuse(request, client, 402, turn.code, turn.text)
    const body = Buffer.from(JSON.stringify(clampOutput(shaped, turn.ticket.output)))
    const { headers, dropped } = headersUp(config.vendor, config.upstream.auth, request.headers, body.length)
    decide(request, 'forwarded', 'FORWARDED', 0, shaped.model, dropped)
    const forwarded = await forwardRequest({
      config,
      path: pathOf(shaped.route),
      headers,
      body,
      client,
      free: shaped.route === 'count_tokens',
      halted: halted.signal,
      onStall: (which) => emit({ kind: 'stalled', id: turn.ticket.id, which }),
    })
    settle(turn.ticket, forwarded)
    if (!client.headersSent) refuseClient(client, 502, 'UPSTREAM_FAILED', `the model API did not answer (${forwarded.reason})`)
  }

  function settle(ticket: Ticket, { status, outcome, reason }: Forwarded): void {
    const charge = queue.leave(ticket, outcome)
    const how = outcome.kind === 'none' ? 'free' : outcome.kind
    emit({ kind: 'settle', id: ticket.id, model: ticket.model, how, reason, status, ...chargeFields(charge), usage: meter.usage() })
  }

  function refuse(request: IncomingMessage, client: ServerResponse, status: number, code: string, text: string): void {
    decide(request, 'refused', code, status, text, [])
    refuseClient(client, status, code, text)
    // SECURITY: a connection whose body was not read to its end cannot carry a second request.
    if (!request.complete) client.once('finish', () => request.destroy())
  }

  /** Attacker-controlled: method and path are clipped and redacted before they are told. */
  function decide(request: IncomingMessage, verdict: 'forwarded' | 'answered' | 'refused', code: string, status: number, text: string, dropped: readonly string[]): void {
    const path = redactText((request.url ?? '').slice(0, 200))
    emit({ kind: 'decision', verdict, code, status, method: (request.method ?? '').slice(0, 20), path, text: redactText(text), dropped_headers: [...dropped] })
  }

  const server = createServer(config, (request, client) => {
    handle(request, client).catch((error: unknown) => {
      emit({ kind: 'fault', code: 'GATEWAY_FAULT', text: redactText(String(error)).slice(0, 500) })
      refuseClient(client, 500, 'GATEWAY_FAULT', 'the gateway failed')
    })
  })
  server.on('connect', (request, socket) => {
    decide(request, 'refused', 'MODEL_PATH', 403, 'connect', [])
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
  })
  await listen(server, config)
  return {
    halt: (reason) => {
      queue.halt(reason)
      halted.abort()
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function createServer(config: GatewayConfig, onRequest: (request: IncomingMessage, client: ServerResponse) => void): http.Server {
  const { limits } = config
  const server = http.createServer({
    insecureHTTPParser: false,
    maxHeaderSize: 32 * 1024,
    headersTimeout: limits.receive_timeout_ms,
    requestTimeout: limits.receive_timeout_ms,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: Math.min(1000, limits.receive_timeout_ms),
  }, onRequest)
  server.maxConnections = limits.connections
  server.maxHeadersCount = 64
  // A client that never reads its answers may not pin the socket for ever (forwarding has its own, longer timers).
  server.timeout = 0
  return server
}

function listen(server: http.Server, config: GatewayConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.socket_path, () => {
      chmodSync(config.socket_path, config.socket_mode)
      resolve()
    })
  })
}

function pathOf(route: Route): string {
  const path = upstreamPath(route)
  if (path === undefined) throw new Error(`route ${route} is answered here`)
  return path
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
  }
}
