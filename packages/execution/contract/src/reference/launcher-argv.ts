// The argument list of a CSC 0.1 runner's launcher, so that its vectors can be held against something. It is not what runs here: the house's
// own walls are (DESIGN §5). Two faults of it are put right: no parent hides a child that was bound before it (F-24), and nothing below
// /tmp vanishes behind the tmpfs (F-25). Source: spec/csc.md §3.4.

import type { Argv } from "../command-contract.ts";
import { isWithin } from "../paths/normal-path.ts";

/** What the reference's sandbox configuration holds. */
export type LauncherConfig = {
  readonly readonly_bind_paths?: readonly string[];
  readonly cpu_time_sec?: number;
  readonly memory_bytes?: number;
  readonly max_processes?: number;
  readonly max_file_size_bytes?: number;
  readonly run_as_uid?: number;
  readonly run_as_gid?: number;
};

/** What is to be launched. */
export type LauncherPlan = {
  readonly cwd: string;
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly config: LauncherConfig;
  readonly user_argv: Argv;
};

/** What a path of the plan is on the disk. */
export type PathKind = (path: string) => "directory" | "file" | "missing";

/** The argument list, or the reference's sentence for a plan that it refuses. */
export type LauncherAnswer =
  | { readonly kind: "argv"; readonly argv: readonly string[] }
  | { readonly kind: "refused"; readonly text: string };

const SYSTEM_PATHS: readonly string[] = ["/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc"];

/** The launcher's argument list, in the reference's order wherever that order works. */
export function referenceLauncherArgv(plan: LauncherPlan, kindOf: PathKind): LauncherAnswer {
  const refusal = configRefusal(plan.config) ?? pathRefusal(plan) ?? diskRefusal(plan, kindOf);
  if (refusal !== undefined) return { kind: "refused", text: refusal };
  const system = (plan.config.readonly_bind_paths ?? SYSTEM_PATHS)
    .filter((path) => kindOf(path) !== "missing")
    .map((path): Bind => ["--ro-bind", path]);
  const scoped = parentsFirst(scopeBinds(plan, kindOf));
  const hidden = scoped.some(([, path]) => isWithin(path, ["/tmp"]));
  const argv = [
    "bwrap",
    ...system.flatMap(words),
    ...(hidden ? ["--tmpfs", "/tmp"] : []),
    ...scoped.flatMap(words),
    ...(hidden ? [] : ["--tmpfs", "/tmp"]),
    ...["--proc", "/proc", "--dev", "/dev", "--unshare-net", "--unshare-pid"],
    ...["--new-session", "--die-with-parent", "--chdir", plan.cwd, "--"],
    ...["setpriv", "--no-new-privs", ...identity(plan.config), "--"],
    ...["prlimit", ...resourceLimits(plan.config), "--"],
    ...plan.user_argv,
  ];
  return { kind: "argv", argv };
}

type Bind = readonly ["--bind" | "--ro-bind", string];

function words([option, path]: Bind): readonly string[] {
  return [option, path, path];
}

function scopeBinds({ cwd, read, write }: LauncherPlan, kindOf: PathKind): readonly Bind[] {
  const roots = writableRoots(write, kindOf);
  const seen = read.filter((path) => path !== cwd && !isWithin(path, roots) && kindOf(path) !== "missing");
  return [
    ...roots.map((path): Bind => ["--bind", path]),
    ...(isWithin(cwd, roots) ? [] : [["--ro-bind", cwd] as const]),
    ...[...new Set(seen)].map((path): Bind => ["--ro-bind", path]),
  ];
}

// Sorted; what lies within another is covered by it.
function writableRoots(write: readonly string[], kindOf: PathKind): readonly string[] {
  const existing = [...new Set(write)].filter((path) => kindOf(path) !== "missing").sort();
  return existing.filter((path) => !existing.some((other) => other !== path && isWithin(path, [other])));
}

// INVARIANT: a bind stands behind every bind of a parent; otherwise the order stays.
function parentsFirst(binds: readonly Bind[]): readonly Bind[] {
  const placed: Bind[] = [];
  for (const bind of binds) {
    const child = placed.findIndex(([, path]) => path !== bind[1] && isWithin(path, [bind[1]]));
    placed.splice(child < 0 ? placed.length : child, 0, bind);
  }
  return placed;
}

function identity({ run_as_uid: uid, run_as_gid: gid }: LauncherConfig): readonly string[] {
  return uid === undefined || gid === undefined ? [] : [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
}

function resourceLimits(config: LauncherConfig): readonly string[] {
  return [
    `--cpu=${config.cpu_time_sec ?? 300}`,
    `--as=${config.memory_bytes ?? 1_073_741_824}`,
    `--nproc=${config.max_processes ?? 100}`,
    `--fsize=${config.max_file_size_bytes ?? 104_857_600}`,
  ];
}

function configRefusal(config: LauncherConfig): string | undefined {
  for (const name of ["cpu_time_sec", "memory_bytes", "max_processes", "max_file_size_bytes"] as const) {
    const value = config[name];
    if (value !== undefined && value <= 0) return `${name} must be positive, got ${value}`;
  }
  const { run_as_uid: uid, run_as_gid: gid } = config;
  if ((uid === undefined) === (gid === undefined)) return undefined;
  return `run_as_uid and run_as_gid must both be set or both be None; got uid=${uid ?? "None"}, gid=${gid ?? "None"}`;
}

function pathRefusal({ cwd, read, write, config }: LauncherPlan): string | undefined {
  const named = [
    ["readonly_bind_paths", config.readonly_bind_paths ?? []],
    ["write_bind_prefixes", write],
    ["read_bind_prefixes", read],
    ["cwd", [cwd]],
  ] as const;
  return named
    .flatMap(([label, paths]) => paths.map((path) => bindRefusal(label, path)))
    .find((refusal) => refusal !== undefined);
}

function bindRefusal(label: string, path: string): string | undefined {
  if (path === "") return `${label}: bind prefix must not be empty`;
  if (/[*?[]/.test(path)) return `${label}: bind prefix must not contain glob metacharacters: '${path}'`;
  return path.startsWith("/") ? undefined : `${label}: bind prefix must be absolute: '${path}'`;
}

function diskRefusal({ cwd, write }: LauncherPlan, kindOf: PathKind): string | undefined {
  if (kindOf(cwd) !== "directory") return `cwd does not exist or is not a directory: '${cwd}'`;
  const roots = writableRoots(write, kindOf);
  const lost = write.find((path) => kindOf(path) === "missing" && !isWithin(path, roots));
  return lost === undefined
    ? undefined
    : `write_bind_prefixes: '${lost}' does not exist and is not under any writable ancestor`;
}
