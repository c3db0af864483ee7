// A project as commands work on it: its repository, its state in the trust domain, its store, its keys. Opened once for a command.
import { userInfo } from "node:os";
import { join } from "node:path";
import { openBlobs } from "@ces/blobs";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import {
  hasProjectState,
  type KnownPrograms,
  openKnownPrograms,
  ownedDirectory,
  projectState,
  readUserConfig,
  stateDirectory,
  type UserConfig,
} from "@ces/files";
import { openRepositories } from "@ces/git";
import { CesError } from "@ces/kernel";
import { openIdentities, openKeys, type Identities, type ProjectKeys } from "@ces/keys";
import { ledgerSealer, verifyLedger, type LedgerVerdict } from "@ces/ledger";
import type { Blobs, GitCheckout, Leases, Repositories, RepositoryFound, Store } from "@ces/ports";
import { ROOT_BOX_BASE } from "@ces/sandbox";
import { openAudit, openLeases, openStore } from "@ces/store";
import { configDir, homeOf, type Place } from "./account-folders.ts";
import { requireTool } from "./find-tools.ts";
import { nodeClock } from "./node-clock.ts";
import { firstCommit } from "./first-commit.ts";
import { recordFiles, usedBefore } from "./used-before.ts";

export interface Project {
  readonly repositories: Repositories;
  readonly repository: RepositoryFound;
  readonly git: GitCheckout;
  readonly git_binary: string;
  readonly project_id: string;
  /** This project's folder in the trust domain. */
  readonly state_dir: string;
  readonly boxes_dir: string;
  /** True when the state was made by this call. */
  readonly is_new: boolean;
  readonly home: string;
  readonly config: UserConfig;
  readonly store: Store;
  readonly leases: Leases;
  readonly blobs: Blobs;
  readonly keys: ProjectKeys;
  readonly identities: Identities;
  readonly known: KnownPrograms;
  readonly user: string;
  verifyLedger(): LedgerVerdict;
  close(): void;
}

export { configDir, homeOf, type Place };

/** git, resolved outside the project. Throws TOOLCHAIN_MISSING (exit 5). */
export function gitBinary(place: Place, config: UserConfig): string {
  const override = config.binaries?.git;
  const search = {
    path: place.env["PATH"] ?? "",
    // Everything lies below `/`, which is nobody's project.
    forbiddenRoots: place.cwd === "/" ? [] : [place.cwd],
    ...(override === undefined ? {} : { override }),
  };
  return requireTool("git", search, { code: "TOOLCHAIN_MISSING", remedy: "apt-get install git" });
}

/**
 * Opens the project of a folder. Throws NO_PROJECT (there is no repository with a commit, or no state and `create` is
 * not asked for), STATE_TRACKED, STATE_UNSAFE, STORE_*, LEDGER_*, KEY_*.
 */
export async function openProject(place: Place, options: { readonly create?: boolean } = {}): Promise<Project> {
  const home = homeOf(place);
  const config = readUserConfig(join(configDir(place), "config.yaml"));
  const git_binary = gitBinary(place, config);
  const repositories = openRepositories({ gitBinary: git_binary, home });
  const repository = await repositories.find(place.cwd);
  if (repository.kind === "none")
    throw new CesError("NO_PROJECT", `\`${place.cwd}\` is not in a git repository`, { remedy: "ces init" });
  const git = await repositories.open(repository.git_dir);
  const { commit } = await git.head();
  if (commit === null) throw new CesError("NO_PROJECT", "the repository has no commit yet", { remedy: "ces init" });
  const base = stateDirectory({ xdg_state_home: place.env["XDG_STATE_HOME"], home, project_root: repository.root });
  const first_commit = await firstCommit(git, commit, base);
  const facts = { state_directory: base, project_root: repository.root, first_commit };
  const unused = new CesError("NO_PROJECT", "CES has not been used in this project yet", {
    remedy: 'ces build "what you want to change"',
  });
  // Looking leaves no trace in a folder that CES was never used in.
  if (options.create !== true && !hasProjectState(facts)) throw unused;
  const state = projectState(facts, randomBytes);
  // SECURITY: asked in any case: a record that somebody removed is not made anew.
  const used = usedBefore(state.directory);
  if (!used && options.create !== true) throw unused;
  return {
    repositories,
    repository,
    git,
    git_binary,
    home,
    config,
    is_new: state.kind === "new",
    ...openState(place, base, state),
  };
}

type StatePart = Omit<Project, "repositories" | "repository" | "git" | "git_binary" | "home" | "config" | "is_new">;

function openState(
  place: Place,
  base: string,
  state: { readonly project_id: string; readonly directory: string },
): StatePart {
  const { project_id, directory } = state;
  const hmac_secret = place.secrets.get("CES_AUDIT_HMAC_SECRET");
  const keys = openKeys(directory, hmac_secret === undefined ? {} : { hmac_secret });
  const parts = {
    crypto: nodeCrypto,
    random: randomBytes,
    project_id,
    keys: keys.ledger,
    signer: keys.signer,
    ring: keys.ring,
  };
  const files = recordFiles(directory);
  const store = openStore({ ...files, sealer: ledgerSealer(parts), clock: nodeClock, random: randomBytes });
  const asRoot = process.geteuid?.() === 0;
  const leases = openLeases(store, {
    lock_directory: ownedDirectory(join(directory, "locks")),
    box_lock_directory: ownedDirectory(join(directory, "box-locks")),
    clock: nodeClock,
    pid: process.pid,
  });
  return {
    project_id,
    state_dir: directory,
    boxes_dir: asRoot ? ROOT_BOX_BASE : join(directory, "boxes"),
    store,
    leases,
    blobs: openBlobs(join(directory, "blobs")),
    keys,
    identities: openIdentities(join(base, "identities")),
    known: openKnownPrograms(directory),
    user: userName(),
    verifyLedger: () => {
      const audit = openAudit(files);
      try {
        return verifyLedger(parts, audit);
      } finally {
        audit.close();
      }
    },
    close: () => store.close(),
  };
}

/** A label only. A container may run a user that no table of users names. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.geteuid?.() ?? "unknown"}`;
  }
}
