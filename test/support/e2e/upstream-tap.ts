// A wire tap in front of a scripted model service: what reached the "vendor", with the key that it came with. The fakes
// themselves blank keys out and forget bodies; tests about leaks need both.
import { createServer, request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as the vendor saw it. */
export interface TappedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface UpstreamTap {
  readonly url: string;
  readonly requests: readonly TappedRequest[];
  close(): Promise<void>;
}

/** Listens on loopback and passes everything on to `target`, unchanged. */
export async function tapUpstream(target: string): Promise<UpstreamTap> {
  const requests: TappedRequest[] = [];
  const server = createServer((from, to) => {
    const chunks: Buffer[] = [];
    from.on("data", (chunk: Buffer) => chunks.push(chunk));
    from.on("end", () => {
      const body = Buffer.concat(chunks);
      requests.push({ path: from.url ?? "", headers: from.headers, body: body.toString("utf8") });
      passOn(target, from, { body, to });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address of this form.
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

// A stream that the fake cuts is cut here too.
function passOn(
  target: string,
  from: IncomingMessage,
  { body, to }: { readonly body: Buffer; readonly to: ServerResponse },
): void {
  const { host: _, ...headers } = from.headers;
  const onward = httpRequest(new URL(from.url ?? "/", target), { method: from.method, headers }, (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(to);
    answer.on("aborted", () => to.destroy());
    answer.on("error", () => to.destroy());
  });
  onward.on("error", () => to.destroy());
  to.on("close", () => onward.destroy());
  onward.end(body);
}
