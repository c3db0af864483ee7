// Layers of others: driven only when they are there and know what is asked of them, and nothing runs before their walls were run against.
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import { findLayer, needLayer } from "../src/find-layer.ts";
import type { LayerPlan } from "../src/layer-plan.ts";
import { type Faults, fakeLayer } from "./fake-layer.ts";

const plan: LayerPlan = {
  argv: ["/bin/sh", "-c", "echo $WHO; exit 3"],
  workdir: "/",
  read: ["/usr", "/bin"],
  write: ["/srv"],
  hosts: [],
  env: { WHO: "me" },
  timeout_ms: 20_000,
};
const sha256 = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

const made: ReturnType<typeof fakeLayer>[] = [];
function fake(name: "nono" | "openshell", faults: Faults = {}): ReturnType<typeof fakeLayer> {
  const one = fakeLayer(name, faults);
  made.push(one);
  return one;
}
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

async function run(name: "nono" | "openshell", faults: Faults = {}, change: Partial<LayerPlan> = {}) {
  const one = fake(name, faults);
  const layer = await needLayer(name, one.search);
  const end = await layer.run({ ...plan, ...change });
  return { end, calls: one.calls(), left: readdirSync(one.scratch) };
}

describe("finding a layer", () => {
  test("that is installed gives its version, and asking ran nothing", async () => {
    const one = fake("nono");
    expect(await findLayer("nono", one.search)).toMatchObject({
      kind: "found",
      layer: { name: "nono", version: "0.66.0", program: `${one.folder}/nono` },
    });
    expect(one.calls()).toEqual([]);
  });

  test.each([
    ["is not there", "openshell", {}, "`openshell` is not installed"],
    ["does not say its version", "nono", { version: "nono (unknown)" }, "does not say its version"],
    [
      "does not know an option",
      "nono",
      { help: "--silent --dry-run --config-file" },
      "`nono` 0.66.0 does not know `run --config`",
    ],
  ] as const)("that %s is none", async (_, name, faults, why) => {
    const one = fake("nono", faults);
    expect(await findLayer(name, one.search)).toEqual({ kind: "missing", why: expect.stringContaining(why) });
    await expect(needLayer(name, one.search)).rejects.toMatchObject({ code: "LAYER_MISSING" });
  });

  test("inside a project is none", async () => {
    const one = fake("nono");
    expect(await findLayer("nono", { ...one.search, forbiddenRoots: [one.folder] })).toMatchObject({ kind: "missing" });
  });
});

describe("nono", () => {
  test("gets a manifest, is run dry, run against, and then runs the command with its own environment", async () => {
    const { end, calls, left } = await run("nono");
    const config = expect.stringMatching(/manifest\.json$/);
    const canary = expect.stringMatching(/canary\.json$/);
    expect(calls.map(({ args }) => args)).toEqual([
      ["run", "--silent", "--dry-run", "--config", config, "--", ...plan.argv],
      ["run", "--silent", "--config", canary, "--", "/bin/cat", expect.stringMatching(/inside\/control$/)],
      ["run", "--silent", "--config", canary, "--", "/bin/cat", expect.stringMatching(/outside\/forbidden$/)],
      ["run", "--silent", "--config", config, "--", ...plan.argv],
    ]);
    expect(calls.at(-1)?.env).toMatchObject({ LAYER_SETTING: "1", WHO: "me" });
    expect(calls.at(-1)?.env).not.toHaveProperty("HOME");
    expect(calls[0]?.file?.mode).toBe(0o600);
    expect(JSON.parse(calls[0]?.file?.text ?? "")).toEqual({
      version: "0.1.0",
      filesystem: {
        grants: [
          { path: "/usr", access: "read", type: "directory" },
          { path: "/bin", access: "read", type: "directory" },
          { path: "/srv", access: "readwrite", type: "directory" },
        ],
      },
      network: { mode: "blocked", dns: false },
      process: {
        exec_strategy: "supervised",
        signal_mode: "isolated",
        process_info_mode: "isolated",
        ipc_mode: "shared_memory_only",
      },
    });
    const policy_digest = sha256(calls[0]?.file?.text ?? "");
    expect(end).toMatchObject({
      result: "failed",
      exit_code: 3,
      output: "me\n",
      stdout_digest: sha256("me\n"),
      policy_digest,
    });
    expect(end.observed).toEqual([
      { source: "driver", facts: { driver: "nono", driver_version: "0.66.0", policy_digest } },
      { source: "kernel", facts: { canary_denied: true } },
    ]);
    expect(left).toEqual([]);
  });

  test("with hosts goes through its proxy", async () => {
    const { calls } = await run("nono", {}, { hosts: ["a.b"] });
    expect(JSON.parse(calls[0]?.file?.text ?? "").network).toEqual({ mode: "proxy", allow_domains: ["a.b"] });
  });

  test.each([
    ["reads what was not granted", { open: true }, "walls do not hold"],
    ["starts nothing at all", { shut: true }, "nothing can be run under nono"],
    ["refuses the manifest", { dryRunFails: true }, "nono refuses the manifest: bad manifest"],
  ])("that %s does not get the command", async (_, faults, why) => {
    const { end, calls, left } = await run("nono", faults);
    expect(end).toMatchObject({
      result: "not_started",
      why: expect.stringContaining(why),
      exit_code: null,
      observed: [],
    });
    expect(calls.filter(({ args }) => args.includes("-c") && !args.includes("--dry-run"))).toEqual([]);
    expect(left).toEqual([]);
  });

  test("is not driven from a folder that the plan grants", async () => {
    const { end, calls } = await run("nono", {}, { write: [tmpdir()] });
    expect(end).toMatchObject({
      result: "not_started",
      why: "the plan grants the folder that the layer is driven from",
    });
    expect(calls).toEqual([]);
  });

  test("is ended with all of its children when the time is up", async () => {
    const { end } = await run("nono", {}, { argv: ["/bin/sh", "-c", "sleep 60 & sleep 60"], timeout_ms: 1500 });
    expect(end).toMatchObject({ result: "timed_out", signal: "SIGKILL" });
    expect(end.duration_ms).toBeLessThan(30_000);
  });
});

