// S09: what the real clients send passes unchanged in meaning; everything the vendor's servers would act on is refused by name.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Vendor } from "../src/config.schema.ts";
import { headersUp } from "../src/pass-headers.ts";
import { routeRequest } from "../src/route-request.ts";
import { clampOutput, shapeRequest } from "../src/shape-request.ts";

interface Recording {
  readonly client: string;
  readonly requests: readonly {
    readonly name: string;
    readonly expect:
      | { readonly kind: "shaped" }
      | { readonly kind: "refused"; readonly code: string; readonly member: string };
    readonly target: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
}
interface Vector {
  readonly name: string;
  readonly set?: object;
  readonly json?: string;
  readonly member: string;
  readonly code?: string;
}

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8"));
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

const RECORDINGS: readonly (readonly [Vendor, Recording])[] = [
  ["anthropic", load("claude-2.1.328.json") as Recording],
  ["openai", load("codex-0.169.0.json") as Recording],
];

describe.each(RECORDINGS)("%s: recorded bodies", (vendor, recording) => {
  it.each(recording.requests)("$name", ({ expect: expected, target, body }) => {
    const route = routeRequest(vendor, "POST", target);
    if (route === undefined) throw new Error("the recorded path is not routed");
    const shaped = shapeRequest(route, bytes(body), [String(body["model"])]);
    if (expected.kind === "refused") return expect(shaped).toMatchObject(expected);
    if (shaped.kind === "refused") throw new Error(`refused: ${shaped.text}`);
    const { client_metadata: _dropped, ...meaning } = body;
    expect(shaped.body).toEqual(meaning);
    const output = shaped.wanted_output ?? 32_000;
    expect(clampOutput(shaped, output)).toEqual(
      vendor === "openai" ? { ...meaning, max_output_tokens: output } : meaning,
    );
  });

  it("no header of the client is refused or lost that the API needs", () => {
    for (const { headers } of recording.requests) {
      const up = headersUp(vendor, { scheme: "bearer", key: "k" }, headers, 1);
      expect(up.dropped).toEqual([]);
    }
  });
});

const VECTORS = load("body-vectors.json") as Readonly<Record<Vendor, readonly Vector[]>>;
const BASE = {
  anthropic: {
    route: "messages",
    body: { model: "claude-opus-4-8", max_tokens: 5, messages: [{ role: "user", content: "x" }] },
  },
  openai: { route: "responses", body: { model: "gpt-5.5", input: "x", stream: true } },
} as const;

describe.each(["anthropic", "openai"] as const)("%s: refused members", (vendor) => {
  const { route, body } = BASE[vendor];

  it("the base body passes", () => {
    expect(shapeRequest(route, bytes(body), [body.model]).kind).toBe("shaped");
  });

  it.each(VECTORS[vendor])("$name", ({ set, json, member, code }) => {
    const shaped = shapeRequest(route, bytes(json ?? { ...body, ...set }), [body.model]);
    expect(shaped).toMatchObject({ kind: "refused", code: code ?? "MODEL_BODY", member });
    expect(JSON.stringify(shaped)).not.toMatch(/SECRET|attacker/);
  });

  it("any unknown member is refused", () => {
    for (const name of ["x", "Model", "constructor", "toString", "tools "]) {
      const shaped = shapeRequest(route, bytes({ ...body, [name]: 1 }), [body.model]);
      expect(shaped.kind).toBe("refused");
    }
  });
});

describe("clamps", () => {
  it("keeps the thinking budget below the clamped output", () => {
    const body = {
      model: "m",
      max_tokens: 32_000,
      thinking: { type: "enabled", budget_tokens: 31_999 },
      messages: [{ role: "user", content: "x" }],
    };
    const shaped = shapeRequest("messages", bytes(body), ["m"]);
    if (shaped.kind === "refused") throw new Error(shaped.text);
    expect(clampOutput(shaped, 8000)).toMatchObject({
      max_tokens: 8000,
      thinking: { type: "enabled", budget_tokens: 6976 },
    });
  });

  it("forces store to false and drops the tier and client metadata", () => {
    const body = { model: "m", input: "x", service_tier: "auto", client_metadata: { a: "b" } };
    expect(shapeRequest("responses", bytes(body), ["m"])).toMatchObject({
      body: { model: "m", input: "x", store: false },
    });
    expect(shapeRequest("responses", bytes(body), ["m"])).not.toHaveProperty("body.client_metadata");
  });
});

describe("headers", () => {
  it("only named headers go up, the key is ours, server-side betas are dropped", () => {
    const sent = {
      "x-api-key": "dummy",
      authorization: "Bearer dummy",
      cookie: "a=b",
      "openai-organization": "org-other",
      "openai-project": "p",
      "x-litellm-api-base": "http://evil",
      "x-forwarded-for": "1.2.3.4",
      "anthropic-beta":
        "effort-2025-11-24, mcp-client-2025-11-20,web-fetch-2025-09-10,code-execution-2025-08-25,files-api-2025-04-14,context-1m-2025-08-07",
    };
    const { headers, dropped } = headersUp("anthropic", { scheme: "x_api_key", key: "real" }, sent, 7);
    expect(headers).toEqual({
      "content-type": "application/json",
      "content-length": 7,
      accept: "application/json",
      "accept-encoding": "identity",
      "user-agent": "ces-gateway/0.1",
      "anthropic-version": "2023-06-01",
      "anthropic-beta": "effort-2025-11-24",
      "x-api-key": "real",
    });
    expect(dropped).toContain("x-litellm-api-base");
    expect(dropped).toContain("anthropic-beta: mcp-client-2025-11-20");
  });

  it("an oauth token goes as bearer with its beta", () => {
    const { headers } = headersUp("anthropic", { scheme: "oauth", key: "tok" }, {}, 1);
    expect(headers).toMatchObject({ authorization: "Bearer tok", "anthropic-beta": "oauth-2025-04-20" });
    expect(headers).not.toHaveProperty("x-api-key");
  });
});
