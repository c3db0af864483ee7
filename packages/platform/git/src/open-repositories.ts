// The Repositories port for one git binary.
import type { Repositories, RepositoryFound } from "@ces/ports";
import { CesError } from "@ces/kernel";
import { exportBase } from "./export-base.ts";
import { findRepository, type FindLimits } from "./find-repository.ts";
import { initRepository } from "./init-repository.ts";
import { openGit } from "./open-git.ts";

/** An absolute git binary, resolved outside every project (S24), and where discovery ends. */
export type RepositoriesOptions = FindLimits & { readonly gitBinary: string };

/** Opening, finding and making repositories with this binary. */
export function openRepositories({ gitBinary, home }: RepositoriesOptions): Repositories {
  return {
    open: (gitDir) => openGit({ gitBinary, gitDir }),
    find: async (startDir) => findRepository(startDir, { home }),
    init: async (dir) => foundAfterInit(dir, home),
    exportBase: (request) => exportBase(gitBinary, request),
  };
}

function foundAfterInit(dir: string, home: string): RepositoryFound {
  initRepository(dir);
  const found = findRepository(dir, { home });
  if (found.kind === "found") return found;
  throw new CesError("GIT_UNUSABLE", `the new repository in \`${dir}\` is not found again`);
}
