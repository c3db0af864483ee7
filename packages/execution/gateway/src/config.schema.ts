// What the gateway process is told on its first line, and the one vocabulary in which it and its parent speak afterwards.
import { z } from "zod";

const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Limit = Count.nullable();

export const Vendor = z.enum(["anthropic", "openai"]);
/** Whose API is spoken. */
export type Vendor = z.infer<typeof Vendor>;

export const UpstreamAuth = z.strictObject({
  /** `x_api_key` and `oauth` are Anthropic's; `bearer` is OpenAI's. */
  scheme: z.enum(["x_api_key", "oauth", "bearer"]),
  key: z
    .string()
    .min(1)
    .max(4096)
    .regex(/^[\x21-\x7e]+$/),
});
/** The real credential. SECURITY: only ever in the parent's memory, on the gateway's stdin and in the gateway's memory. */
export type UpstreamAuth = z.infer<typeof UpstreamAuth>;

export const Upstream = z.strictObject({
  /** scheme://host[:port], without path. */
  origin: z.string().regex(/^https?:\/\/[^/?#@\s]+$/),
  /** `` or `/prefix`, put before every API path. */
  base_path: z.string().regex(/^(\/[A-Za-z0-9._~-]+)*$/),
  auth: UpstreamAuth,
});
/** Where requests go and with which key. */
export type Upstream = z.infer<typeof Upstream>;

export const Price = z.strictObject({
  vendor: Vendor,
  /** Exact model ids this row is for. */
  models: z.array(z.string().min(1)).min(1),
  /** Micro-dollars per million tokens. */
  input: Count,
  cache_write: Count,
  cache_read: Count,
  output: Count,
  /** ISO date on which the row was true. */
  as_of: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});
/** One row of the price table, whole micro-dollars per million tokens. */
export type Price = z.infer<typeof Price>;

export const SpendingLimits = z.strictObject({
  tokens: Limit,
  cost_microusd: Limit,
  requests: Limit,
  /** Distinct conversations (S16). */
  agents: Limit,
});
/** What may be spent through this gateway; null: not limited here. */
export type SpendingLimits = z.infer<typeof SpendingLimits>;

export const GatewayLimits = z.strictObject({
  max_output_tokens: Count.min(16).default(32_000),
  body_bytes: Count.min(1024).default(8 * 1024 * 1024),
  in_flight: Count.min(1).max(16).default(4),
  connections: Count.min(1).max(256).default(32),
  /** From forwarding to the last byte of the answer. */
  request_timeout_ms: Count.min(1).default(900_000),
  /** Without a byte from the upstream, or without the client taking one. */
  idle_timeout_ms: Count.min(1).default(300_000),
  /** For headers, then for the body, of a request from inside. */
  receive_timeout_ms: Count.min(1).default(30_000),
  response_bytes: Count.min(1024).default(64 * 1024 * 1024),
});
/** Sizes in bytes, times in milliseconds. */
export type GatewayLimits = z.infer<typeof GatewayLimits>;

export const EgressHost = z.strictObject({
  host: z.string().regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/),
  port: z.number().int().min(1).max(65_535).default(443),
  /** Bytes that may leave for this host in this run. */
  bytes_out: Count,
});
/** One host that the manifest names (S39). */
export type EgressHost = z.infer<typeof EgressHost>;

export const EgressConfig = z.strictObject({
  socket_path: z.string().startsWith("/").max(107),
  hosts: z.array(EgressHost).min(1).max(64),
});
/** The CONNECT list; absent unless the manifest names hosts. */
export type EgressConfig = z.infer<typeof EgressConfig>;

export const GatewayConfig = z.strictObject({
  schema: z.literal("ces.gateway/v1"),
  run_id: z.string().min(1).max(128),
  /** Absolute; must not exist yet. Linux holds at most 107 bytes. */
  socket_path: z.string().startsWith("/").max(107),
  socket_mode: z.number().int().min(0).max(0o777).default(0o600),
  vendor: Vendor,
  upstream: Upstream,
  /** Exact ids; everything else is refused. */
  models: z.array(z.string().min(1).max(200)).min(1).max(16),
  budgets: SpendingLimits,
  limits: GatewayLimits.prefault({}),
  /** Rows that come before the built-in table. */
  prices: z.array(Price).default([]),
  egress: EgressConfig.nullable().default(null),
});
/** The whole configuration, one JSON line on the gateway's stdin. */
export type GatewayConfig = z.infer<typeof GatewayConfig>;
/** The same before defaults are filled in. */
export type GatewayConfigInput = z.input<typeof GatewayConfig>;

export const GatewayUsage = z.strictObject({
  requests: Count,
  input_tokens: Count,
  cache_read_tokens: Count,
  cache_write_tokens: Count,
  output_tokens: Count,
  reasoning_tokens: Count,
  cost_microusd: Count.nullable(),
  charged_tokens: Count,
  agents: Count,
});
/** Totals. `input_tokens` excludes cache reads and writes; `charged_tokens` and `cost_microusd` include what is reserved. */
export type GatewayUsage = z.infer<typeof GatewayUsage>;

export const Reservation = z.strictObject({
  kind: z.literal("reserve"),
  id: z.string(),
  model: z.string(),
  tokens: Count,
  cost_microusd: Count.nullable(),
  input_tokens: Count,
  output_tokens: Count,
  /** Hash that names the conversation; null for token counting. */
  conversation: z.string().nullable(),
  usage: GatewayUsage,
});
/** Asked before a request is forwarded: the parent journals it, then answers. */
export type Reservation = z.infer<typeof Reservation>;

export const Settlement = z.strictObject({
  kind: z.literal("settle"),
  id: z.string(),
  model: z.string(),
  /** `measured`: real usage; `kept`: the reservation stands; `free`: nothing was bought. */
  how: z.enum(["measured", "kept", "free"]),
  /** Why, when not measured. */
  reason: z.string(),
  status: Count.nullable(),
  tokens: Count,
  cost_microusd: Count.nullable(),
  input_tokens: Count,
  cache_read_tokens: Count,
  cache_write_tokens: Count,
  output_tokens: Count,
  reasoning_tokens: Count,
  usage: GatewayUsage,
});
/** What a request came to; replaces its reservation. */
export type Settlement = z.infer<typeof Settlement>;

export const GatewayEvent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready"), socket_path: z.string(), pid: Count }),
  Reservation,
  Settlement,
  z.strictObject({
    kind: z.literal("decision"),
    verdict: z.enum(["forwarded", "answered", "refused"]),
    code: z.string(),
    status: Count,
    method: z.string(),
    path: z.string(),
    text: z.string(),
    dropped_headers: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal("budget_spent"),
    budget: z.enum(["tokens", "cost", "requests", "agents"]),
    text: z.string(),
  }),
  z.strictObject({ kind: z.literal("stalled"), id: z.string(), which: z.enum(["request", "upstream", "client"]) }),
  z.strictObject({
    kind: z.literal("egress"),
    verdict: z.enum(["opened", "refused", "closed"]),
    code: z.string(),
    host: z.string(),
    port: Count,
    address: z.string(),
    bytes_out: Count,
    bytes_in: Count,
  }),
  z.strictObject({ kind: z.literal("fault"), code: z.string(), text: z.string() }),
]);
/** One line from the gateway. No bodies, no keys. */
export type GatewayEvent = z.infer<typeof GatewayEvent>;

export const GatewayCommand = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("admitted"), id: z.string() }),
  z.strictObject({ kind: z.literal("refused"), id: z.string(), reason: z.string() }),
  z.strictObject({ kind: z.literal("halt"), reason: z.string() }),
]);
/** One line to the gateway. */
export type GatewayCommand = z.infer<typeof GatewayCommand>;
