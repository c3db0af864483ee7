// Root's own folders (0700) cannot be reached by the unprivileged user a box runs as (S02). Root therefore binds such sources
// below the box root first, in a mount name space that only this box has and that ends with it.
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { CesError } from "@ces/kernel";
import type { BoxUser } from "./box-user.ts";
import type { BoxPlan, ReadOnlyMount } from "./plan.ts";

/** A plan whose sources the box user can reach, and the binds root makes for that: `[from, to]`. */
export type Hoisted = { readonly plan: BoxPlan; readonly moves: readonly (readonly [string, string])[] };

const TOOLS = { unshare: "/usr/bin/unshare", mount: "/usr/bin/mount", setpriv: "/usr/bin/setpriv" } as const;

/** Moves every unreachable source below `<root>/mounts`. Makes the mount points there. Nothing moves for an ordinary user. */
export function hoist(plan: BoxPlan): Hoisted {
  if (process.geteuid?.() !== 0) return { plan, moves: [] };
  const moves: (readonly [string, string])[] = [];
  const place = (source: string): string => {
    if (canReach(source, plan.user)) return source;
    const to = join(plan.root, "mounts", `${moves.length}${extname(source)}`); // node tells types from scripts by the ending
    makePlace(source, to);
    moves.push([source, to]);
    return to;
  };
  return { plan: movePlan(plan, place), moves };
}

/** The command that makes the binds, drops to the user for good and runs `argv`; the process id stays the same. */
export function hoistCommand(moves: Hoisted["moves"], user: BoxUser, argv: readonly string[]): readonly string[] {
  for (const tool of Object.values(TOOLS)) requireTool(tool);
  const script = `set -e; while [ "$1" != -- ]; do ${TOOLS.mount} --bind "$1" "$2"; shift 2; done; shift; exec "$@"`;
  const drop = [TOOLS.setpriv, "--reuid", `${user.uid}`, "--regid", `${user.gid}`, "--clear-groups", "--"];
  return [
    TOOLS.unshare,
    "--mount",
    "--propagation",
    "private",
    "--",
    "/bin/sh",
    "-c",
    script,
    "sh",
    ...moves.flat(),
    "--",
    ...drop,
    ...argv,
  ];
}

/** True if a user without privileges can walk to a path and read it (mode bits only; access lists are not believed). */
export function canReach(path: string, user: BoxUser): boolean {
  const need = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? 0o5 : 0o4;
  if (!allows(path, user, need)) return false;
  for (let at = dirname(path); ; at = dirname(at)) {
    if (!allows(at, user, 0o1)) return false;
    if (at === "/") return true;
  }
}

function allows(path: string, user: BoxUser, need: number): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  const shift = stat.uid === user.uid ? 6 : stat.gid === user.gid ? 3 : 0;
  return ((stat.mode >> shift) & need) === need;
}

function makePlace(source: string, to: string): void {
  if (statSync(source).isDirectory()) mkdirSync(to);
  else closeSync(openSync(to, "wx", 0o644));
  chmodSync(to, 0o755);
}

function movePlan(plan: BoxPlan, place: (source: string) => string): BoxPlan {
  const moved = (mounts: readonly ReadOnlyMount[]): readonly ReadOnlyMount[] =>
    mounts.map((m) => ({ ...m, source: place(m.source) }));
  const { tree, bridge, home } = plan;
  return {
    ...plan,
    tools: moved(plan.tools),
    gates: moved(plan.gates),
    lock: place(plan.lock),
    ...(plan.places === undefined ? {} : { places: plan.places.map((p) => ({ ...p, source: place(p.source) })) }),
    home: home.kind === "dir" ? { ...home, path: place(home.path) } : home,
    ...(bridge === undefined ? {} : { bridge: { ...bridge, node: place(bridge.node), script: place(bridge.script) } }),
    ...(tree === undefined
      ? {}
      : {
          tree: {
            ...tree,
            source: place(tree.source),
            dependencies: tree.dependencies.map((d) => ({ ...d, source: place(d.source) })),
            ...(tree.git === undefined ? {} : { git: place(tree.git) }),
          },
        }),
  };
}

function requireTool(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.uid !== 0 || (stat.mode & 0o022) !== 0) {
    throw new CesError("BOX_HOIST_TOOL", `\`${path}\` is needed to start a box as root`, {
      remedy: "apt-get install util-linux mount, or run ces as an ordinary user",
    });
  }
}
