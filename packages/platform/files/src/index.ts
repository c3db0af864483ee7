// Files of the trust domain, and the user's own configuration.
export { openKnownPrograms, type KnownPrograms } from "./known-programs.ts";
export { dropTemporaries } from "./left-behind.ts";
export { ownedDirectory } from "./owned-directory.ts";
export { atomicWrite, createOnce, readOwned, syncDirectory } from "./owned-file.ts";
export { withOwnerLock } from "./owner-lock.ts";
export { checkComponents, ownUid } from "./owned-path.ts";
export { hasProjectState, projectState, type ProjectFacts, type ProjectState } from "./project-state.ts";
export { openRecordFolder, type RecordFolder } from "./record-folder.ts";
export { rememberFacts, type Change } from "./remembered.ts";
export { repositoryAbove } from "./repository-above.ts";
export { isInside, stateDirectory, type StatePlace } from "./state-directory.ts";
export { readUserConfig } from "./user-config.ts";
export type { UserConfig } from "./user-config.schema.ts";
