// What CES knows of one package manager: which two files it writes, how it is run in walls, and what its words mean.
// INVARIANT: every command is offline, runs no script of a package, asks nobody, and writes below the tree and HOME only.
import type { Ecosystem } from "@ces/guard";
import type { DependencyWish, PackageManager, WishedPackage } from "@ces/records";

/** Where the cache of the person stands inside the walls, read-only. */
export const CACHE_INSIDE = "/opt/ces/packages";

/** A command inside the walls; the program itself comes first from the sealed toolchain. */
export interface InstallCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Settings of the person's account as the manager is to find them: absolute path inside, content. */
  readonly files: Readonly<Record<string, string>>;
}

/** The cache of one manager on this machine, as the wiring found it. */
export interface PackageCache {
  /** Absolute host folder that is shown at `CACHE_INSIDE`, or below it at the installer's `shown`. */
  readonly source: string;
  /** Lines that name the registries of the person's own settings, without credentials: cache entries are kept by address. */
  readonly registries: readonly string[];
  /** The registry that a variable of the person's names, which stands above the project's own settings. */
  readonly registry: string | null;
}

/** A package manager as data. */
export interface Installer {
  readonly manager: PackageManager;
  readonly ecosystem: Ecosystem;
  readonly program: string;
  /** What the project asks for, and what pins it. The first lockfile that the base has counts, else the last. */
  readonly manifest: string;
  readonly locks: readonly string[];
  /** Between name and version in a word of the command line. */
  readonly separator: "@" | "==";
  /** A version that names one release and nothing else. */
  readonly exact: RegExp;
  /** Below `CACHE_INSIDE`, where the cache is mounted; empty for the place itself. */
  readonly shown: string;
  /** Shell text of ours that runs before the manager in the box, for caches that cannot be read without being written; empty for none. */
  readonly setup: string;
  /** Writes manifest and lockfile. */
  readonly resolve: (wish: DependencyWish, cache: PackageCache) => InstallCommand;
  /** Installs what the lockfile pins into `folder`, for the checks; null: checks of this ecosystem have no folder of packages. */
  readonly install: { readonly folder: string; readonly command: (cache: PackageCache) => InstallCommand } | null;
  /** The package that the cache lacks, by what the manager said; null when something else is wrong. */
  readonly missing: (output: string) => string | null;
  /** What a person types in their own checkout after the merge, scripts off. */
  readonly adopt: string;
  /** What a person types to fetch a package into their own cache, with scripts off. */
  readonly fill: (spec: string) => string;
}

/** Where npm and pnpm find the settings of the person, below those of the project. */
const OWN_SETTINGS = "/opt/ces/npmrc";

/** What npm and pnpm take from a person: which registries, nothing else. */
export const ownRegistries = ({ registries, registry }: PackageCache): Pick<InstallCommand, "env" | "files"> => ({
  env: {
    CI: "1",
    NO_COLOR: "1",
    npm_config_userconfig: OWN_SETTINGS,
    ...(registry === null ? {} : { npm_config_registry: registry }),
  },
  files: { [OWN_SETTINGS]: registries.map((line) => `${line}\n`).join("") },
});

/** `left-pad@1.3.0`, as this manager writes it. */
export const specOf = ({ separator }: Pick<Installer, "separator">, { name, version }: WishedPackage): string =>
  version === null ? name : `${name}${separator}${version}`;

/** The words that name the packages. */
export const specsOf = (installer: Pick<Installer, "separator">, { packages }: DependencyWish): readonly string[] =>
  packages.map((one) => specOf(installer, one));

/** A release of three numbers, as npm, cargo and go demand. */
export const THREE_NUMBERS = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
