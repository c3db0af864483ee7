// The network a command gets: none, a door to named hosts, or the machine's own. What it did is observed at the door, not declared (F-17).
import { lookup } from "node:dns/promises";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import type { CscPolicy, NetworkMode, ReceiptNetwork } from "@ces/contract";
import type { EgressHost, GatewayEvent } from "@ces/gateway";
import { CesError } from "@ces/kernel";
import { startNetRoom, type BoxNetwork, type NetRoomPlan } from "@ces/sandbox";
import type { RunnerPorts } from "./runner-ports.ts";

/** An open network. `network` and `env` go into the plan of each box. */
export type OpenNetwork = {
  readonly network?: BoxNetwork;
  readonly env: Readonly<Record<string, string>>;
  readonly observed: () => ReceiptNetwork;
  /** Nothing can be observed of the machine's own network: it counts as used. */
  readonly used: () => boolean;
  readonly close: () => Promise<void>;
};

/** What a room is made of, and where its door's socket may lie: a folder that the box's user can reach. */
export type RoomGround = { readonly plan: Omit<NetRoomPlan, "bridge" | "gates">; readonly gate: string };

const PORT = 3128;
const INSIDE_GATE = "/run/gate";
const PROXY = `http://127.0.0.1:${PORT}`;

/** Opens what `mode` asks for; the policy was asked before. Throws CesError `EGRESS_HOST_INVALID`, or as `startNetRoom`. */
export async function openNetwork(
  mode: NetworkMode,
  policy: CscPolicy,
  ground: RoomGround,
  ports: RunnerPorts,
): Promise<OpenNetwork> {
  if (mode === "allowlisted") return openDoor(policy, ground, ports);
  const full = mode === "full";
  return {
    ...(full ? { network: { kind: "host" } as const } : {}),
    env: {},
    observed: () => ({ mode, observed: [] }),
    used: () => full,
    close: async () => undefined,
  };
}

async function openDoor(policy: CscPolicy, { plan, gate }: RoomGround, ports: RunnerPorts): Promise<OpenNetwork> {
  const seen = new Map<string, { host: string; port: number; outcome: "allowed" | "refused"; count: number }>();
  const emit = (event: GatewayEvent): void => {
    if (event.kind !== "egress" || event.verdict === "closed") return;
    const outcome = event.verdict === "opened" ? "allowed" : "refused";
    const name = `${outcome} ${event.host}:${event.port}`;
    const known = seen.get(name) ?? { host: event.host, port: event.port, outcome, count: 0 };
    // SECURITY: a program can ask for any number of names; only so many are told apart.
    if (seen.has(name) || seen.size < MOST_SEEN) seen.set(name, { ...known, count: known.count + 1 });
  };
  const socket = join(gate, "egress.sock");
  if (Buffer.byteLength(socket) > MOST_SOCKET_PATH)
    throw new CesError("BOX_SOCKET_PATH", `\`${socket}\` is too long for a socket`, {
      remedy: "choose a shorter XDG_STATE_HOME",
    });
  const hosts = await allowedHosts(policy, ports.config.limits.bytes_out);
  // Loaded only by those who name hosts: it brings a schema library along.
  const { serveEgress, isPublicAddress } = await import("@ces/gateway");
  const reach = ports.egress ?? { resolve: addressesOf, isPublic: isPublicAddress };
  const server = await serveEgress({ socket_path: socket, hosts: [...hosts] }, { ...reach, emit }, 0o600);
  // Only the box's user gets past the folder above.
  chmodSync(socket, 0o666);
  const room = await startNetRoom({
    ...plan,
    gates: [{ source: gate, inside: INSIDE_GATE }],
    bridge: { ...ports.bridge, forwards: [{ listen: `127.0.0.1:${PORT}`, socket: `${INSIDE_GATE}/egress.sock` }] },
  }).catch((error: unknown) => {
    server.close();
    throw error;
  });
  return {
    network: { kind: "room", pid: room.pid },
    env: proxyVariables(),
    observed: () => ({ mode: "allowlisted", observed: [...seen.values()] }),
    used: () => [...seen.values()].some(({ outcome }) => outcome === "allowed"),
    close: async () => {
      server.close();
      await room.close();
    },
  };
}

const MOST_SEEN = 64;
const MOST_SOCKET_PATH = 107;

async function addressesOf(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function proxyVariables(): Readonly<Record<string, string>> {
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
  return { ...Object.fromEntries(names.map((name) => [name, PROXY])), NODE_USE_ENV_PROXY: "1" };
}

// `host` or `host:port`; what is neither is an error of the policy, never a host that is left out.
async function allowedHosts(policy: CscPolicy, bytes_out: number): Promise<readonly EgressHost[]> {
  const { EgressHost } = await import("@ces/gateway");
  const hosts = (policy.allowed_egress_hosts ?? []).map((text): EgressHost => {
    const [, host, port] = /^([^:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    const read = EgressHost.safeParse({ host, ...(port === undefined ? {} : { port: Number(port) }), bytes_out });
    if (read.success) return read.data;
    throw new CesError("EGRESS_HOST_INVALID", `\`${text}\` in \`allowed_egress_hosts\` is no host name`, {
      remedy: "write lower-case host names, each with a port if it is not 443",
    });
  });
  if (hosts.length > 0) return hosts;
  throw new CesError("EGRESS_HOST_INVALID", "the policy allows listed hosts but lists none", {
    remedy: "name hosts in `allowed_egress_hosts`, or ask for network `deny`",
  });
}
