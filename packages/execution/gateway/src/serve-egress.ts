// The other door, for hosts that a manifest names: CONNECT and nothing else, to one pinned public address each, with the name in
// the TLS hello checked and the bytes that leave counted (S39). A named host is still a two-way channel; that is why it is named.
import { chmodSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import net, { type Socket } from "node:net";
import type { EgressConfig, EgressHost, GatewayEvent } from "./config.schema.ts";
import { readClientHello } from "./read-client-hello.ts";

/** What this door needs from the machine. */
export interface EgressPorts {
  /** Addresses of a host; rejects when there are none. Asked once per host and run. */
  resolve(host: string): Promise<readonly string[]>;
  isPublic(address: string): boolean;
  emit(event: GatewayEvent): void;
}

/** A listening CONNECT door. */
export interface EgressServer {
  halt(): void;
  close(): void;
}

const CONNECTIONS = 16;
const IDLE_MS = 120_000;
const HELLO_MS = 10_000;

interface Door {
  readonly config: EgressConfig;
  readonly ports: EgressPorts;
  readonly pinned: Map<string, Promise<Pinned>>;
  /** Bytes that left, by host and port, over all connections. */
  readonly sent: Map<string, number>;
  readonly open: Set<Socket>;
  halted: boolean;
}

type Pinned =
  | { readonly kind: "pinned"; readonly address: string }
  | { readonly kind: "refused"; readonly code: string };

/** Listens on `config.socket_path` (which must not exist). Rejects with the system's error. */
export async function serveEgress(config: EgressConfig, ports: EgressPorts, mode: number): Promise<EgressServer> {
  const door: Door = { config, ports, pinned: new Map(), sent: new Map(), open: new Set(), halted: false };
  const server = http.createServer(
    { maxHeaderSize: 8192, headersTimeout: HELLO_MS, requestTimeout: HELLO_MS },
    (request, client) => {
      tell(door, { verdict: "refused", code: "EGRESS_METHOD" }, { host: String(request.url).slice(0, 200), port: 0 });
      client.writeHead(403, { connection: "close" }).end();
    },
  );
  server.maxConnections = CONNECTIONS;
  server.on(
    "connect",
    (request: IncomingMessage, client: Socket, head: Buffer) => void connect(door, request, client, head),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.socket_path, () => {
      chmodSync(config.socket_path, mode);
      resolve();
    });
  });
  const halt = (): void => {
    door.halted = true;
    for (const socket of door.open) socket.destroy();
  };
  return {
    halt,
    close: () => {
      halt();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function connect(door: Door, request: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
  client.on("error", () => client.destroy());
  const target = door.config.hosts.find(({ host, port }) => request.url === `${host}:${port}`);
  // SECURITY: compared as bytes with what the manifest names: no suffix, case, dot, escape or look-alike is the same host.
  if (target === undefined)
    return refuse(door, client, "EGRESS_HOST", { host: String(request.url).slice(0, 200), port: 0 });
  if (door.halted) return refuse(door, client, "RUN_HALTED", target);
  const place = await pin(door, target.host);
  if (place.kind === "refused") return refuse(door, client, place.code, target);
  client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  const hello = await takeHello(client, head);
  if (hello.kind === "refused" || hello.server_name !== target.host) return refuse(door, client, "EGRESS_SNI", target);
  tunnel(door, client, { target, address: place.address, first: hello.bytes });
}

/** INVARIANT: one answer of the resolver per host and run, and every address in it is public. */
function pin(door: Door, host: string): Promise<Pinned> {
  const known = door.pinned.get(host);
  if (known !== undefined) return known;
  const asked = door.ports.resolve(host).then(
    (addresses): Pinned => {
      const [address] = addresses;
      if (address === undefined || !addresses.every((one) => door.ports.isPublic(one)))
        return { kind: "refused", code: "EGRESS_ADDRESS" };
      return { kind: "pinned", address };
    },
    (): Pinned => ({ kind: "refused", code: "EGRESS_UNRESOLVED" }),
  );
  door.pinned.set(host, asked);
  return asked;
}

type Hello =
  | { readonly kind: "hello"; readonly server_name: string; readonly bytes: Buffer }
  | { readonly kind: "refused" };

/** Reads until the hello is whole; silence, end or anything else is a refusal. */
function takeHello(client: Socket, head: Buffer): Promise<Hello> {
  return new Promise((resolve) => {
    let bytes = head;
    const done = (answer: Hello): void => {
      clearTimeout(timer);
      client.pause();
      client.off("data", take);
      client.off("close", closed);
      client.off("end", closed);
      resolve(answer);
    };
    const closed = (): void => done({ kind: "refused" });
    const timer = setTimeout(closed, HELLO_MS);
    const look = (): void => {
      const read = readClientHello(bytes);
      if (read.kind === "hello") done({ ...read, bytes });
      if (read.kind === "refused") done({ kind: "refused" });
    };
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      look();
    };
    client.on("data", take);
    client.once("close", closed);
    client.once("end", closed);
    look();
  });
}

interface Tunnel {
  readonly target: EgressHost;
  readonly address: string;
  readonly first: Buffer;
}

function tunnel(door: Door, client: Socket, { target, address, first }: Tunnel): void {
  const upstream = net.connect({ host: address, port: target.port });
  const name = `${target.host}:${target.port}`;
  let bytesOut = 0;
  let code = "CLOSED";
  const stop = (why: string): void => {
    if (code === "CLOSED") code = why;
    client.destroy();
    upstream.destroy();
  };
  /** False when this chunk would pass the budget; then nothing of it leaves. */
  const spend = (bytes: number): boolean => {
    const total = (door.sent.get(name) ?? 0) + bytes;
    if (total > target.bytes_out) return false;
    door.sent.set(name, total);
    bytesOut += bytes;
    return true;
  };
  const out = (chunk: Buffer): void => {
    if (!spend(chunk.length)) return stop("EGRESS_BYTES");
    if (!upstream.write(chunk)) client.pause();
  };
  for (const socket of [client, upstream]) {
    door.open.add(socket);
    socket.setTimeout(IDLE_MS, () => stop("EGRESS_IDLE"));
    socket.on("error", () => stop("CLOSED"));
    socket.once("close", () => {
      door.open.delete(socket);
      stop("CLOSED");
    });
  }
  upstream.once("connect", () => {
    tell(door, { verdict: "opened", code: "OPENED" }, target, { address });
    out(first);
    client.on("data", out);
    client.resume();
  });
  upstream.on("drain", () => client.resume());
  // Node keeps sockets of an http server half open.
  client.once("end", () => upstream.end());
  upstream.once("close", () =>
    tell(door, { verdict: "closed", code }, target, { address, bytes_out: bytesOut, bytes_in: upstream.bytesRead }),
  );
  upstream.pipe(client);
}

function refuse(door: Door, client: Socket, code: string, target: Pick<EgressHost, "host" | "port">): void {
  tell(door, { verdict: "refused", code }, target);
  if (client.bytesWritten === 0) client.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
  else client.destroy();
}

type EgressEvent = Extract<GatewayEvent, { kind: "egress" }>;
type Counts = Partial<Pick<EgressEvent, "address" | "bytes_out" | "bytes_in">>;

function tell(
  { ports }: Door,
  what: Pick<EgressEvent, "verdict" | "code">,
  { host, port }: Pick<EgressHost, "host" | "port">,
  counts: Counts = {},
): void {
  ports.emit({ kind: "egress", ...what, host, port, address: "", bytes_out: 0, bytes_in: 0, ...counts });
}
