// From plan to walls, purely: the whole argument list of bwrap. Each mount covers the ones before it, so order is meaning:
//  1 the system: /usr, its links, chosen files of /etc over an empty /etc; covered folders of programs
//  2 /proc with /proc/sys and the keyring lists covered, /dev sealed, sized /dev/shm, /tmp, /run
//  3 tools outside /usr, node and the bridge
//  4 HOME; places of the host at their own paths, parents first
//  5 the tree read-only; then its writable places, parents first
//  6 pins: folders above a read-only place inside a writable one become mounts, so that they cannot be renamed away
//  7 protected paths, .git, dependencies, scratch
//  8 masks and the files CES wrote: last word over whatever tree and HOME hold
//  9 gate folders, the lock
// 10 sealed files into /run; the seals: covers, /etc, /run, /dev and / read-only
import { posix } from "node:path";
import { CHANNEL, INSIDE } from "./plan.ts";
import type { BoxPlan, HomePlan, TreePlan } from "./plan.ts";
import { boxFiles } from "./box-files.ts";
import { boxMark, startScript } from "./start-script.ts";
import { pinnedFolders } from "./pins.ts";

/** Options for bwrap, to be handed over on `--args FD` (S01). INVARIANT: no `--bind` outside the plan's writable places and HOME. */
export function planArgs(plan: BoxPlan): readonly string[] {
  return [
    ...walls(plan),
    ...environment(plan),
    ...system(plan),
    ...procAndDev(plan),
    ...tools(plan),
    ...home(plan.home),
    ...places(plan),
    ...tree(plan.tree),
    ...pinnedFolders(plan).flatMap((pin) =>
      pin.source === undefined ? sized(pin.bytes, pin.inside) : ["--bind", pin.source, pin.inside],
    ),
    ...treeCovers(plan.tree),
    ...masksAndFiles(plan),
    ...plan.gates.flatMap((gate) => ["--ro-bind", gate.source, gate.inside]),
    "--ro-bind",
    plan.lock,
    INSIDE.lock,
    "--lock-file",
    INSIDE.lock,
    ...sealed(plan),
    ...[...(plan.system.covers ?? []), "/etc", "/run", "/dev", "/"].flatMap((path) => ["--remount-ro", path]),
    "--chdir",
    plan.cwd,
  ];
}

/** What bwrap runs: the start script, then the bridge if there is one, then the command. Stands in argv, so it shows inside. */
export function planCommand(plan: BoxPlan): readonly string[] {
  const shell = plan.startShell === "descriptor" ? `/proc/self/fd/${CHANNEL.shell}` : "/bin/sh";
  return [shell, "-c", startScript(plan), boxMark(plan.root), ...bridged(plan)];
}

function bridged(plan: BoxPlan): readonly string[] {
  if (plan.bridge === undefined) return plan.command;
  const forwards = plan.bridge.forwards.flatMap((f) => ["--forward", `${f.listen}=${f.socket}`]);
  // SECURITY: S17. Without this flag SIGUSR1 opens a debugger in the process that holds the gate's streams.
  return [INSIDE.node, "--disable-sigusr1", bridgePath(plan.bridge.script), ...forwards, "--", ...plan.command];
}

function bridgePath(script: string): string {
  return INSIDE.bridge + posix.extname(script);
}

function walls(plan: BoxPlan): readonly string[] {
  return [
    "--unshare-all",
    // The room's name space is already a loopback of its own; the host's is only ever asked for by name.
    ...(plan.network === undefined ? [] : ["--share-net"]),
    "--unshare-user",
    // A second, inner user name space could not hand out the network that the first one owns.
    ...(plan.room === true ? [] : ["--disable-userns"]),
    "--cap-drop",
    "ALL",
    "--new-session",
    "--die-with-parent",
    ...(plan.room === true ? [] : ["--uid", "1000", "--gid", "1000"]),
    "--hostname",
    "sandbox",
    "--seccomp",
    `${CHANNEL.seccomp}`,
    "--json-status-fd",
    `${CHANNEL.status}`,
  ];
}

function environment(plan: BoxPlan): readonly string[] {
  const defaults = { PATH: "/usr/bin:/bin", HOME: INSIDE.home, LANG: "C.UTF-8", TERM: "dumb" };
  const env = plan.envStart === "bare" ? plan.env : { ...defaults, ...plan.env };
  return ["--clearenv", ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value])];
}

