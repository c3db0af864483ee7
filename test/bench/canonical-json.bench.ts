// Canonical JSON against npm `canonicalize` (erdtman, RFC 8785), over what CES hashes: records, deep objects, long strings.
import rival from "canonicalize";
import { canonicalize, type Json } from "@ces/kernel";
import { type Figure, measure, takeTurns, timesAsFast, together } from "./figures.ts";

// Held by the mean: a long string is the engine's JSON.stringify on both sides, and nothing written in JavaScript beats that.
const BAR = 1.5;
const ROUNDS = 15;
const BATCH_MS = 25;

const record = (i: number): Json => ({
  schema: "ces.run/v1",
  order: {
    run_id: `R-${i.toString(16).padStart(12, "0")}`,
    purpose: "implement",
    delivery_id: "D-0123456789ab",
    attempt: 1,
    label: "claude",
  },
  outcome: "completed",
  exit_code: 0,
  reason: null,
  limits: [
    { name: "wall", value: 3_600_000, held_by: "kernel" },
    { name: "tokens", value: 200_000, held_by: "gateway" },
  ],
  usage: { requests: 12, input_tokens: 48_211, output_tokens: 3_120, cost_microusd: 190_433, charged_tokens: 51_331 },
  final_text: "Added validation; the tests pass.\n",
  started_at: "2026-01-01T00:00:00.000Z",
  ended_at: "2026-01-01T00:01:30.250Z",
});

const deep = (depth: number): Json =>
  depth === 0 ? [1, 2.5, "leaf", true, null] : { left: deep(depth - 1), right: [deep(depth - 1)], at: depth };

const inputs: Readonly<Record<string, Json>> = {
  "records (100 of 700 B)": Array.from({ length: 100 }, (_, i) => record(i)),
  "deep objects (2¹⁰ leaves)": deep(10),
  "long strings (8 × 32 KiB, some escapes)": Array.from({ length: 8 }, (_, i) => `line ${i} "quoted" ü\n`.repeat(1600)),
};

await measure("canonical JSON", async () => {
  const figures: Figure[] = [];
  for (const [name, value] of Object.entries(inputs)) figures.push(await compare(name, value));
  return together("all three, geometric mean", figures, BAR);
});

async function compare(name: string, value: Json): Promise<Figure> {
  if (canonicalize(value, "rfc8785") !== rival(value)) throw new Error(`the two disagree about ${name}`);
  const ours = (): string => canonicalize(value, "rfc8785");
  const theirs = (): string | undefined => rival(value);
  const batch = batchOf(theirs);
  const took = await takeTurns(ROUNDS, { ours: () => repeat(ours, batch), theirs: () => repeat(theirs, batch) });
  return timesAsFast(name, took.ours, took.theirs, BAR);
}

// Enough calls for a clock to see, after enough for the compiler.
function batchOf(call: () => unknown): number {
  repeat(call, 50);
  return Math.max(1, Math.ceil(BATCH_MS / repeat(call, 20)));
}

/** Milliseconds of one call. */
function repeat(call: () => unknown, times: number): number {
  const start = performance.now();
  for (let i = 0; i < times; i += 1) call();
  return (performance.now() - start) / times;
}
