// What a proof plants on the host before it starts: tokens where no box may find them, and listeners that no box may reach.
import { createSocket } from "node:dgram";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeHex, type Random } from "@ces/kernel";
import type { Planted, Secret, Seen } from "./canary.ts";

/** Tokens are made by the caller for what only the caller can plant: `environment` stands in the driver's own environment. */
export interface GroundNeeds {
  readonly random: Random;
  readonly state_dir: string;
  readonly environment_token: string;
}

/** What stands. `heard` is everything since the last `hush`. */
export interface Ground {
  readonly planted: Planted;
  readonly tokens: Readonly<Record<Secret, string>>;
  heard(): Seen["heard"];
  hush(): void;
  /** Takes everything away. */
  clear(): Promise<void>;
}

/** A token of a kind, which no file has by chance. */
export const newToken = (kind: Secret, random: Random): string => `ces-canary-${kind}-${encodeHex(random(12))}`;

/** Plants it. */
export async function plantGround({ random, state_dir, environment_token }: GroundNeeds): Promise<Ground> {
  const tokens = {
    environment: environment_token,
    state: newToken("state", random),
    gateway: newToken("gateway", random),
    outside: newToken("outside", random),
  };
  const folder = mkdtempSync(join(tmpdir(), "ces-proof-"));
  chmodSync(folder, 0o755);
  const outside_file = join(folder, "outside.txt");
  // Readable by everybody: what keeps it from the box is that it is not there, not its mode.
  writeFileSync(outside_file, `${tokens.outside}\n`, { mode: 0o644 });
  const state_file = join(state_dir, `canary-${encodeHex(random(6))}`);
  writeFileSync(state_file, `${tokens.state}\n`, { mode: 0o644, flag: "wx" });
  const heard = new Set<Seen["heard"][number]>();
  const unix_name = `ces-proof-${encodeHex(random(8))}`;
  const tcp = createServer((socket) => (heard.add("tcp"), socket.destroy()));
  const unix = createServer((socket) => (heard.add("unix"), socket.destroy()));
  const udp = createSocket("udp4", () => void heard.add("udp"));
  await Promise.all([
    listening(tcp, { port: 0, host: "127.0.0.1" }),
    listening(unix, { path: `\0${unix_name}` }),
    new Promise<void>((resolve, reject) => udp.once("error", reject).bind(0, "127.0.0.1", resolve)),
  ]);
  const address = tcp.address();
  const planted: Planted = {
    pattern: {
      environment: patternOf(tokens.environment),
      state: patternOf(tokens.state),
      gateway: patternOf(tokens.gateway),
      outside: patternOf(tokens.outside),
    },
    outside_file,
    state_dir,
    state_file,
    tcp_port: typeof address === "object" && address !== null ? address.port : 0,
    udp_port: udp.address().port,
    unix_name,
  };
  return {
    planted,
    tokens,
    heard: () => [...heard],
    hush: () => heard.clear(),
    clear: async () => {
      rmSync(folder, { recursive: true, force: true });
      rmSync(state_file, { force: true });
      await Promise.all([closed(tcp), closed(unix), new Promise<void>((resolve) => udp.close(() => resolve()))]);
    },
  };
}

const patternOf = (token: string): string => token.replace("canary", "canar[y]");

const listening = (server: Server, at: { readonly port?: number; readonly host?: string; readonly path?: string }) =>
  new Promise<void>((resolve, reject) => server.once("error", reject).listen(at, resolve));

const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
