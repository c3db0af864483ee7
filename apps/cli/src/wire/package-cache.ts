// Where a package manager keeps what it fetched, on this machine. Only the person's own settings are believed: variables and `~/.npmrc`.
// SECURITY: S07 — from these only the addresses of registries are taken, without credentials; cache entries are found by them.
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Installer, PackageCache } from "@ces/engine";
import { CesError } from "@ces/kernel";
import type { PackageManager } from "@ces/records";
import type { Environment } from "../secrets.ts";

/** Variables that move a cache, first that is set counts, and where it is without them, below HOME. */
const places: Readonly<Record<PackageManager, { readonly variables: readonly string[]; readonly usual: string }>> = {
  npm: { variables: ["npm_config_cache", "NPM_CONFIG_CACHE"], usual: ".npm" },
  pnpm: { variables: ["npm_config_store_dir", "NPM_CONFIG_STORE_DIR"], usual: ".local/share/pnpm/store" },
  yarn: { variables: ["YARN_GLOBAL_FOLDER"], usual: ".yarn/berry" },
  uv: { variables: ["UV_CACHE_DIR"], usual: ".cache/uv" },
  cargo: { variables: ["CARGO_HOME"], usual: ".cargo" },
  go: { variables: ["GOMODCACHE"], usual: "go/pkg/mod" },
};

/** The cache of this manager. Throws DEPS_NO_CACHE when there is no such folder. */
export function packageCache(installer: Installer, env: Environment, home: string): PackageCache {
  const place = places[installer.manager];
  const named = place.variables.map((name) => env[name]).find((value) => value?.startsWith("/") === true);
  const folder = join(named ?? join(home, place.usual), installer.shown);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new CesError("DEPS_NO_CACHE", `${installer.program} has no cache at \`${folder}\``, {
      remedy: installer.fill("<package>@<version>"),
    });
  const npm = installer.ecosystem === "npm";
  const variable = npm ? address(env["npm_config_registry"] ?? env["NPM_CONFIG_REGISTRY"] ?? "") : undefined;
  return {
    // A cache may stand behind a link of the person's; walls are given what it leads to.
    source: realpathSync(folder),
    registries: npm ? ownRegistries(join(home, ".npmrc")) : [],
    registry: variable ?? null,
  };
}

const MAX_SETTINGS = 64 * 1024;

/** `registry=` and `@scope:registry=` of a settings file; everything else in it, tokens above all, is left where it is. */
function ownRegistries(path: string): readonly string[] {
  return textOf(path)
    .split("\n")
    .flatMap((line) => {
      const [, key, value] = /^\s*(registry|@[a-z0-9][\w.~-]*:registry)\s*=\s*["']?([^\s"']+)/.exec(line) ?? [];
      const found = address(value ?? "");
      return key === undefined || found === undefined ? [] : [`${key}=${found}`];
    });
}

function textOf(path: string): string {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return "";
  }
  try {
    const stats = fstatSync(fd);
    const ours = stats.isFile() && stats.uid === process.geteuid?.() && stats.size <= MAX_SETTINGS;
    return ours ? readFileSync(fd, "utf8") : "";
  } finally {
    closeSync(fd);
  }
}

/** An address over http without user, password, query and fragment; undefined for anything else. */
function address(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, pathname } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? `${origin}${pathname}` : undefined;
}
