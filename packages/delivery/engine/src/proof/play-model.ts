// The model's part, played on the host's loopback: the gateway forwards to it as it would to the vendor, and the real client is told which
// commands to ask for. No model is asked and nothing is spent.
import { createServer, type IncomingMessage } from "node:http";
import { parseJson } from "@ces/kernel";
import type { PlayedModel } from "@ces/runtimes";
import { NESTED_PROMPT, type Seen } from "./canary.ts";

/** A model that is being played. */
export interface PlayedServer {
  readonly origin: string;
  seen(): Seen["model"];
  close(): Promise<void>;
}

const MAX_BODY = 8 * 1024 * 1024;

/** Starts it. It says each command once, in order, then a last word; `key` is what the gateway must put in. */
export async function playModel(played: PlayedModel, commands: readonly string[], key: string): Promise<PlayedServer> {
  let nested = 0;
  let keyed = false;
  const answer = (body: Buffer): string => {
    const read = parseJson(body);
    if (read.kind === "refused") return played.say("done");
    if (body.includes(NESTED_PROMPT)) {
      nested += 1;
      return played.say("done");
    }
    const at = played.answered(read.value);
    const command = commands[at];
    return command === undefined ? played.say("done") : played.shell(command, at);
  };
  const server = createServer((request, response) => {
    keyed ||= Object.values(request.headers).some((value) => value?.includes(key) === true);
    void bodyOf(request).then(
      (body) => {
        const asked = request.method === "POST" && request.url?.split("?")[0] === played.path;
        response.writeHead(asked ? 200 : 404, { "content-type": "text/event-stream" });
        response.end(asked ? answer(body) : "");
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    seen: () => ({ nested, keyed }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new Error("the body of a request is too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
