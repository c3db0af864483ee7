// S07: which key goes to which origin, as a matrix; the canary may be found only where the table says.
import { describe, expect, it } from "vitest";
import { resolveUpstream, type UpstreamFacts } from "../src/resolve-upstream.ts";

const env = { ANTHROPIC_API_KEY: "sk-ant-REAL", OPENAI_API_KEY: "sk-oa-REAL" };
const own = { vendor: "anthropic", url: "https://llm.example.org/anthropic", key: "sk-own" } as const;

type Row = readonly [name: string, facts: Partial<UpstreamFacts>, expected: object];

const ROWS: readonly Row[] = [
  [
    "anthropic by default",
    { env },
    {
      kind: "upstream",
      source: "vendor",
      origin: "https://api.anthropic.com",
      base_path: "",
      auth: { scheme: "x_api_key", key: "sk-ant-REAL" },
    },
  ],
  [
    "anthropic by oauth token",
    { env: { CLAUDE_CODE_OAUTH_TOKEN: "tok" } },
    { kind: "upstream", auth: { scheme: "oauth", key: "tok" } },
  ],
  [
    "the api key wins over the token",
    { env: { ...env, CLAUDE_CODE_OAUTH_TOKEN: "tok" } },
    { auth: { scheme: "x_api_key", key: "sk-ant-REAL" } },
  ],
  [
    "openai by default",
    { vendor: "openai", env },
    {
      kind: "upstream",
      origin: "https://api.openai.com",
      base_path: "/v1",
      auth: { scheme: "bearer", key: "sk-oa-REAL" },
    },
  ],
  ["no key", { env: {} }, { kind: "refused", code: "KEY_MISSING" }],
  ["the other vendor’s key is not used", { env: { OPENAI_API_KEY: "x" } }, { kind: "refused", code: "KEY_MISSING" }],
  ["blank key", { env: { ANTHROPIC_API_KEY: "  " } }, { kind: "refused", code: "KEY_MISSING" }],
  ["key with a line break", { env: { ANTHROPIC_API_KEY: "a\r\nx-evil: 1" } }, { kind: "refused", code: "KEY_MISSING" }],
  [
    "loopback http",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://127.0.0.1:4000" } },
    {
      kind: "upstream",
      source: "loopback",
      origin: "http://127.0.0.1:4000",
      base_path: "",
      auth: { scheme: "x_api_key", key: "sk-ant-REAL" },
    },
  ],
  [
    "loopback by name",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://localhost:4000/" } },
    { kind: "upstream", origin: "http://localhost:4000" },
  ],
  [
    "loopback v6",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://[::1]:4000" } },
    { kind: "upstream", origin: "http://[::1]:4000" },
  ],
  [
    "the base path is kept",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://127.0.0.1:4000/prefix/a/" } },
    { kind: "upstream", base_path: "/prefix/a" },
  ],
  [
    "openai base path is kept",
    { vendor: "openai", env: { ...env, OPENAI_BASE_URL: "http://127.0.0.1:4000/prefix/v1" } },
    { kind: "upstream", base_path: "/prefix/v1" },
  ],
  [
    "openai without path means /v1",
    { vendor: "openai", env: { ...env, OPENAI_BASE_URL: "http://127.0.0.1:4000" } },
    { kind: "upstream", base_path: "/v1" },
  ],
  [
    "the vendor named in full",
    { env: { ...env, ANTHROPIC_BASE_URL: "https://api.anthropic.com/" } },
    { kind: "upstream", source: "vendor", auth: { scheme: "x_api_key", key: "sk-ant-REAL" } },
  ],
  [
    "the vendor over http",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://api.anthropic.com" } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "the vendor on another port",
    { env: { ...env, ANTHROPIC_BASE_URL: "https://api.anthropic.com:8443" } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "an attacker",
    { env: { ...env, ANTHROPIC_BASE_URL: "https://attacker.example" } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "a name that begins like the vendor",
    { env: { ...env, ANTHROPIC_BASE_URL: "https://api.anthropic.com.attacker.example" } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "a name that begins like loopback",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://127.0.0.1.attacker.example" } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "localhost as a label",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://localhost.attacker.example" } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "loopback as user name",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://127.0.0.1:80@attacker.example" } },
    { kind: "refused", code: "UPSTREAM_INVALID" },
  ],
  [
    "loopback in decimal is loopback",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://2130706433:1" } },
    { kind: "upstream", origin: "http://127.0.0.1:1" },
  ],
  [
    "any address",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://0.0.0.0:1" } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "the metadata service",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://169.254.169.254" } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "a query",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://127.0.0.1/?a=b" } },
    { kind: "refused", code: "UPSTREAM_INVALID" },
  ],
  [
    "an encoded path",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://127.0.0.1/%2e%2e/x" } },
    { kind: "upstream", base_path: "/x" },
  ],
  [
    "a path with an escape",
    { env: { ...env, ANTHROPIC_BASE_URL: "http://127.0.0.1/a%20b" } },
    { kind: "refused", code: "UPSTREAM_INVALID" },
  ],
  [
    "another scheme",
    { env: { ...env, ANTHROPIC_BASE_URL: "file:///etc/passwd" } },
    { kind: "refused", code: "UPSTREAM_INVALID" },
  ],
  ["no url", { env: { ...env, ANTHROPIC_BASE_URL: "attacker" } }, { kind: "refused", code: "UPSTREAM_INVALID" }],
  [
    "the other vendor’s variable is not looked at",
    { env: { ...env, OPENAI_BASE_URL: "https://attacker.example" } },
    { kind: "upstream", origin: "https://api.anthropic.com" },
  ],
  [
    "named by the user",
    { env, userConfig: { upstreams: [own] } },
    {
      kind: "upstream",
      source: "user_config",
      origin: "https://llm.example.org",
      base_path: "/anthropic",
      auth: { scheme: "x_api_key", key: "sk-own" },
    },
  ],
  [
    "named, and asked for",
    { env: { ...env, ANTHROPIC_BASE_URL: "https://llm.example.org/anthropic/" }, userConfig: { upstreams: [own] } },
    { kind: "upstream", source: "user_config", auth: { scheme: "x_api_key", key: "sk-own" } },
  ],
  [
    "named, but another path is asked for",
    { env: { ...env, ANTHROPIC_BASE_URL: "https://llm.example.org/evil" }, userConfig: { upstreams: [own] } },
    { kind: "refused", code: "UPSTREAM_UNTRUSTED" },
  ],
  [
    "named with bearer",
    { env, userConfig: { upstreams: [{ ...own, scheme: "bearer" }] } },
    { auth: { scheme: "bearer", key: "sk-own" } },
  ],
  [
    "named over http",
    { env, userConfig: { upstreams: [{ ...own, url: "http://llm.example.org" }] } },
    { kind: "refused", code: "UPSTREAM_INVALID" },
  ],
  [
    "named without a key",
    { env, userConfig: { upstreams: [{ ...own, key: "" }] } },
    { kind: "refused", code: "KEY_MISSING" },
  ],
  [
    "named for the other vendor",
    { vendor: "openai", env, userConfig: { upstreams: [own] } },
    { kind: "upstream", origin: "https://api.openai.com" },
  ],
];

describe("resolveUpstream", () => {
  it.each(ROWS)("%s", (_name, facts, expected) => {
    const resolved = resolveUpstream({ vendor: "anthropic", env: {}, userConfig: {}, ...facts });
    expect(resolved).toMatchObject(expected);
    const allowed =
      resolved.kind === "upstream" &&
      /^https:\/\/api\.(anthropic|openai)\.com$|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(
        resolved.origin,
      );
    if (!allowed) expect(JSON.stringify(resolved)).not.toMatch(/REAL/);
    if (resolved.kind === "refused") expect(resolved.remedy).not.toBe("");
  });

  it("does not repeat a password from a url", () => {
    const resolved = resolveUpstream({
      vendor: "anthropic",
      env: { ...env, ANTHROPIC_BASE_URL: "https://user:secret@llm.example.org" },
      userConfig: {},
    });
    expect(JSON.stringify(resolved)).not.toContain("secret");
  });
});