function system(plan: BoxPlan): readonly string[] {
  return [
    "--tmpfs",
    "/etc",
    ...plan.system.mounts.flatMap((m) => ["--ro-bind", m.source, m.inside]),
    ...plan.system.links.flatMap(([target, path]) => ["--symlink", target, path]),
    ...(plan.system.covers ?? []).flatMap((path) => sized(1 << 20, path)),
    "--dir",
    "/var",
    "--symlink",
    "../tmp",
    "/var/tmp",
  ];
}

function procAndDev(plan: BoxPlan): readonly string[] {
  return [
    "--proc",
    "/proc",
    "--ro-bind",
    "/proc/sys",
    "/proc/sys",
    ...plan.system.procMasks.flatMap((name) => ["--ro-bind", "/dev/null", `/proc/${name}`]),
    ...(plan.room === true
      ? [
          ...sized(1 << 20, "/dev"),
          ...["null", "zero", "urandom"].flatMap((name) => ["--dev-bind", `/dev/${name}`, `/dev/${name}`]),
        ]
      : ["--dev", "/dev"]),
    ...sized(plan.limits.shm_bytes, "/dev/shm"),
    ...sized(plan.limits.tmp_bytes, "/tmp"),
    ...sized(1 << 20, "/run"),
  ];
}

function tools(plan: BoxPlan): readonly string[] {
  const bridge =
    plan.bridge === undefined
      ? []
      : ["--ro-bind", plan.bridge.node, INSIDE.node, "--ro-bind", plan.bridge.script, bridgePath(plan.bridge.script)];
  const links = (plan.toolLinks ?? []).flatMap(([target, path]) => ["--symlink", target, path]);
  return [...plan.tools.flatMap((m) => ["--ro-bind", m.source, m.inside]), ...links, ...bridge];
}

function home(plan: HomePlan): readonly string[] {
  if (plan.kind === "none") return [];
  return plan.kind === "dir" ? ["--bind", plan.path, INSIDE.home] : sized(plan.bytes, INSIDE.home);
}

// A parent comes before what lies in it, so that neither hides the other.
function places(plan: BoxPlan): readonly string[] {
  return (plan.places ?? [])
    .toSorted((a, b) => (a.inside < b.inside ? -1 : 1))
    .flatMap((place) => [place.access === "write" ? "--bind" : "--ro-bind", place.source, place.inside]);
}

function sealed(plan: BoxPlan): readonly string[] {
  return (plan.sealed ?? []).flatMap((file, at) => [
    "--perms",
    "0400",
    "--file",
    `${CHANNEL.first_sealed + at}`,
    file.inside,
  ]);
}

function tree(plan: TreePlan | undefined): readonly string[] {
  if (plan === undefined) return ["--dir", INSIDE.workspace];
  const writable = plan.writable.map((w) => w.path).toSorted();
  return ["--ro-bind", plan.source, INSIDE.workspace, ...writable.flatMap((path) => ["--bind", ...both(plan, path)])];
}

function treeCovers(plan: TreePlan | undefined): readonly string[] {
  if (plan === undefined) return [];
  return [
    ...plan.protect.toSorted().flatMap((path) => ["--ro-bind", ...both(plan, path)]),
    ...(plan.git === undefined ? [] : ["--ro-bind", plan.git, `${INSIDE.workspace}/.git`]),
    ...plan.dependencies.flatMap((d) => ["--ro-bind", d.source, `${INSIDE.workspace}/${d.at}`]),
    ...plan.scratch.flatMap((s) => sized(s.bytes, `${INSIDE.workspace}/${s.path}`)),
  ];
}

function masksAndFiles(plan: BoxPlan): readonly string[] {
  const empty = { dir: `${plan.root}/empty`, file: `${plan.root}/empty-file` };
  return [
    ...plan.masks.flatMap((mask) => ["--ro-bind", empty[mask.kind], mask.inside]),
    ...boxFiles(plan).flatMap((file) => ["--ro-bind", file.source, file.inside]),
  ];
}

function both(plan: TreePlan, path: string): readonly [string, string] {
  return path === "" ? [plan.source, INSIDE.workspace] : [`${plan.source}/${path}`, `${INSIDE.workspace}/${path}`];
}

function sized(bytes: number, path: string): readonly string[] {
  return ["--size", `${bytes}`, "--tmpfs", path];
}
