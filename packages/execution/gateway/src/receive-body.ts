// Reads the body of one request whole, with a cap of its own and a cap over all requests together (S29).
import type { IncomingMessage } from "node:http";

/** The bytes, or why they were not taken. */
export type ReceivedBody =
  | { readonly kind: "body"; readonly bytes: Buffer; release(): void }
  | { readonly kind: "refused"; readonly status: 400 | 403 | 413 | 503; readonly text: string };

/** Caps for one listener. */
export interface BodyCaps {
  readonly each: number;
  readonly together: number;
}

/** Reads one body. */
export type BodyReceiver = (request: IncomingMessage) => Promise<ReceivedBody>;

/** A receiver whose bodies share one allowance; `release` gives a body's share back. */
export function createBodyReceiver(caps: BodyCaps): BodyReceiver {
  let held = 0;

  async function receive(request: IncomingMessage): Promise<ReceivedBody> {
    const refusal = refuseByHeaders(request, caps);
    if (refusal !== undefined) return refusal;
    const chunks: Buffer[] = [];
    let size = 0;
    const release = (): void => {
      held -= size;
      size = 0;
    };
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        held += chunk.length;
        if (size > caps.each) return giveUp(release, 413, "body is too large");
        if (held > caps.together) return giveUp(release, 503, "too many bodies at once");
        chunks.push(chunk);
      }
    } catch {
      return giveUp(release, 400, "body was cut");
    }
    return { kind: "body", bytes: Buffer.concat(chunks), release };
  }

  return receive;
}

function refuseByHeaders(request: IncomingMessage, caps: BodyCaps): ReceivedBody | undefined {
  const { headers } = request;
  if (headers["content-encoding"] !== undefined)
    return { kind: "refused", status: 403, text: "encoded bodies are not forwarded" };
  if (!/^application\/json(\s*;\s*charset=utf-8)?$/i.test(headers["content-type"] ?? ""))
    return { kind: "refused", status: 403, text: "body is not application/json" };
  if (Number(headers["content-length"] ?? 0) > caps.each)
    return { kind: "refused", status: 413, text: "body is too large" };
  return undefined;
}

function giveUp(release: () => void, status: 400 | 413 | 503, text: string): ReceivedBody {
  release();
  return { kind: "refused", status, text };
}
