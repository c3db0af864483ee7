// S08 and S16 as laws: whatever is asked at once, the true bill stays within the budget and one reservation.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatewayConfig, type GatewayConfigInput } from "../src/config.schema.ts";
import { createMeter, type Ticket } from "../src/meter.ts";
import { shapeRequest, type ShapedRequest } from "../src/shape-request.ts";

const MODEL = "claude-opus-4-8";

function configOf(
  budgets: Partial<GatewayConfigInput["budgets"]>,
  rest: Partial<GatewayConfigInput> = {},
): GatewayConfig {
  return GatewayConfig.parse({
    schema: "ces.gateway/v1",
    run_id: "R",
    socket_path: "/x",
    vendor: "anthropic",
    models: [MODEL, "nameless"],
    upstream: { origin: "https://x", base_path: "", auth: { scheme: "x_api_key", key: "k" } },
    budgets: { tokens: null, cost_microusd: null, requests: null, agents: null, ...budgets },
    ...rest,
  });
}

function ask(text: string, max_tokens = 1000, model = MODEL): ShapedRequest {
  const body = { model, max_tokens, messages: [{ role: "user", content: text }] };
  const shaped = shapeRequest("messages", Buffer.from(JSON.stringify(body)), [model]);
  if (shaped.kind === "refused") throw new Error(shaped.text);
  return shaped;
}

const measured = (input: number, output: number) =>
  ({ kind: "measured", usage: { input, cache_read: 0, cache_write: 0, output, reasoning: 0 } }) as const;

describe("tokens", () => {
  it("holds: true usage ≤ budget + one reservation, for any order of requests and settlements", () => {
    const step = fc.record({
      bytes: fc.integer({ min: 1, max: 20_000 }),
      output: fc.integer({ min: 1, max: 9000 }),
      // 1: every byte is a token.
      density: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      settle: fc.integer({ min: 0, max: 3 }),
      cut: fc.constantFrom("no", "seen", "unseen"),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.array(step, { maxLength: 60 }), (budget, steps) => {
        const meter = createMeter(configOf({ tokens: budget }));
        const open: { ticket: Ticket; bytes: number; density: number; cut: "no" | "seen" | "unseen" }[] = [];
        let bill = 0;
        let largest = 0;
        const finish = (at: number): void => {
          const [one] = open.splice(at, 1);
          if (one === undefined) return;
          const input = Math.max(1, Math.floor(one.bytes * one.density));
          const output = Math.max(1, Math.floor(one.ticket.output * one.density));
          bill += input + output;
          if (one.cut === "no") meter.settle(one.ticket, measured(input, output));
          else
            meter.settle(one.ticket, { kind: "kept", seen: one.cut === "seen" ? measured(input, 1).usage : undefined });
        };
        for (const { bytes, output, density, settle, cut } of steps) {
          const request = ask("x".repeat(bytes), output);
          const admission = meter.admit(request);
          if (admission.kind === "admitted") {
            open.push({ ticket: admission.ticket, bytes: JSON.stringify(request.body).length, density, cut });
            largest = Math.max(largest, admission.ticket.tokens);
          }
          for (let n = 0; n < settle; n += 1) finish(0);
        }
        while (open.length > 0) finish(0);
        expect(bill).toBeLessThanOrEqual(budget + largest);
        expect(meter.usage().charged_tokens).toBeGreaterThanOrEqual(bill);
      }),
      { numRuns: 300 },
    );
  });

  it("a claude-sized session starts and goes on with 100 000, and with 50 000", () => {
    for (const tokens of [100_000, 50_000]) {
      const meter = createMeter(configOf({ tokens }));
      const first = meter.admit(ask("x".repeat(85_000), 32_000));
      if (first.kind !== "admitted") throw new Error(first.kind);
      expect(first.ticket.output).toBeGreaterThanOrEqual(4096);
      meter.settle(first.ticket, measured(100, 20));
      expect(meter.admit(ask("x".repeat(86_000), 32_000)).kind).toBe("admitted");
    }
  });

  it("clamps the output to what is left, and refuses rather than cut below use", () => {
    const meter = createMeter(configOf({ tokens: 10_000 }));
    const admission = meter.admit(ask("x".repeat(1000), 32_000));
    expect(admission).toMatchObject({ kind: "admitted", ticket: { output: expect.any(Number) } });
    if (admission.kind !== "admitted") throw new Error();
    expect(admission.ticket.tokens).toBe(10_000);
    meter.settle(admission.ticket, measured(3000, 3000));
    expect(meter.admit(ask("x".repeat(1000), 32_000))).toEqual({
      kind: "spent",
      budget: "tokens",
      text: "the tokens budget of this run is spent",
    });
  });

  it("waits for what others hold instead of refusing", () => {
    const meter = createMeter(configOf({ tokens: 20_000 }));
    const first = meter.admit(ask("x".repeat(1000), 15_000));
    expect(meter.admit(ask("x".repeat(1000), 15_000)).kind).toBe("later");
    if (first.kind !== "admitted") throw new Error();
    meter.settle(first.ticket, measured(300, 10));
    expect(meter.admit(ask("x".repeat(1000), 15_000)).kind).toBe("admitted");
  });

  it("counts a picture as a picture only where one can be", () => {
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "A".repeat(40_000) } };
    const real = shapeRequest(
      "messages",
      Buffer.from(JSON.stringify({ model: MODEL, max_tokens: 5, messages: [{ role: "user", content: [image] }] })),
      [MODEL],
    );
    const posing = shapeRequest(
      "messages",
      Buffer.from(
        JSON.stringify({
          model: MODEL,
          max_tokens: 5,
          messages: [
            { role: "user", content: "x" },
            { role: "assistant", content: [{ type: "tool_use", id: "t", name: "n", input: image }] },
          ],
        }),
      ),
      [MODEL],
    );
    const tokensOf = (request: typeof real): number => {
      const admission = request.kind === "shaped" ? createMeter(configOf({})).admit(request) : undefined;
      return admission?.kind === "admitted" ? admission.ticket.tokens : Number.NaN;
    };
    expect(tokensOf(real)).toBeLessThan(6000);
    expect(tokensOf(posing)).toBeGreaterThan(20_000);
  });
});

