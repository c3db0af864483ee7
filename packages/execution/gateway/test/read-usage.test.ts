// S08: usage is read from any split of the bytes, believed only when it is whole and possible.
import { describe, expect, it } from "vitest";
import { createUsageReader, type MeasuredUsage } from "../src/read-usage.ts";
import { anthropicStream, openAiStream } from "../src/testing.ts";

const read = (vendor: "anthropic" | "openai", text: string | Uint8Array, streamed = true) => {
  const reader = createUsageReader(vendor, streamed);
  reader.push(typeof text === "string" ? Buffer.from(text) : text);
  return reader.end();
};
const STREAMS = {
  anthropic: anthropicStream(
    { input_tokens: 10, cache_read_input_tokens: 5, cache_creation_input_tokens: 3, output_tokens: 1 },
    { output_tokens: 20 },
  ),
  openai: openAiStream({
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 40 },
    output_tokens: 20,
    output_tokens_details: { reasoning_tokens: 7 },
  }),
} as const;
const MEASURED: Readonly<Record<"anthropic" | "openai", MeasuredUsage>> = {
  anthropic: { input: 10, cache_read: 5, cache_write: 3, output: 20, reasoning: 0 },
  openai: { input: 60, cache_read: 40, cache_write: 0, output: 20, reasoning: 7 },
};

describe.each(["anthropic", "openai"] as const)("%s", (vendor) => {
  const bytes = Buffer.from(STREAMS[vendor]);

  it("reads a whole stream", () => {
    expect(read(vendor, bytes)).toEqual({ complete: MEASURED[vendor], seen: MEASURED[vendor] });
  });

  it("reads the same from every split into two", () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      const reader = createUsageReader(vendor, true);
      reader.push(bytes.subarray(0, at));
      reader.push(bytes.subarray(at));
      expect(reader.end().complete).toEqual(MEASURED[vendor]);
    }
  });

  it("is complete at no earlier cut than the last event, and never sees more than was sent", () => {
    const last = bytes.lastIndexOf("data:");
    for (let at = 0; at < last; at += 1) expect(read(vendor, bytes.subarray(0, at)).complete).toBeUndefined();
  });
});

describe("figures that are not believed", () => {
  const bad: readonly (readonly [string, string, "anthropic" | "openai"])[] = [
    ["missing", anthropicStream({}, {}), "anthropic"],
    ["zero", anthropicStream({ input_tokens: 0, output_tokens: 0 }, { output_tokens: 0 }), "anthropic"],
    ["negative input", anthropicStream({ input_tokens: -5, output_tokens: 1 }, { output_tokens: 9 }), "anthropic"],
    ["negative output", anthropicStream({ input_tokens: 5, output_tokens: 1 }, { output_tokens: -9 }), "anthropic"],
    ["huge", anthropicStream({ input_tokens: 1e15, output_tokens: 1 }, { output_tokens: 9 }), "anthropic"],
    ["fraction", anthropicStream({ input_tokens: 1.5, output_tokens: 1 }, { output_tokens: 9 }), "anthropic"],
    ["text", anthropicStream({ input_tokens: "5", output_tokens: 1 }, { output_tokens: 9 }), "anthropic"],
    ["openai null", openAiStream(null), "openai"],
    ["openai empty", openAiStream({}), "openai"],
    ["openai zero", openAiStream({ input_tokens: 0, output_tokens: 0 }), "openai"],
    [
      "openai more cached than input",
      openAiStream({ input_tokens: 5, input_tokens_details: { cached_tokens: 6 }, output_tokens: 1 }),
      "openai",
    ],
    ["openai huge", openAiStream({ input_tokens: 5, output_tokens: 1e18 }), "openai"],
    ["not json", 'data: {"type":"message_start"\n\n', "anthropic"],
    ["empty", "", "anthropic"],
  ];
  it.each(bad)("%s", (_name, text, vendor) => {
    expect(read(vendor, text).complete).toBeUndefined();
  });

  it("a zero prompt is not even a lower bound", () => {
    expect(read("anthropic", anthropicStream({ input_tokens: 0, output_tokens: 1 }, {})).seen).toBeUndefined();
  });
});

it("reads an answer that is not streamed", () => {
  const message = { type: "message", usage: { input_tokens: 3, output_tokens: 4 } };
  expect(read("anthropic", JSON.stringify(message), false).complete).toMatchObject({ input: 3, output: 4 });
  const response = { object: "response", status: "completed", usage: { input_tokens: 3, output_tokens: 4 } };
  expect(read("openai", JSON.stringify(response), false).complete).toMatchObject({ input: 3, output: 4 });
  expect(read("openai", JSON.stringify(response).slice(0, -1), false).complete).toBeUndefined();
});
