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

/** The managers whose lockfiles are among these paths; without any, those whose manifest is. One that is certain is the only one. */
export function managersOf(paths: ReadonlySet<string>): readonly PackageManager[] {
  const all = Object.values(installers);
  const locked = all.filter(({ locks }) => locks.some((lock) => paths.has(lock)));
  if (locked.length > 0) return locked.map(({ manager }) => manager);
  // npm is what a plain package.json means.
  const asked = all.filter(({ manifest }) => paths.has(manifest));
  return asked.filter(({ manager }) => manager !== "pnpm" && manager !== "yarn").map(({ manager }) => manager);
}

/** The lockfile that a manager writes in a tree with these paths. */
export const lockOf = ({ locks }: Installer, paths: ReadonlySet<string>): string =>
  locks.find((lock) => paths.has(lock)) ?? locks.at(-1) ?? "";
