// The Responses API as far as a played model needs it: one command at a time, then a last word. Source: spec/runtimes §2.
import type { Json, JsonObject } from "@ces/kernel";
import { eventStream } from "../event-stream.ts";
import type { PlayedModel } from "../runtime.ts";

// A slug that codex offers plain `exec_command` for (spec/runtimes §2, table).
const MODEL = "gpt-5.5";

/** The played model of codex. */
export const playedCodex: PlayedModel = {
  model: MODEL,
  path: "/v1/responses",
  answered: (body) => outputs(body),
  shell: (command, at) => {
    const call = { type: "function_call", id: `fc_played_${at}`, call_id: `call_played_${at}`, name: "exec_command" };
    return response({ ...call, arguments: JSON.stringify({ cmd: command, yield_time_ms: 30_000 }) });
  },
  say: (text) =>
    response({
      type: "message",
      id: "msg_played",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text, annotations: [] }],
    }),
  // Any key will do: commands of the first client are not given its own.
  again: (prompt) => `GATE_KEY=any /opt/agent/bin/codex exec --skip-git-repo-check -s danger-full-access '${prompt}'`,
};

// Answers to commands in the whole conversation: nothing is stored at the vendor, so all of it is sent each time.
function outputs(body: Json): number {
  const input = isObject(body) && Array.isArray(body["input"]) ? (body["input"] as readonly Json[]) : [];
  return input.filter((item) => isObject(item) && item["type"] === "function_call_output").length;
}

function response(item: JsonObject): string {
  const none = { input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } };
  const usage = { input_tokens: 10, output_tokens: 10, total_tokens: 20, ...none };
  const head = { id: "resp_played", object: "response", created_at: 0, model: MODEL };
  const begun = { ...head, status: "in_progress", output: [] };
  return eventStream([
    { type: "response.created", sequence_number: 0, response: begun },
    { type: "response.output_item.added", sequence_number: 1, output_index: 0, item },
    { type: "response.output_item.done", sequence_number: 2, output_index: 0, item },
    {
      type: "response.completed",
      sequence_number: 3,
      response: { ...head, status: "completed", output: [item], usage },
    },
  ]);
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
