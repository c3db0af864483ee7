// The box of a package manager: the person's cache read-only, no network, a HOME in memory, no script of any package.
import { CesError } from "@ces/kernel";
import type { DeliverySnapshot, DependencyWish, Manifest } from "@ces/records";
import { DEFAULT_LIMITS, INSIDE, type TreePlan } from "@ces/sandbox";
import type { PreparedBox } from "../box/open-box.ts";
import { keptCommand, type KeptCommand } from "../box/run-command.ts";
import { toolMounts } from "../box/tool-mounts.ts";
import type { EngineContext } from "../context.ts";
import { CACHE_INSIDE, type InstallCommand, type Installer, type PackageCache } from "../installers/installer.ts";
import { installerOf } from "../installers/table.ts";

/** What one run of a package manager needs. */
export interface InstallRun {
  readonly manifest: Manifest;
  readonly prepared: PreparedBox;
  readonly tree: TreePlan;
  readonly wish: DependencyWish;
  readonly command: (installer: Installer, cache: PackageCache) => InstallCommand;
}

/** Runs it to its end; the folder of the box stays until `dispose`. Throws DEPS_NO_CACHE, TOOLCHAIN_MISSING before anything has run. */
export async function runInstaller(
  ctx: EngineContext,
  snapshot: DeliverySnapshot,
  run: InstallRun,
): Promise<KeptCommand> {
  const installer = installerOf(run.wish.manager);
  const cache = ctx.packageCache(installer);
  const { args, env, files } = run.command(installer, cache);
  const toolchain = toolMounts(run.manifest.toolchain);
  const inside = installer.shown === "" ? CACHE_INSIDE : `${CACHE_INSIDE}/${installer.shown}`;
  return keptCommand(ctx, snapshot, run.prepared, {
    manifest: run.manifest,
    tools: [...toolchain.mounts, { source: cache.source, inside }],
    command: ["/bin/sh", "-c", startOf(installer), "install", programOf(run.manifest, installer), ...args],
    cwd: INSIDE.workspace,
    env: { PATH: toolchain.path, ...env },
    tree: run.tree,
    home: { kind: "tmpfs", bytes: 1 << 30 },
    files,
    masks: [],
    gates: [],
    limits: {
      ...DEFAULT_LIMITS,
      wall_ms: run.manifest.budgets.wall_seconds * 1000,
      disk_bytes: INSTALLED_BYTES,
      disk_inodes: INSTALLED_FILES,
    },
  });
}

// Another box, as another user, reads what is installed here: the umask of whoever started CES must not forbid it.
const startOf = ({ setup }: Installer): string => `umask 022; ${setup === "" ? "" : `${setup} && `}exec "$@"`;

// A tree of packages is larger than what an agent writes.
const [INSTALLED_BYTES, INSTALLED_FILES] = [4 * 1024 ** 3, 500_000] as const;

/** SECURITY: S24 — the sealed file itself, not whatever PATH finds. */
export function programOf({ toolchain }: Pick<Manifest, "toolchain">, { program }: Installer): string {
  const tool = toolchain.find((one) => one.program === program);
  if (tool === undefined)
    throw new CesError("TOOLCHAIN_MISSING", `\`${program}\` is not in the toolchain of this contract`, {
      remedy: `install ${program}`,
    });
  return tool.path;
}