describe("openshell", () => {
  test("makes a sandbox, reads its policy back, runs against it, runs the command, deletes it", async () => {
    const { end, calls, left } = await run("openshell", {}, { hosts: ["a.b"] });
    const name = calls[0]?.args[3] ?? "";
    expect(name).toMatch(/^ces-[0-9a-f]{12}$/);
    const inside = (workdir: string, ...more: readonly string[]) => [
      "sandbox",
      "exec",
      "-n",
      name,
      "--workdir",
      workdir,
      "--timeout",
      ...more,
    ];
    expect(calls.map(({ args }) => args)).toEqual([
      [
        "sandbox",
        "create",
        "--name",
        name,
        "--policy",
        expect.stringMatching(/policy\.yaml$/),
        "--no-auto-providers",
        "--no-tty",
        "--detach",
      ],
      ["sandbox", "get", name, "--policy-only"],
      inside("/", "60", "--no-tty", "--", "/bin/cat", "/proc/self/status"),
      inside("/", "60", "--no-tty", "--", "/bin/cat", "/etc/shadow"),
      inside("/", "20", "--env", "WHO=me", "--no-tty", "--", ...plan.argv),
      ["sandbox", "delete", name],
    ]);
    expect(JSON.parse(calls[0]?.file?.text ?? "")).toEqual({
      version: 1,
      filesystem_policy: { include_workdir: false, read_only: ["/usr", "/bin"], read_write: ["/srv"] },
      landlock: { compatibility: "hard_requirement" },
      process: { run_as_user: "sandbox", run_as_group: "sandbox" },
      network_policies: {
        host_1: {
          name: "a.b",
          endpoints: [{ host: "a.b", port: 443, protocol: "rest", enforcement: "enforce", access: "full" }],
          binaries: [{ path: "/bin/sh" }],
        },
      },
    });
    const policy_digest = sha256("version: 1\nlandlock:\n  compatibility: hard_requirement\n\n");
    expect(end).toMatchObject({ result: "failed", exit_code: 3, policy_digest });
    expect(end.observed).toEqual([
      {
        source: "driver",
        facts: { driver: "openshell", driver_version: "0.66.0", driver_session: name, policy_digest },
      },
      { source: "kernel", facts: { seccomp: 2, no_new_privs: true, cap_eff: "0000000000000000", canary_denied: true } },
    ]);
    expect(left).toEqual([]);
  });

  test.each([
    ["makes no sandbox", { createFails: true }, "openshell makes no sandbox: no gateway"],
    [
      "does not require Landlock",
      { policy: "landlock:\n  compatibility: best_effort # hard_requirement\n" },
      "does not require Landlock",
    ],
    ["shows nothing of the inside", { status: "" }, "nothing can be seen"],
    ["lets a forbidden file be read", { shadow: true }, "walls do not hold"],
  ])("that %s does not get the command, and is deleted", async (_, faults, why) => {
    const { end, calls } = await run("openshell", faults);
    expect(end).toMatchObject({ result: "not_started", why: expect.stringContaining(why) });
    expect(calls.filter(({ args }) => args.includes("/bin/sh"))).toEqual([]);
    expect(calls.at(-1)?.args.slice(0, 2)).toEqual(["sandbox", "delete"]);
  });
});
