// What the gateway itself says to a client: short JSON that both vendors' clients understand, with whether to try again.
import type { ServerResponse } from "node:http";

/** Answers with a refusal that is not retried. 402 and 403 end both clients at once. `text` holds no content of bodies. */
export function refuseClient(client: ServerResponse, status: number, code: string, text: string): void {
  sendError(client, { status, code, text }, { "x-should-retry": "false" });
}

/** Says that the upstream's connection failed: nothing was decided, the client may try again and pays for it again. */
export function answerUnreached(client: ServerResponse, reason: string): void {
  sendError(client, { status: 502, code: "UPSTREAM_FAILED", text: `the model API did not answer (${reason})` }, {});
}

interface Said {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

function sendError(
  client: ServerResponse,
  { status, code, text }: Said,
  headers: Readonly<Record<string, string>>,
): void {
  if (client.headersSent || client.destroyed) return;
  const type = status === 402 ? "billing_error" : status >= 500 ? "api_error" : "permission_error";
  sendJson(client, status, { type: "error", error: { type, code, message: `ces gateway: ${code}: ${text}` } }, headers);
}

/** The models of this run, in the shape of the vendor's list. */
export function answerModels(client: ServerResponse, models: readonly string[]): void {
  sendJson(
    client,
    200,
    { object: "list", data: models.map((id) => ({ id, object: "model", owned_by: "ces" })), models: [] },
    {},
  );
}

/** Answers a liveness probe. */
export function answerRoot(client: ServerResponse): void {
  client.writeHead(200, { "content-length": "0" });
  client.end();
}

function sendJson(
  client: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>>,
): void {
  const text = JSON.stringify(value);
  client.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  client.end(text);
}
