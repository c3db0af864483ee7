// The ledger of a project as it lies on disk. Verification must not open the store: a store that finds its ledger broken
// refuses to open, and then nobody would learn which entry it is.
import { join } from "node:path";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { hasProjectState, projectState, readUserConfig, stateDirectory } from "@ces/files";
import { openRepositories } from "@ces/git";
import { CesError } from "@ces/kernel";
import { openKeys } from "@ces/keys";
import { verifyLedger, type LedgerVerdict } from "@ces/ledger";
import { openAudit } from "@ces/store";
import { firstCommit } from "../wire/first-commit.ts";
import { configDir, gitBinary, homeOf, type Place } from "../wire/open-project.ts";
import { recordFiles, usedBefore } from "../wire/used-before.ts";

/** The verdict over a whole ledger, and whose it is. */
export type Audited = { readonly project_id: string; readonly verdict: LedgerVerdict };

/** Verifies the ledger of the project at `place.cwd`. Throws NO_PROJECT, STATE_UNSAFE, LEDGER_BEHIND_HEAD, STORE_*, KEY_*. */
export async function auditLedger(place: Place): Promise<Audited> {
  const { project_id, directory } = await stateOf(place);
  if (!usedBefore(directory)) throw noProject("CES has not been used in this project yet");
  const files = recordFiles(directory);
  const keys = openKeys(directory, { hmac_secret: place.secrets.get("CES_AUDIT_HMAC_SECRET") });
  const audit = openAudit(files);
  try {
    return {
      project_id,
      verdict: verifyLedger({ crypto: nodeCrypto, project_id, keys: keys.ledger, ring: keys.ring }, audit),
    };
  } finally {
    audit.close();
  }
}

async function stateOf(place: Place): Promise<{ readonly project_id: string; readonly directory: string }> {
  const home = homeOf(place);
  const config = readUserConfig(join(configDir(place), "config.yaml"));
  const repositories = openRepositories({ gitBinary: gitBinary(place, config), home });
  const repository = await repositories.find(place.cwd);
  if (repository.kind === "none") throw noProject(`\`${place.cwd}\` is not in a git repository`);
  const git = await repositories.open(repository.git_dir);
  const { commit } = await git.head();
  if (commit === null) throw noProject("the repository has no commit yet");
  const base = stateDirectory({ xdg_state_home: place.env["XDG_STATE_HOME"], home, project_root: repository.root });
  const first_commit = await firstCommit(git, commit, base);
  const facts = { state_directory: base, project_root: repository.root, first_commit };
  if (!hasProjectState(facts)) throw noProject("CES has not been used in this project yet");
  return projectState(facts, randomBytes);
}

function noProject(message: string): CesError {
  return new CesError("NO_PROJECT", message, { remedy: 'ces build "what you want to change"' });
}
