// Agents are counted where their words pass: a conversation is what was said before the model first answered (S16).
// What a client says about itself (session ids, agent ids) is not believed: a nested client can say the same.
// Residual: two agents that open with identical words count as one.
import { createHash } from "node:crypto";
import type { ShapedRequest } from "./shape-request.ts";

type Item = Readonly<Record<string, unknown>>;

/** Stable name of the conversation that a request belongs to: 32 hex characters over system prompt and opening, texts only. */
export function nameConversation(request: ShapedRequest): string {
  const { body } = request;
  const items = request.route === "responses" ? body["input"] : body["messages"];
  // as: the schema admits a string or an array of objects
  const list: readonly Item[] = Array.isArray(items) ? (items as readonly Item[]) : [{ role: "user", content: items }];
  const answered = list.findIndex(isModels);
  const opening = answered === -1 ? list : list.slice(0, answered);
  const words = [
    textsOf(body["system"]),
    textsOf(body["instructions"]),
    ...opening.map((item) => [item["role"], textsOf(item["content"])]),
  ];
  return createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 32);
}

/** Whatever only a model says or what answers it. */
function isModels(item: Item): boolean {
  const type = item["type"] ?? "message";
  return item["role"] === "assistant" || (type !== "message" && type !== "additional_tools");
}

/** Cache marks move between requests of one conversation, so only texts count. */
function textsOf(content: unknown): readonly unknown[] {
  if (typeof content === "string") return [content];
  if (!Array.isArray(content)) return [];
  return content.map((block: Item) => block["text"] ?? block["type"]);
}
