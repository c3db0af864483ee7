// A model API to test against: a real HTTP server on loopback whose answers the test writes, and streams of both vendors.
import http, { type IncomingMessage, type ServerResponse } from "node:http";

/** One request as the upstream saw it. `body` is the parsed JSON. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly raw: string;
}

/** A running fake. `origin` is `http://127.0.0.1:PORT`. */
export interface FakeUpstream {
  readonly origin: string;
  readonly seen: readonly SeenRequest[];
  /** Most requests that were open at once. */
  most(): number;
  close(): Promise<void>;
}

/** Answers every request with `answer(response, seen, index)`. */
export async function startFakeUpstream(
  answer: (client: ServerResponse, request: SeenRequest, index: number) => void,
): Promise<FakeUpstream> {
  const seen: SeenRequest[] = [];
  const open = { now: 0, most: 0 };
  const server = http.createServer((request, client) => {
    open.now += 1;
    open.most = Math.max(open.most, open.now);
    client.once("close", () => (open.now -= 1));
    void readAll(request).then((raw) => {
      const one = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, raw };
      seen.push(one);
      answer(client, one, seen.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { origin: `http://127.0.0.1:${address.port}`, seen, most: () => open.most, close };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const event = (type: string, fields: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;

/** A whole Messages stream; `started` and `ended` are the two usage objects. */
export function anthropicStream(started: object, ended: object): string {
  return [
    event("message_start", {
      message: { id: "msg_1", type: "message", role: "assistant", content: [], usage: started },
    }),
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "grüße" } }),
    event("content_block_stop", { index: 0 }),
    event("message_delta", { delta: { stop_reason: "end_turn" }, usage: ended }),
    event("message_stop", {}),
  ].join("");
}

/** A whole Responses stream that ends in `response.completed` with `usage`. */
export function openAiStream(usage: unknown): string {
  return [
    event("response.created", { response: { id: "resp_1", object: "response", status: "in_progress" } }),
    event("response.output_text.delta", { delta: "grüße" }),
    event("response.completed", { response: { id: "resp_1", object: "response", status: "completed", usage } }),
  ].join("");
}

/** Sends a stream as a model server does. */
export function sendStream(client: ServerResponse, text: string): void {
  client.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "request-id": "req_1" });
  client.end(text);
}
