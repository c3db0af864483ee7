// Nothing that CES starts is outside a command contract: it says what the box is, names nothing of the host, and a policy that refuses it starts nothing.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contractProblems, contractSha256, decide, isWithin, policyProblems, policySha256 } from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { sha256Hex } from "@ces/kernel";
import { seedSigner } from "@ces/receipts";
import type { Manifest, Purpose, WorkOrder } from "@ces/records";
import { DEFAULT_LIMITS } from "@ces/sandbox";
import fc from "fast-check";
import { afterEach, describe, expect, it, test } from "vitest";
import { commandContractOf, type ContractedWalls } from "../src/box/command-contract-of.ts";
import { contractRun, policyOf } from "../src/box/contract-run.ts";
import { openBox, type PreparedBox } from "../src/box/open-box.ts";
import type { EngineContext } from "../src/context.ts";
import { openProjectChain } from "../src/receipts/project-chain.ts";

const order: WorkOrder = {
  run_id: "R-0123456789ab",
  purpose: "check",
  delivery_id: "D-0123456789ab",
  manifest_hash: "a".repeat(64),
  attempt: 1,
  label: "test as_is",
};

// Only what a command contract is made from.
const manifest = {
  risk_tier: "B",
  owner: "tester",
  checks: [{ check_id: "test", argv: ["node", "--test"] }],
  toolchain: [{ program: "node", path: "/opt/node/bin/node", mounts: ["/opt/node"] }],
} as unknown as Manifest;

const walls: ContractedWalls = {
  command: ["/usr/bin/env", "--", "node", "--test"],
  cwd: "/workspace",
  tools: [{ source: "/host/node", inside: "/opt/node" }],
  tree: {
    source: "/host/tree",
    writable: [{ kind: "dir", path: "" }],
    protect: [],
    dependencies: [],
    scratch: [{ path: "coverage", bytes: 1 }],
  },
  home: { kind: "dir", path: "/host/home" },
  files: { "/home/agent/.config": "" },
  gates: [{ source: "/host/gate", inside: "/run/gate" }],
  limits: { ...DEFAULT_LIMITS, wall_ms: 61_500 },
};

const ctx = {
  crypto: nodeCrypto,
  clock: { epochMs: () => 0, now: () => "2026-11-27T00:00:00.000Z" },
} as unknown as EngineContext;

