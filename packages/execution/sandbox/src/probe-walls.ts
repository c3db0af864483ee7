// Can this machine hold the walls? Asked by trying: one real box that attacks itself. No box, or a hole: nothing runs (exit 5).
import { rmSync, statSync } from "node:fs";
import type { AllowedContract, AllowProbe } from "@ces/contract-packs";
import { isCesError } from "@ces/kernel";
import { askProgram } from "./ask-program.ts";
import { boxUser } from "./box-user.ts";
import { prepareBoxRoot } from "./box-root.ts";
import { DEFAULT_LIMITS, INSIDE } from "./plan.ts";
import type { BoxPlan } from "./plan.ts";
import { readSystem } from "./read-system.ts";
import { startBox } from "./start-box.ts";

/** The walls hold, or why not and what to type. `contracts`: what each process was started under, in the order of the starts. */
export type WallsVerdict = { readonly contracts: readonly AllowedContract[] } & (
  | { readonly kind: "ok"; readonly version: string; readonly facts: readonly string[] }
  | {
      readonly kind: "cannot";
      readonly code: "WALLS_UNAVAILABLE";
      readonly detail: string;
      readonly remedy: string;
      /** bubblewrap's, when it said one. */
      readonly version?: string;
    }
);

/** bwrap's absolute path (undefined if none was found), the folder for boxes, a name for the probe's own box, and whom to ask before a start. */
export type WallsProbe = {
  readonly bwrap: string | undefined;
  readonly base: string;
  readonly run: string;
  readonly allow: AllowProbe;
};

const OLDEST = [0, 8] as const;
const INSTALL = "apt-get install bubblewrap (0.8 or later), or your distribution's package";
const NAME_SPACES =
  "allow unprivileged user name spaces: sysctl -w kernel.unprivileged_userns_clone=1, user.max_user_namespaces=10000, and on Ubuntu an AppArmor profile for bwrap (kernel.apparmor_restrict_unprivileged_userns)";

// Each line names a wall that stands; a wall that does not stand prints nothing and is missed below.
const ATTACKS: Readonly<Record<string, string>> = {
  sysctl_read_only: "! ( : >/proc/sys/kernel/core_pattern ) 2>/dev/null",
  no_set_id: "touch /tmp/s && ! chmod 4755 /tmp/s 2>/dev/null",
  no_capabilities: 'grep -q "^CapBnd:.0000000000000000$" /proc/self/status',
  no_new_privileges: 'grep -q "^NoNewPrivs:.1$" /proc/self/status',
  filtered: 'grep -q "^Seccomp:.2$" /proc/self/status',
  loopback_only: '[ "$(grep -c : /proc/net/dev)" = 1 ]',
  empty_environment: '[ -z "$(tr -d "\\0" </proc/1/environ)" ]',
  system_read_only: "! touch /usr/x /etc/x /dev/x /x 2>/dev/null",
  no_nested_user_name_space: "! unshare -U true 2>/dev/null",
};

const WALL_MS = 10_000;
const CANARY = [
  "/bin/sh",
  "-c",
  Object.entries(ATTACKS)
    .map(([name, attack]) => `if ${attack}; then echo ${name}; fi`)
    .join("\n"),
] as const satisfies BoxPlan["command"];

/** Looks at bwrap and runs the canary box. Leaves nothing behind. Throws COMMAND_CONTRACT_REFUSED when the policy does not allow a start. */
export async function probeWalls(probe: WallsProbe): Promise<WallsVerdict> {
  const contracts: AllowedContract[] = [];
  const allow: AllowProbe = (start) => {
    const allowed = probe.allow(start);
    contracts.push(allowed);
    return allowed;
  };
  return { ...(await judge({ ...probe, allow })), contracts };
}

// Without the contracts, which are complete only at the end.
type Judged = WallsVerdict extends infer Whole ? (Whole extends unknown ? Omit<Whole, "contracts"> : never) : never;

async function judge(probe: WallsProbe): Promise<Judged> {
  const { bwrap } = probe;
  if (bwrap === undefined) return cannot("bubblewrap is not installed", INSTALL);
  if ((statSync(bwrap).mode & 0o4000) !== 0)
    return cannot("bwrap is set-uid root", `chmod u-s ${bwrap} and allow unprivileged user name spaces`);
  const version = await bwrapVersion(bwrap, probe.allow);
  if (version === undefined)
    return cannot(`bwrap is of unknown version, perhaps older than ${OLDEST.join(".")}`, INSTALL);
  if (isOlder(version)) return cannot(`bwrap is ${version}, older than ${OLDEST.join(".")}`, INSTALL, version);
  try {
    const held = await canary(bwrap, probe);
    const missing = Object.keys(ATTACKS).filter((name) => !held.includes(name));
    if (missing.length > 0)
      return cannot(
        `these walls do not hold: ${missing.join(", ")}`,
        "report this machine: ces doctor --json",
        version,
      );
    return { kind: "ok", version, facts: held };
  } catch (error) {
    if (isCesError(error, "COMMAND_CONTRACT_REFUSED")) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    return cannot(detail, /permi|uid map|namespace|no space/i.test(detail) ? NAME_SPACES : INSTALL, version);
  }
}

async function canary(bwrap: string, probe: WallsProbe): Promise<readonly string[]> {
  probe.allow({
    what: "a box that attacks itself",
    argv: CANARY,
    cwd: INSIDE.workspace,
    read_paths: ["/usr", "/etc", INSIDE.workspace],
    write_paths: [INSIDE.home, "/tmp", "/dev/shm"],
    timeout_ms: WALL_MS,
  });
  const user = boxUser(probe.run);
  const root = prepareBoxRoot(probe.base, probe.run, user);
  try {
    const box = await startBox(canaryPlan(bwrap, probe.run, root, user));
    let said = "";
    box.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
    });
    box.stderr.resume();
    box.go();
    await box.exited;
    const broken = box.limits.filter((limit) => !limit.bound).map((limit) => `limit_${limit.name}`);
    return broken.length === 0 ? said.split("\n").filter((line) => line !== "") : [];
  } finally {
    rmSync(root.path, { recursive: true, force: true });
  }
}

function canaryPlan(
  bwrap: string,
  run: string,
  root: ReturnType<typeof prepareBoxRoot>,
  user: BoxPlan["user"],
): BoxPlan {
  return {
    run,
    root: root.path,
    user,
    bwrap,
    system: readSystem(),
    tools: [],
    command: CANARY,
    cwd: INSIDE.workspace,
    env: {},
    home: { kind: "tmpfs", bytes: 1 << 20 },
    files: {},
    masks: [],
    gates: [],
    lock: root.lock,
    keepOut: [],
    limits: { ...DEFAULT_LIMITS, wall_ms: WALL_MS, memory_free_bytes: 0, disk_free_bytes: 0 },
  };
}

async function bwrapVersion(bwrap: string, allow: AllowProbe): Promise<string | undefined> {
  const { said } = await askProgram({ program: bwrap, args: ["--version"], env: {}, timeout_ms: 5_000 }, allow);
  return /(\d+\.\d+(\.\d+)?)/.exec(said ?? "")?.[1];
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

function cannot(detail: string, remedy: string, version?: string): Judged {
  const said = version === undefined ? {} : { version };
  return { kind: "cannot", code: "WALLS_UNAVAILABLE", detail, remedy, ...said };
}
