// Git behind the ports: plumbing only, own writers, own discovery.
export { BOX_BRANCH, exportBase } from "./export-base.ts";
export { findRepository, type FindLimits, type RepositorySearch } from "./find-repository.ts";
export { initRepository } from "./init-repository.ts";
export { openGit, type OpenGit } from "./open-git.ts";
export { openRepositories, type RepositoriesOptions } from "./open-repositories.ts";
export { isDotGit } from "./tree-names.ts";