describe("commandContractOf", () => {
  it("says what the box is", () => {
    expect(commandContractOf(order, manifest, walls)).toMatchObject({
      contract_id: "command-R-0123456789ab",
      actor: { agent_id: "ces", session_id: order.delivery_id, initiating_user: "tester" },
      risk_class: "medium",
      approval_mode: "policy_only",
      commands: [
        {
          id: order.run_id,
          exec: { argv: ["/usr/bin/env", "--", "node", "--test"] },
          cwd: "/workspace",
          read_paths: ["/etc", "/home/agent/.config", "/opt/node", "/run/gate", "/usr", "/workspace"],
          write_paths: ["/dev/shm", "/home/agent", "/tmp", "/workspace"],
          network: "deny",
          env_allow: [],
          secret_refs: [],
          timeout_sec: 62,
          proposed_effect_type: "observe",
        },
      ],
    });
  });

  test.each<readonly [Purpose, string]>([
    ["implement", "mutate_repo"],
    ["correct", "mutate_repo"],
    ["review", "observe"],
    ["probe", "observe"],
  ])("%s is %s", (purpose, effect) => {
    expect(commandContractOf({ ...order, purpose }, manifest, walls).commands[0]?.proposed_effect_type).toBe(effect);
  });

  it("names the folder of a name that would be a pattern", () => {
    const tree = { source: "/host/tree", protect: [], dependencies: [], scratch: [] };
    const made = commandContractOf(order, manifest, {
      ...walls,
      home: { kind: "none" },
      tree: { ...tree, writable: [{ kind: "file", path: "app/[id]/page.tsx" }] },
    });
    expect(made.commands[0]?.write_paths).toEqual(["/dev/shm", "/tmp", "/workspace/app"]);
  });

  it("refuses what the format cannot say", () => {
    for (const odd of [{ command: ["/bin/a", "b\0c"] as const }, { cwd: "/workspace/../etc" }])
      expect(() => commandContractOf(order, manifest, { ...walls, ...odd })).toThrowError(
        expect.objectContaining({ code: "COMMAND_CONTRACT_REFUSED" }),
      );
  });

  it("is valid whatever the plan, and names no path outside the box", () => {
    fc.assert(
      fc.property(plans, ({ made, purpose, label, argv }) => {
        const contract = commandContractOf({ ...order, purpose, label }, manifest, made);
        expect(contractProblems(structuredClone(contract) as never)).toEqual([]);
        const [command] = contract.commands;
        const paths = [command?.cwd ?? "", ...(command?.read_paths ?? []), ...(command?.write_paths ?? [])];
        expect(paths.filter((path) => isWithin(path, ["/host"]))).toEqual([]);
        expect(paths.filter((path) => !isWithin(path, insideOf(made)))).toEqual([]);
        expect(command?.exec?.argv).toHaveLength(argv.length);
      }),
      { numRuns: 300 },
    );
  });

  it("says no two commands alike", () => {
    const argvOf = (argv: readonly string[]) =>
      JSON.stringify(
        commandContractOf(order, manifest, { ...walls, command: ["/bin/a", ...argv] }).commands[0]?.exec?.argv,
      );
    const quoted = fc.array(fc.oneof(fc.constantFrom("", "''", "''''", "'", "'''"), words), { maxLength: 4 });
    fc.assert(
      fc.property(quoted, quoted, (a, b) => {
        expect(argvOf(a) === argvOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

const words = fc.string({ unit: fc.constantFrom("a", "-", "'", "é", " ", "$", "[", "*", "\\", "\ud83d\ude00") });
const names = fc
  .string({
    unit: fc.constantFrom("a", "b", ".", "[", "]", "*", "?", "{", "\\", " ", ":", "é"),
    minLength: 1,
    maxLength: 6,
  })
  .filter((name) => name !== "." && name !== "..");
const relative = fc.array(names, { maxLength: 3 }).map((parts) => parts.join("/"));
const mount = relative.map((path) => ({ source: `/host/${path}`, inside: `/opt/ces/${path}` }));

const plans = fc
  .record({
    argv: fc.array(words, { minLength: 1, maxLength: 6 }),
    label: fc.string(),
    purpose: fc.constantFrom<Purpose>("implement", "check", "review", "probe", "correct"),
    cwd: fc.constantFrom("/workspace", "/workspace/", "/workspace//sub", "/workspace/./sub"),
    tools: fc.array(mount, { maxLength: 3 }),
    gates: fc.array(mount, { maxLength: 2 }),
    writable: fc.array(relative, { maxLength: 5 }),
    scratch: fc.array(relative, { maxLength: 2 }),
    file: relative,
    home: fc.constantFrom<ContractedWalls["home"]>({ kind: "none" }, { kind: "dir", path: "/host/home" }),
    wall_ms: fc.oneof(fc.nat(), fc.constantFrom(0, 1, 86_400_001, Number.MAX_SAFE_INTEGER)),
  })
  .map(({ argv, label, purpose, writable, scratch, file, wall_ms, ...given }) => ({
    argv,
    label,
    purpose,
    made: {
      ...given,
      command: argv as unknown as ContractedWalls["command"],
      files: { [`/home/agent/${file}`]: "" },
      limits: { ...DEFAULT_LIMITS, wall_ms },
      tree: {
        source: "/host/tree",
        writable: writable.map((path) => ({ kind: "dir" as const, path })),
        protect: [],
        dependencies: [],
        scratch: scratch.map((path) => ({ path, bytes: 1 })),
      },
    },
  }));

const insideOf = ({ tools }: ContractedWalls): readonly string[] => [
  ...["/workspace", "/usr", "/etc", "/opt/ces", "/run/gate", "/home/agent", "/tmp", "/dev/shm"],
  ...tools.map(({ inside }) => inside),
];

describe("contractRun", () => {
  it("joins contract, policy and decision by hashes that the kept texts have", () => {
    const { ref, texts } = contractRun(ctx, order, manifest, walls);
    expect(ref).toMatchObject({ contract_id: "command-R-0123456789ab", policy: "tier-b", decision: "allow" });
    expect(ref.contract_sha256).toBe(contractSha256(JSON.parse(texts.contract), nodeCrypto));
    expect(ref.contract_sha256).toBe(sha256Hex(nodeCrypto, texts.contract));
    expect(ref.policy_sha256).toBe(policySha256(JSON.parse(texts.policy), nodeCrypto));
    expect(ref.decision_sha256).toBe(sha256Hex(nodeCrypto, texts.decision));
    expect(policyProblems(JSON.parse(texts.policy))).toEqual([]);
    const again = decide(JSON.parse(texts.contract), JSON.parse(texts.policy), {
      now: 0,
      crypto: nodeCrypto,
      judge: null,
    });
    expect(JSON.parse(texts.decision)).toMatchObject({
      decision: again.decision,
      contract_sha256: ref.contract_sha256,
    });
  });

  it("lets a sealed check start through the programs that it names", () => {
    const argv = ["timeout", "60", "sh", "-c", "node --test"];
    const sealed = { ...manifest, checks: [{ ...manifest.checks[0], argv }] } as Manifest;
    const started = { ...walls, command: ["/usr/bin/env", "--", ...argv] as const };
    expect(contractRun(ctx, order, sealed, started).ref.decision).toBe("allow");
    expect(() => contractRun(ctx, order, manifest, started)).toThrow(/COMMAND_NOT_ALLOWED/);
  });

  const secret = { inside: "/run/secret/key", bytes: new Uint8Array(1) };
  test.each<readonly [string, Partial<ContractedWalls>]>([
    ["COMMAND_NOT_ALLOWED", { command: ["/usr/bin/env", "--", "curl"] }],
    ["INTERPRETER_NOT_ALLOWED", { command: ["/usr/bin/env", "--", "python3", "-c", "1"] }],
    ["NETWORK_EXCEEDS_POLICY", { network: { kind: "host" } }],
    ["NETWORK_EXCEEDS_POLICY", { network: { kind: "room", pid: 2 } }],
    ["SECRET_REF_NOT_ALLOWED", { sealed: [secret] }],
    ["CWD_NOT_ALLOWED", { cwd: "/etc" }],
    ["READ_SCOPE_DENIED", { tools: [{ source: "/root", inside: "/root" }] }],
    ["WRITE_SCOPE_DENIED", { places: [{ source: "/host/a", inside: "/usr/lib", kind: "dir", access: "write" }] }],
  ])("is refused with %s", (code, odd) => {
    expect(() => contractRun(ctx, order, manifest, { ...walls, ...odd })).toThrow(code);
  });

  it("is cheap once the policy is read", () => expect(policyOf(manifest, ctx).allow_commands).toContain("node"));
});

describe("openBox", () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((path) => rmSync(path, { recursive: true })));

  it("starts nothing when the policy refuses, and says so in the ledger", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ces-refused-"));
    folders.push(folder);
    const bwrap = join(folder, "bwrap");
    writeFileSync(bwrap, `#!/bin/sh\ntouch ${folder}/started\n`, { mode: 0o755 });
    const steps: { readonly rows: readonly unknown[]; readonly entries: readonly { decision: string | null }[] }[] = [];
    const told: unknown[] = [];
    const engine = {
      ...ctx,
      tools: { bwrap },
      lease: { fence: 1 },
      places: { state_dir: folder, project_root: folder },
      report: (one: unknown) => told.push(one),
      random: (bytes: number) => new Uint8Array(bytes).fill(7),
      receipts: openProjectChain({
        store: { newest: () => undefined },
        keys: () => ({ signers: [seedSigner(new Uint8Array(32).fill(1), nodeCrypto)], anchors: {} }),
        crypto: nodeCrypto,
      }),
      store: { commit: (step: (typeof steps)[number]) => (steps.push(step), { kind: "committed" }) },
    } as unknown as EngineContext;
    const prepared = { order, root: { path: folder }, user: { uid: 1, gid: 1 } } as unknown as PreparedBox;
    const shape = { ...walls, manifest, env: {}, masks: [], network: { kind: "host" } as const };
    await expect(openBox(engine, { version: 1 } as never, prepared, shape)).rejects.toMatchObject({
      code: "COMMAND_CONTRACT_REFUSED",
    });
    expect(existsSync(join(folder, "started"))).toBe(false);
    expect(told).toEqual([]);
    const payload = { decision: "deny", reason: "NETWORK_EXCEEDS_POLICY", session_id: order.run_id, sequence: 1 };
    expect(steps).toMatchObject([
      {
        rows: [{ kind: "receipt", body: { receipt: { payload } } }],
        entries: [{ decision: "deny", refs: [order.run_id] }],
      },
    ]);
  });
});
