// The supply chain half of the guard as others use it: advisories, requirements, lockfiles, and the judgement of an install.
export {
  ecosystems,
  type Advisories,
  type Advisory,
  type AdvisoryRecord,
  type AffectedInterval,
  type Ecosystem,
} from "./supply/advisories.ts";
export { advisoryList, readOsvLines } from "./supply/advisory-list.ts";
export { affectsVersion, findIn } from "./supply/affected.ts";
export { lookalike, type Lookalike } from "./supply/names/lookalike.ts";
export { readOsv, type OsvReading } from "./supply/osv.ts";
export { packageKey } from "./supply/package-key.ts";
export { readSpec } from "./supply/specs/read-spec.ts";
export type { PackageSource, Requirement, Wanted } from "./supply/specs/requirement.ts";
export { compareVersions } from "./supply/versions/compare.ts";
