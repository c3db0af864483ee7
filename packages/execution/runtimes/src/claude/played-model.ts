// The Messages API as far as a played model needs it: one command at a time, then a last word. Source: spec/runtimes §2.
import type { Json, JsonObject } from "@ces/kernel";
import { eventStream } from "../event-stream.ts";
import type { PlayedModel } from "../runtime.ts";

const MODEL = "claude-sonnet-4-6";

/** The played model of claude. */
export const playedClaude: PlayedModel = {
  model: MODEL,
  path: "/v1/messages",
  answered: (body) => results(body),
  shell: (command, at) => {
    const id = `toolu_played_${at}`;
    const start = { type: "tool_use", id, name: "Bash", input: {} };
    return message("tool_use", start, { type: "input_json_delta", partial_json: JSON.stringify({ command }) });
  },
  say: (text) => message("end_turn", { type: "text", text: "" }, { type: "text_delta", text }),
  again: (prompt) =>
    `/opt/agent/claude -p --dangerously-skip-permissions --setting-sources '' --model ${MODEL} '${prompt}'`,
};

// Answers to commands in the whole conversation: the client sends all of it each time.
function results(body: Json): number {
  const messages = isObject(body) && Array.isArray(body["messages"]) ? body["messages"] : [];
  const blocks = messages.flatMap((one: Json) =>
    isObject(one) && Array.isArray(one["content"]) ? (one["content"] as readonly Json[]) : [],
  );
  return blocks.filter((block) => isObject(block) && block["type"] === "tool_result").length;
}

function message(stop_reason: string, content_block: JsonObject, delta: JsonObject): string {
  const usage = { input_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 1 };
  const head = { id: "msg_played", type: "message", role: "assistant", model: MODEL, content: [] };
  return eventStream([
    { type: "message_start", message: { ...head, stop_reason: null, stop_sequence: null, usage } },
    { type: "content_block_start", index: 0, content_block },
    { type: "content_block_delta", index: 0, delta },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 10 } },
    { type: "message_stop" },
  ]);
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