describe("the other budgets", () => {
  it("requests: refused and failed ones count as well", () => {
    const meter = createMeter(configOf({ requests: 2 }));
    for (let n = 0; n < 2; n += 1) {
      const admission = meter.admit(ask("x"));
      if (admission.kind === "admitted") meter.settle(admission.ticket, { kind: "none" });
    }
    expect(meter.admit(ask("x"))).toMatchObject({ kind: "spent", budget: "requests" });
  });

  it("agents: a second conversation is one too many, the first goes on", () => {
    const meter = createMeter(configOf({ agents: 1 }));
    expect(meter.admit(ask("first")).kind).toBe("admitted");
    expect(meter.admit(ask("second"))).toMatchObject({ kind: "spent", budget: "agents" });
    expect(meter.admit(ask("first")).kind).toBe("admitted");
    expect(meter.usage().agents).toBe(1);
  });

  it("money: reserved at the dearest price, settled at the real one", () => {
    const meter = createMeter(configOf({ cost_microusd: 1_000_000 }));
    const admission = meter.admit(ask("x".repeat(20_000), 32_000));
    if (admission.kind !== "admitted") throw new Error(admission.kind);
    // 10 µ$ per cached-write token in, 25 µ$ per token out
    expect(admission.ticket.cost_microusd).toBe(admission.ticket.input.reserved * 10 + admission.ticket.output * 25);
    expect(admission.ticket.cost_microusd).toBeLessThanOrEqual(1_000_000);
    expect(meter.settle(admission.ticket, measured(1000, 10)).cost_microusd).toBe(5250);
    expect(meter.admit(ask("x".repeat(200_000), 32_000))).toMatchObject({ kind: "spent", budget: "cost" });
  });

  it("money: a model without a price is refused, without a money budget it is only unpriced", () => {
    expect(createMeter(configOf({ cost_microusd: 1 })).admit(ask("x", 10, "nameless")).kind).toBe("unpriced");
    const meter = createMeter(configOf({}));
    expect(meter.admit(ask("x", 10, "nameless"))).toMatchObject({ kind: "admitted", ticket: { cost_microusd: null } });
    expect(meter.usage().cost_microusd).toBeNull();
  });

  it("in flight: the fifth waits", () => {
    const meter = createMeter(configOf({}));
    for (let n = 0; n < 4; n += 1) expect(meter.admit(ask(`x${n}`)).kind).toBe("admitted");
    expect(meter.admit(ask("x")).kind).toBe("later");
  });

  it("a cancelled admission leaves nothing behind", () => {
    const meter = createMeter(configOf({ tokens: 50_000, agents: 1 }));
    const before = meter.usage();
    const admission = meter.admit(ask("x"));
    if (admission.kind === "admitted") meter.cancel(admission.ticket);
    expect(meter.usage()).toEqual(before);
  });
});
