// Every package manager that CES runs in walls, and why the others are refused.
import type { PackageManager } from "@ces/records";
import { cargo } from "./cargo.ts";
import { go } from "./go.ts";
import type { Installer } from "./installer.ts";
import { npm } from "./npm.ts";
import { pnpm } from "./pnpm.ts";
import { uv } from "./uv.ts";
import { yarn } from "./yarn.ts";

const installers: Readonly<Record<PackageManager, Installer>> = { npm, pnpm, yarn, uv, cargo, go };

/** The installer of that name. */
export const installerOf = (manager: PackageManager): Installer => installers[manager];

/** Managers that are known and not run, each with its reason. */
export const refusedManagers: Readonly<Record<string, string>> = {
  pip: "it pins nothing by itself, and its source distributions run code when they are built",
  poetry: "it cannot resolve without a network",
  gem: "bundler builds native code of gems while it installs",
  bundler: "it builds native code of gems while it installs",
  composer: "its plugins run while it resolves",
  bun: "it cannot be kept to its cache alone",
};

/** The manager whose lockfile is among these paths, else the one whose manifest is; undefined when there is none of either. */
export function managerOf(paths: ReadonlySet<string>): PackageManager | undefined {
  const all = Object.values(installers);
  const locked = all.find(({ locks }) => locks.some((lock) => paths.has(lock)));
  return (locked ?? all.find(({ manifest }) => paths.has(manifest)))?.manager;
}

/** The lockfile that a manager writes in a tree with these paths. */
export const lockOf = ({ locks }: Installer, paths: ReadonlySet<string>): string =>
  locks.find((lock) => paths.has(lock)) ?? locks[0] ?? "";
