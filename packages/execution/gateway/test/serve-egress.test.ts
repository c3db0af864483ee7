// S39: each trick against a local resolver and a TLS server. Addresses of this machine count as public only where a test says so.
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import type { GatewayEvent } from "../src/config.schema.ts";
import { isPublicAddress } from "../src/public-address.ts";
import { readClientHello } from "../src/read-client-hello.ts";
import { serveEgress, type EgressPorts } from "../src/serve-egress.ts";

const HOST = "registry.example.org";

/** A server that takes whatever comes; the tests look at the hello and the counted bytes, not at certificates. */
async function startSink(): Promise<{ port: number; received: () => number; connections: () => number }> {
  let received = 0;
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      received += chunk.length;
      socket.write("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    received: () => received,
    connections: () => connections,
  };
}

async function open(options: { port: number; bytes_out?: number } & Partial<EgressPorts>) {
  const dir = mkdtempSync(join(tmpdir(), "ces-eg-"));
  const socket_path = join(dir, "egress.sock");
  const events: Extract<GatewayEvent, { kind: "egress" }>[] = [];
  const waiting: (() => void)[] = [];
  const ports: EgressPorts = {
    resolve: () => Promise.resolve(["127.0.0.1"]),
    isPublic: () => true,
    emit: (event) => {
      if (event.kind === "egress") events.push(event);
      for (const wake of waiting.splice(0)) wake();
    },
    ...options,
  };
  const config = { socket_path, hosts: [{ host: HOST, port: options.port, bytes_out: options.bytes_out ?? 100_000 }] };
  const server = await serveEgress(config, ports, 0o600);
  onTestFinished(() => {
    server.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const until = async (code: string) => {
    for (;;) {
      const found = events.find((event) => event.code === code);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { socket_path, events, until, server };
}

/** Sends CONNECT and returns the socket after the answer's head, with its status line. */
function connect(socket_path: string, authority: string): Promise<{ socket: net.Socket; status: string }> {
  return new Promise((resolve) => {
    const socket = net.connect(socket_path);
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => undefined);
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n\r\n`);
    socket.once("data", (chunk) => resolve({ socket, status: chunk.toString().slice(9, 12) }));
    socket.once("close", () => resolve({ socket, status: "" }));
  });
}

const closed = (socket: net.Socket): Promise<void> =>
  new Promise((resolve) => (socket.closed ? resolve() : socket.once("close", () => resolve())));

/** The bytes a real TLS client opens with. */
function helloFor(servername: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const server = net.createServer((socket) =>
      socket.once("data", (chunk) => {
        socket.destroy();
        server.close();
        resolve(chunk);
      }),
    );
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      tls
        .connect({ host: "127.0.0.1", port, ...(servername === "" ? {} : { servername }) })
        .on("error", () => undefined);
    });
  });
}

describe("the client hello", () => {
  it("is read from any prefix, split into records or not, and only names one host", async () => {
    const hello = await helloFor(HOST);
    expect(readClientHello(hello)).toEqual({ kind: "hello", server_name: HOST });
    for (let at = 0; at < hello.length; at += 1) expect(readClientHello(hello.subarray(0, at)).kind).toBe("more");
    const body = hello.subarray(5);
    const record = (bytes: Buffer): Buffer =>
      Buffer.concat([Buffer.from([0x16, 3, 1, bytes.length >> 8, bytes.length & 255]), bytes]);
    expect(readClientHello(Buffer.concat([record(body.subarray(0, 40)), record(body.subarray(40))]))).toEqual({
      kind: "hello",
      server_name: HOST,
    });
    expect(readClientHello(await helloFor("")).kind).toBe("refused");
    for (const bytes of ["GET / HTTP/1.1\r\n", "SSH-2.0-x\r\n", "\x16\x02\x01"])
      expect(readClientHello(Buffer.from(bytes, "latin1")).kind).toBe("refused");
  });

  it("survives every flipped byte without throwing, and never names another host than is written in it", async () => {
    const hello = await helloFor(HOST);
    for (let at = 0; at < hello.length; at += 1) {
      const flipped = Buffer.from(hello);
      flipped[at] = (flipped[at] ?? 0) ^ 0xff;
      const read = readClientHello(flipped);
      if (read.kind === "hello") expect(flipped.includes(read.server_name, 0, "latin1")).toBe(true);
    }
  });

  it("refuses an encrypted hello", async () => {
    const hello = await helloFor(HOST);
    const name = hello.indexOf(HOST);
    const at = hello.indexOf(Buffer.from([0x00, 0x2b]), name); // supported_versions becomes encrypted_client_hello
    hello.writeUInt16BE(0xfe0d, at);
    expect(readClientHello(hello)).toEqual({ kind: "refused", reason: "client hello is encrypted" });
  });
});

describe("addresses", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "2001::1",
    "localhost",
    "",
    "2130706433",
  ])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["8.8.8.8", "172.15.0.1", "172.32.0.1", "192.0.1.1", "100.63.0.1", "2606:4700::1111", "2a00:1450::1"])(
    "%s is public",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe("the door", () => {
  it("lets a TLS client through to the named host, and counts", async () => {
    const sink = await startSink();
    const door = await open({ port: sink.port });
    const { socket, status } = await connect(door.socket_path, `${HOST}:${sink.port}`);
    expect(status).toBe("200");
    const hello = await helloFor(HOST);
    const answered = new Promise((resolve) => socket.once("data", resolve));
    socket.write(hello);
    await answered;
    socket.destroy();
    expect(await door.until("CLOSED")).toMatchObject({
      verdict: "closed",
      host: HOST,
      address: "127.0.0.1",
      bytes_out: hello.length,
      bytes_in: 2,
    });
  });

  it("refuses every other spelling of a host", async () => {
    const sink = await startSink();
    const door = await open({ port: sink.port });
    const names = [
      `${HOST}.`,
      HOST.toUpperCase(),
      `${HOST}.attacker.example`,
      `x.${HOST}`,
      "attacker.example",
      "127.0.0.1",
      "[::1]",
      `${HOST}%00`,
      `user@${HOST}`,
      "registry.exаmple.org",
    ];
    for (const name of names)
      expect([name, (await connect(door.socket_path, `${name}:${sink.port}`)).status]).toEqual([
        name,
        expect.stringMatching(/^(403|400|)$/),
      ]);
    expect((await connect(door.socket_path, `${HOST}:22`)).status).toBe("403");
    expect((await connect(door.socket_path, HOST)).status).toBe("403");
    expect(sink.connections()).toBe(0);
  });

  it("refuses other methods", async () => {
    const door = await open({ port: 443 });
    const socket = net.connect(door.socket_path);
    socket.write(`GET http://${HOST}/ HTTP/1.1\r\nhost: ${HOST}\r\n\r\n`);
    expect(String(await new Promise((resolve) => socket.once("data", resolve)))).toMatch(/^HTTP\/1\.1 403/);
    socket.destroy();
  });

  it("asks the resolver once, and refuses when any answer is not public", async () => {
    let asked = 0;
    const resolve = (): Promise<string[]> => {
      asked += 1;
      return Promise.resolve(["8.8.8.8", "169.254.169.254"]);
    };
    const door = await open({ port: 443, resolve, isPublic: isPublicAddress });
    for (let n = 0; n < 3; n += 1) expect((await connect(door.socket_path, `${HOST}:443`)).status).toBe("403");
    expect(asked).toBe(1);
    expect(door.events).toMatchObject(
      Array.from({ length: 3 }, () => ({ verdict: "refused", code: "EGRESS_ADDRESS" })),
    );
  });

  it("refuses a hello for another host, no TLS at all, and sends none of it", async () => {
    const sink = await startSink();
    const door = await open({ port: sink.port });
    for (const bytes of [
      await helloFor("attacker.example"),
      await helloFor(""),
      Buffer.from("POST / HTTP/1.1\r\n\r\nSECRET"),
    ]) {
      const { socket } = await connect(door.socket_path, `${HOST}:${sink.port}`);
      socket.write(bytes);
      await closed(socket);
    }
    expect(door.events.map(({ code }) => code)).toEqual(["EGRESS_SNI", "EGRESS_SNI", "EGRESS_SNI"]);
    expect(sink.connections()).toBe(0);
  });

  it("cuts an upload that passes the budget, over all connections together", async () => {
    const sink = await startSink();
    const hello = await helloFor(HOST);
    const budget = hello.length * 2 + 1000;
    const door = await open({ port: sink.port, bytes_out: budget });
    for (let n = 0; n < 2; n += 1) {
      const { socket } = await connect(door.socket_path, `${HOST}:${sink.port}`);
      socket.write(hello);
      await new Promise((resolve) => socket.once("data", resolve));
      if (n === 0) socket.write(Buffer.alloc(900), () => socket.end());
      else socket.write(Buffer.alloc(5000));
      await closed(socket);
      if (n === 0) await door.until("CLOSED");
    }
    expect(await door.until("EGRESS_BYTES")).toMatchObject({ verdict: "closed" });
    expect(sink.received()).toBeLessThanOrEqual(budget);
  });

  it("a halt cuts what is open", async () => {
    const sink = await startSink();
    const door = await open({ port: sink.port });
    const { socket } = await connect(door.socket_path, `${HOST}:${sink.port}`);
    socket.write(await helloFor(HOST));
    await new Promise((resolve) => socket.once("data", resolve));
    door.server.halt();
    await closed(socket);
    expect((await connect(door.socket_path, `${HOST}:${sink.port}`)).status).toBe("403");
  });
});
