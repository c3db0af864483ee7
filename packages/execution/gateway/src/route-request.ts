// Exactly the model API's paths. The request target is compared as bytes, so that no decoding, dot segment, absolute form
// or second spelling can mean another path to the upstream than it meant here (threats, "ten things" no 1).
import type { Vendor } from "./config.schema.ts";

/** What a request asks for. `root` and `models` are answered here, without the upstream. */
export type Route = "messages" | "count_tokens" | "responses" | "models" | "root";

const ROUTES: Readonly<Record<Vendor, ReadonlyMap<string, Route>>> = {
  anthropic: new Map<string, Route>([
    ["POST /v1/messages", "messages"],
    ["POST /v1/messages?beta=true", "messages"],
    ["POST /v1/messages/count_tokens", "count_tokens"],
    ["POST /v1/messages/count_tokens?beta=true", "count_tokens"],
    ["HEAD /", "root"],
  ]),
  openai: new Map<string, Route>([
    ["POST /v1/responses", "responses"],
    ["GET /v1/models", "models"],
  ]),
};

/** What follows the upstream's base path (which for OpenAI already holds `/v1`). Undefined: answered here. */
export function upstreamPath(route: Route): string | undefined {
  return UPSTREAM_PATHS[route];
}

const UPSTREAM_PATHS: Readonly<Record<Route, string | undefined>> = {
  messages: "/v1/messages?beta=true",
  count_tokens: "/v1/messages/count_tokens?beta=true",
  responses: "/responses",
  models: undefined,
  root: undefined,
};

/** The route of a request line, or undefined: refused as MODEL_PATH. `target` is the raw request target. */
export function routeRequest(vendor: Vendor, method: string, target: string): Route | undefined {
  return ROUTES[vendor].get(`${method} ${target}`);
}
