// Which server gets which key (S07). A key belongs to an origin: the usual variables' keys go to the vendor and, because nobody
// else can listen there, to this machine's loopback; every other origin is named, with its own key, in the user's configuration.
// SECURITY: `env` is the environment of the CES process. It is never filled from `.env`, the repository or an agent.
import type { Upstream, UpstreamAuth, Vendor } from "./config.schema.ts";

/** An origin that the user's own configuration names, with its own key. `url` may carry a base path. */
export interface NamedUpstream {
  readonly vendor: Vendor;
  readonly url: string;
  readonly key: string;
  /** `x_api_key` or `bearer`; the vendor's own form unless told. */
  readonly scheme?: "x_api_key" | "bearer";
}

/** What the answer is made of. */
export interface UpstreamFacts {
  readonly vendor: Vendor;
  readonly env: Readonly<
    Partial<
      Record<
        "ANTHROPIC_API_KEY" | "CLAUDE_CODE_OAUTH_TOKEN" | "OPENAI_API_KEY" | "ANTHROPIC_BASE_URL" | "OPENAI_BASE_URL",
        string
      >
    >
  >;
  readonly userConfig: { readonly upstreams?: readonly NamedUpstream[] };
}

/** The one upstream of a run, or why there is none. */
export type ResolvedUpstream =
  | ({ readonly kind: "upstream"; readonly source: "vendor" | "loopback" | "user_config" } & Upstream)
  | {
      readonly kind: "refused";
      readonly code: "UPSTREAM_UNTRUSTED" | "UPSTREAM_INVALID" | "KEY_MISSING";
      readonly message: string;
      readonly remedy: string;
    };

const VENDORS = {
  anthropic: {
    origin: "https://api.anthropic.com",
    base_path: "",
    variable: "ANTHROPIC_BASE_URL",
    keys: "`ANTHROPIC_API_KEY` or `CLAUDE_CODE_OAUTH_TOKEN`",
  },
  openai: { origin: "https://api.openai.com", base_path: "/v1", variable: "OPENAI_BASE_URL", keys: "`OPENAI_API_KEY`" },
} as const;

/** Decides origin, base path and credential. Pure; a refusal says what to do. */
export function resolveUpstream({ vendor, env, userConfig }: UpstreamFacts): ResolvedUpstream {
  const { origin, base_path, variable } = VENDORS[vendor];
  const named = (userConfig.upstreams ?? []).filter((upstream) => upstream.vendor === vendor);
  const asked = env[variable]?.trim() || undefined;
  if (asked === undefined) {
    const [first] = named;
    return first === undefined ? withEnvironmentKey(vendor, env, { origin, base_path }, "vendor") : fromConfig(first);
  }
  const place = parsePlace(vendor, asked);
  if (place === undefined) return invalid(variable, asked);
  const match = named.find((upstream) => samePlace(parsePlace(vendor, upstream.url), place));
  if (match !== undefined) return fromConfig(match);
  if (place.origin === origin) return withEnvironmentKey(vendor, env, place, "vendor");
  if (isLoopback(place.origin)) return withEnvironmentKey(vendor, env, place, "loopback");
  return {
    kind: "refused",
    code: "UPSTREAM_UNTRUSTED",
    message: `\`${variable}\` names \`${place.origin}\`, which is neither the vendor nor this machine`,
    remedy: `unset ${variable}, or name that origin with its own key under upstreams in the configuration of your user`,
  };
}

interface Place {
  readonly origin: string;
  readonly base_path: string;
}

function fromConfig(named: NamedUpstream): ResolvedUpstream {
  const place = parsePlace(named.vendor, named.url);
  if (place === undefined || (place.origin.startsWith("http:") && !isLoopback(place.origin)))
    return invalid("upstreams", named.url);
  const key = named.key.trim();
  if (!isKey(key)) return keyMissing(named.vendor, `upstream \`${place.origin}\` has no usable key`);
  const scheme = named.scheme ?? (named.vendor === "anthropic" ? "x_api_key" : "bearer");
  return { kind: "upstream", source: "user_config", ...place, auth: { scheme, key } };
}

function withEnvironmentKey(
  vendor: Vendor,
  env: UpstreamFacts["env"],
  place: Place,
  source: "vendor" | "loopback",
): ResolvedUpstream {
  const auth = environmentKey(vendor, env);
  if (auth === undefined) return keyMissing(vendor, `no key for \`${place.origin}\``);
  return { kind: "upstream", source, ...place, auth };
}

function environmentKey(vendor: Vendor, env: UpstreamFacts["env"]): UpstreamAuth | undefined {
  const candidates: readonly (readonly [UpstreamAuth["scheme"], string | undefined])[] =
    vendor === "anthropic"
      ? [
          ["x_api_key", env.ANTHROPIC_API_KEY],
          ["oauth", env.CLAUDE_CODE_OAUTH_TOKEN],
        ]
      : [["bearer", env.OPENAI_API_KEY]];
  for (const [scheme, value] of candidates) {
    const key = value?.trim() ?? "";
    if (isKey(key)) return { scheme, key };
  }
  return undefined;
}

const isKey = (key: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(key);

/**
 * Origin and base path of a URL. The usual variables hold the vendor's own kind of base: `/v1/messages` is put behind
 * Anthropic's, `/responses` behind OpenAI's, which usually ends in `/v1` (so an empty path means that).
 */
function parsePlace(vendor: Vendor, text: string): Place | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return undefined;
  const path = url.pathname.replace(/\/+$/, "");
  const base_path = path === "" ? VENDORS[vendor].base_path : path;
  return /^(\/[A-Za-z0-9._~-]+)*$/.test(base_path) ? { origin: url.origin, base_path } : undefined;
}

const samePlace = (a: Place | undefined, b: Place): boolean =>
  a !== undefined && a.origin === b.origin && a.base_path === b.base_path;

/** Loopback by literal address or by the one name that resolvers may not change. */
function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function invalid(where: string, text: string): ResolvedUpstream {
  return {
    kind: "refused",
    code: "UPSTREAM_INVALID",
    message: `\`${where}\` is not a usable https url (http only to loopback, no user, query or fragment): \`${withoutUser(text)}\``,
    remedy: `correct ${where} or remove it`,
  };
}

/** SECURITY: a URL with a password in it is not repeated. */
const withoutUser = (text: string): string => text.replace(/\/\/[^/@]*@/, "//…@").slice(0, 200);

function keyMissing(vendor: Vendor, message: string): ResolvedUpstream {
  return {
    kind: "refused",
    code: "KEY_MISSING",
    message,
    remedy: `set ${VENDORS[vendor].keys} in the environment of ces`,
  };
}
