// Headers are allow-listed both ways: what is not named here does not cross (S09).
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { UpstreamAuth, Vendor } from "./config.schema.ts";

/**
 * Betas that change only how the model answers the client. Those that make the vendor's servers act (mcp-client, web-fetch,
 * code-execution, files-api, skills, computer-use), cost more (context-1m, fast-mode) or are unknown are dropped.
 */
const HARMLESS_BETAS: ReadonlySet<string> = new Set([
  "claude-code-20250219",
  "interleaved-thinking-2025-05-14",
  "context-management-2025-06-27",
  "thinking-token-count-2026-05-13",
  "thinking-display-updates-2026-08-18",
  "advanced-tool-use-2025-11-20",
  "per-turn-control-2026-07-01",
  "mid-conversation-tool-changes-2026-07-01",
  "mid-conversation-system-2026-04-07",
  "effort-2025-11-24",
  "structured-outputs-2025-12-15",
  "fine-grained-tool-streaming-2025-05-14",
  "extended-cache-ttl-2025-04-11",
  "prompt-caching-scope-2026-01-05",
  "redact-thinking-2026-02-12",
]);
const OAUTH_BETA = "oauth-2025-04-20";
const USER_AGENT = "ces-gateway/0.1";
const VERSION = "2023-06-01";

/** Known and meaningless to the upstream: left out without a word in the log. */
const QUIET =
  /^(host|connection|content-length|content-type|transfer-encoding|accept|accept-encoding|accept-language|user-agent|x-api-key|authorization|x-app|originator|session-id|thread-id|anthropic-beta|anthropic-version|anthropic-dangerous-direct-browser-access|x-stainless-.*|x-claude-code-.*|x-codex-.*|x-client-request-id)$/;
const ANSWERED: readonly string[] = ["content-type", "request-id", "x-request-id", "retry-after", "x-should-retry"];

/** What goes up, and the names that a client sent and that do not (for the log). */
export interface UpstreamHeaders {
  readonly headers: OutgoingHttpHeaders;
  readonly dropped: readonly string[];
}

/** Headers for the upstream of a body of `length` bytes. The client's own credential is never looked at. */
export function headersUp(
  vendor: Vendor,
  auth: UpstreamAuth,
  sent: IncomingHttpHeaders,
  length: number,
): UpstreamHeaders {
  const betas = String(sent["anthropic-beta"] ?? "")
    .split(",")
    .map((beta) => beta.trim())
    .filter((beta) => beta !== "");
  const kept = betas.filter((beta) => HARMLESS_BETAS.has(beta));
  const dropped = betas
    .filter((beta) => !HARMLESS_BETAS.has(beta) && beta !== OAUTH_BETA)
    .map((beta) => `anthropic-beta: ${beta}`);
  const names = Object.keys(sent).filter((name) => !QUIET.test(name));
  const headers: OutgoingHttpHeaders = {
    "content-type": "application/json",
    "content-length": length,
    accept: sent.accept === "text/event-stream" ? "text/event-stream" : "application/json",
    "accept-encoding": "identity",
    "user-agent": USER_AGENT,
    ...(vendor === "anthropic" ? anthropicHeaders(auth, kept) : {}),
    ...credential(auth),
  };
  return { headers, dropped: [...names, ...dropped].map((name) => name.slice(0, 100)).slice(0, 20) };
}

/** What of the upstream's answer the client sees. */
export function headersDown(answered: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = ANSWERED.flatMap((name) => (answered[name] === undefined ? [] : [[name, answered[name]] as const]));
  return Object.fromEntries(kept);
}

function anthropicHeaders(auth: UpstreamAuth, kept: readonly string[]): OutgoingHttpHeaders {
  const betas = [...new Set([...kept, ...(auth.scheme === "oauth" ? [OAUTH_BETA] : [])])];
  return { "anthropic-version": VERSION, ...(betas.length === 0 ? {} : { "anthropic-beta": betas.join(",") }) };
}

function credential(auth: UpstreamAuth): OutgoingHttpHeaders {
  return auth.scheme === "x_api_key" ? { "x-api-key": auth.key } : { authorization: `Bearer ${auth.key}` };
}
