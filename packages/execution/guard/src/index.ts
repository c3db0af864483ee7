// The command guard: what a shell command would do, and whether it may.
export type { AllowRule } from "./allow-rule.ts";
export type { Effect, Edit, Part, Rescue, Span } from "./effect.ts";
export type { EffectClass, EffectKind } from "./effect-kinds.ts";
export { noFacts, type FileFact, type FileFacts } from "./file-facts.ts";
export { judgeCommand, rescuesOfOriginal, type JudgeOptions } from "./judge-command.ts";
export type { Decision, Ground, Judgement, Rewrite } from "./judgement.ts";
export { believe } from "./evaluate/believe-profile.ts";
export { allProfiles } from "./evaluate/profile-book.ts";
export type { Mode, Setting } from "./setting.ts";
export type { Place, Zone } from "./paths/place.ts";
export { placeOf } from "./paths/resolve-places.ts";
export type { Advisories, Advisory, Ecosystem } from "./supply/advisories.ts";
export type { Grant, InstallGround } from "./supply/install/install-request.ts";
export { advisoryList, readOsvLines } from "./supply/advisory-list.ts";
export {
  type CheckedPackage,
  checkPackages,
  checkPinned,
  dataFaults,
  type DependencyJudgement,
  ecosystems,
  isTampering,
  judgeDependencyChange,
  type LockChange,
  type LockEntry,
  lockfileDrift,
  manifestRequirements,
  type PackageFinding,
  readLockfile,
  readSpec,
  type Requirement,
} from "./supply.ts";
