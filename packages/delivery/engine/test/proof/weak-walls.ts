// For each canary, the wall that it tries, taken down: a test sees the canary red then. A canary without a line here is not proved itself.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Conversation } from "@ces/runtimes";
import type { BoxPlan, Place } from "@ces/sandbox";
import { onTestFinished } from "vitest";
import type { RuntimeOnHost } from "../../src/context.ts";
import type { ProofPorts } from "../../src/index.ts";

type Places = { readonly state_dir: string; readonly environment_token: string };

/** One fault: ports with a weaker wall, or a client that is believed too much. */
export interface WeakWall {
  readonly fault: string;
  readonly ports?: (real: ProofPorts, places: Places) => Partial<ProofPorts>;
  readonly client?: (real: RuntimeOnHost) => RuntimeOnHost;
  /** What the canary says it saw. */
  readonly seen: string;
}

const weakPlan =
  (weaken: (plan: BoxPlan, places: Places) => BoxPlan): NonNullable<WeakWall["ports"]> =>
  (real, places) => ({ startBox: (plan, ends) => real.startBox(weaken(plan, places), ends) });

const wholeTmp = (plan: BoxPlan): BoxPlan => ({ ...plan, places: [...(plan.places ?? []), shown(tmpdir())] });
const shown = (path: string): Place => ({ source: path, inside: path, kind: "dir", access: "read" });
const hostNetwork = weakPlan((plan) => ({ ...plan, network: { kind: "host" } }));
const wholeTree = weakPlan((plan) =>
  plan.tree === undefined
    ? plan
    : { ...plan, tree: { ...plan.tree, writable: [{ kind: "dir", path: "" }], protect: [] } },
);
const inEnvironment = (name: string, token: (places: Places) => string) =>
  weakPlan((plan, places) => ({ ...plan, env: { ...plan.env, [name]: token(places) } }));

// `return SECCOMP_RET_ALLOW`: a filter that is there and filters nothing.
const ALLOW_ALL = String.raw`\x06\x00\x00\x00\x00\x00\xff\x7f`;

/** bubblewrap with a filter that lets everything through, and without arguments that fit; they come NUL-separated on descriptor 3. */
const bwrapWithout = (pattern: string): NonNullable<WeakWall["ports"]> => {
  return (real) => {
    const folder = mkdtempSync(join(tmpdir(), "ces-weak-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    chmodSync(folder, 0o755);
    const bwrap = join(folder, "bwrap");
    writeFileSync(
      bwrap,
      [
        "#!/bin/bash",
        `exec 3< <(exec /usr/bin/perl -0777 -pe 's/${pattern}//g' <&3)`,
        `exec 4< <(printf '${ALLOW_ALL}')`,
        `exec ${real.tools.bwrap} "$@"\n`,
      ].join("\n"),
      { mode: 0o755 },
    );
    return { tools: { ...real.tools, bwrap } };
  };
};

/** By the canary's id. */
export const weakWalls: Readonly<Record<string, WeakWall>> = {
  "denied-read": { fault: "the host's /tmp is shown", ports: weakPlan(wholeTmp), seen: "a file of the host was read" },
  "denied-write": {
    fault: "the whole tree is writable",
    ports: wholeTree,
    seen: "a protected file was written",
  },
  symlink: { fault: "the host's /tmp is shown", ports: weakPlan(wholeTmp), seen: "a link led out of the box" },
  "hard-link": {
    fault: "the whole tree is one writable mount",
    ports: wholeTree,
    seen: "a file outside the scope was written by its second name",
  },
  "egress-tcp": {
    fault: "the machine's network",
    ports: hostNetwork,
    seen: "the host's listener was reached over TCP",
  },
  "egress-udp": { fault: "the machine's network", ports: hostNetwork, seen: "the host's socket heard a datagram" },
  "egress-unix": {
    fault: "the machine's network",
    ports: hostNetwork,
    seen: "the host's abstract socket was reached",
  },
  environment: {
    fault: "a variable of the driver comes along",
    ports: inEnvironment("LEAKED", ({ environment_token }) => environment_token),
    seen: "the token stands in an environment",
  },
  "state-keys": {
    fault: "the state folder is shown",
    ports: weakPlan((plan, { state_dir }) => {
      // As root the box's user is somebody else, whom the folder's own mode would stop.
      chmodSync(state_dir, 0o755);
      return { ...plan, places: [shown(state_dir)], keepOut: [] };
    }),
    seen: "a file of the state folder was read",
  },
  "gateway-key": {
    fault: "the real key is in the client's environment",
    ports: (real) => {
      let key = "";
      return {
        startGateway: (request) => {
          key = request.config.upstream.auth.key;
          return real.startGateway(request);
        },
        startBox: (plan, ends) => real.startBox({ ...plan, env: { ...plan.env, OTHER_KEY: key } }, ends),
      };
    },
    seen: "the key stands in an environment",
  },
  "set-id": {
    fault: "a filter that filters nothing",
    ports: bwrapWithout("nothing"),
    seen: "a set-user-id program was made",
  },
  sysctl: {
    fault: "the kernel's settings are not covered",
    ports: bwrapWithout(String.raw`--ro-bind\x00\/proc\/sys\x00\/proc\/sys\x00`),
    seen: "a setting of the kernel can be written",
  },
  "name-space": {
    fault: "user name spaces are not shut and nothing is filtered",
    ports: bwrapWithout(String.raw`--disable-userns\x00`),
    seen: "a second user name space was made",
  },
  "nested-client": {
    fault: "the gateway does not count agents",
    ports: (real) => ({
      startGateway: (request) =>
        real.startGateway({
          ...request,
          config: { ...request.config, budgets: { ...request.config.budgets, agents: null } },
        }),
    }),
    seen: "requests of a second client reached the model",
  },
  "forged-stream": {
    fault: "a driver that believes what was never asked",
    client: (real) => ({
      ...real,
      runtime: { ...real.runtime, converse: (task) => credulous(real.runtime.converse(task)) },
    }),
    seen: "the line was believed",
  },
};

const credulous = (real: Conversation): Conversation => ({
  ...real,
  read: (message) => real.read(message).filter(({ kind }) => kind !== "fault"),
});
