// Runs inside the box in front of the command: `--forward 127.0.0.1:PORT=SOCKET … -- command args…`. The box's network is a
// loopback and nothing else; this copies bytes between its ports and sockets the host listens on. It holds no secret and
// decides nothing. One file, only node:*, so that it can be bound in alone. Start node with --disable-sigusr1 (S17).
import { spawn } from "node:child_process";
import net from "node:net";
import os from "node:os";

type Joint = { readonly host: string; readonly port: number; readonly socket: string };

// The host end refuses more than this as well (S29).
const MAX_CONNECTIONS = 32;
const USAGE_STATUS = 125;
const NOT_STARTED_STATUS = 127;

function readArguments(argv: readonly string[]): {
  readonly joints: readonly Joint[];
  readonly command: readonly string[];
} {
  const cut = argv.indexOf("--");
  if (cut < 0 || cut === argv.length - 1) fail("usage: bridge --forward HOST:PORT=SOCKET … -- command args…");
  const joints: Joint[] = [];
  for (let at = 0; at < cut; at += 2) {
    const [, host, port, socket] = /^(127\.0\.0\.1):(\d{1,5})=(\/.+)$/.exec(argv[at + 1] ?? "") ?? [];
    if (argv[at] !== "--forward" || host === undefined || port === undefined || socket === undefined)
      fail(`bridge: bad argument \`${argv[at] ?? ""}\``);
    joints.push({ host, port: Number(port), socket });
  }
  return { joints, command: argv.slice(cut + 1) };
}

function fail(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(USAGE_STATUS);
}

// pipe() waits for the slower side: nothing is held here but one buffer each way.
function join(client: net.Socket, socket: string): void {
  const upstream = net.connect({ path: socket, allowHalfOpen: true });
  const drop = (): void => {
    client.destroy();
    upstream.destroy();
  };
  client.on("error", drop).on("close", drop).pipe(upstream);
  upstream.on("error", drop).on("close", drop).pipe(client);
}

async function listen(joint: Joint): Promise<void> {
  const server = net.createServer({ allowHalfOpen: true }, (client) => join(client, joint.socket));
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>(
    (resolve, reject) => void server.once("error", reject).listen(joint.port, joint.host, resolve),
  );
  server.unref();
}

function run(command: readonly string[]): void {
  const [program = "", ...args] = command;
  // Listening first: a signal that comes while the command starts is told to it a moment later.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGUSR2"] as const)
    process.on(signal, () => void child.kill(signal));
  const child = spawn(program, args, { stdio: "inherit" });
  child.on("error", (error) => {
    process.stderr.write(`bridge: ${error.message}\n`);
    process.exit(NOT_STARTED_STATUS);
  });
  child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 0) : 128 + os.constants.signals[signal]));
}

async function main(): Promise<void> {
  const { joints, command } = readArguments(process.argv.slice(2));
  await Promise.all(joints.map(listen));
  run(command);
}

await main();
