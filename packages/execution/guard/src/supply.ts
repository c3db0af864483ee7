// The supply chain half of the guard as others use it: advisories, requirements, lockfiles, and the judgement of an install.
export { advisoryList, readOsvLines } from "./supply/advisory-list.ts";
export {
  ecosystems,
  type Advisories,
  type Advisory,
  type AdvisoryRecord,
  type AffectedInterval,
  type Ecosystem,
} from "./supply/advisories.ts";
export { affectsVersion, findIn } from "./supply/affected.ts";
export {
  checkPackages,
  checkPinned,
  dataFaults,
  type CheckedPackage,
  type PackageFinding,
} from "./supply/check-packages.ts";
export type { Grant, InstallGround, InstallRequest, VersionFacts } from "./supply/install/install-request.ts";
export { judgeInstall } from "./supply/install/judge-install.ts";
export {
  judgeDependencyChange,
  type DependencyChange,
  type DependencyJudgement,
} from "./supply/judge-dependency-change.ts";
export type { LockEntry, LockReading } from "./supply/locks/lock-entry.ts";
export { isTampering, lockfileDrift, type LockChange } from "./supply/locks/lockfile-drift.ts";
export { readLockfile } from "./supply/locks/read-lockfile.ts";
export { manifestRequirements } from "./supply/manifest-requirements.ts";
export { lookalike, type Lookalike } from "./supply/names/lookalike.ts";
export { readOsv, type OsvReading } from "./supply/osv.ts";
export { packageKey } from "./supply/package-key.ts";
export { readSpec } from "./supply/specs/read-spec.ts";
export type { PackageSource, Requirement, Wanted } from "./supply/specs/requirement.ts";
