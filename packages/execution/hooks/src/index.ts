// Hooks: six hosts' dialects of "may this run?", the log of answers, and putting the guard into a host's configuration.
export { readAll as readAllAllowRules, readAllowRules } from "./allow-file.ts";
export { answerCall, type HookPorts } from "./answer-call.ts";
export { GENESIS, type AuditEntry, type AuditRecord, type LogVerdict, readAuditLine } from "./audit-line.ts";
export { appendAudit, auditLines, logPath, verifyLog } from "./audit-log.ts";
export { callSetting, cesBeside, type HookEnvironment, type Installation } from "./call-setting.ts";
export { canaryEvent, HARMLESS_COMMAND, meaningOfAnswer, REFUSED_COMMAND } from "./canary.ts";
export { findWorkspaces } from "./find-workspace.ts";
export { type GuardConfig, readGuardConfig, type ReadConfig } from "./guard-config.ts";
export { type GuardParts, type HookProcess, runGuardHook } from "./guard-hook.ts";
export { type GuardPlaces, guardPlaces, ownState } from "./guard-places.ts";
export {
  type FileTouch,
  type Host,
  type HookAnswer,
  type HookCall,
  type HostName,
  hostNames,
  type JudgedCall,
  type Verdict,
} from "./hook-call.ts";
export { hostOf } from "./hosts.ts";
export { applyInstall, applyUninstall, remembered } from "./install/apply-install.ts";
export { codexTrust, type HookTrust } from "./install/codex-trust.ts";
export { hookCommand, type HookPrograms, MARK, startWords } from "./install/hook-command.ts";
export { BUILD_FLAGS, snapshotScript } from "./install/hook-snapshot.ts";
export { type HostPlaces, type InstallRequest, type Scope, scopes } from "./install/install-plan.ts";
export { type DiffLine, lineDiff } from "./install/line-diff.ts";
export { type FileChange, hostInstall, type InstallPlan, planInstall, planUninstall } from "./install/plan-install.ts";
export { readSettings } from "./install/settings-file.ts";
export { tomlValue } from "./install/toml-lines.ts";
export { nodeFileFacts } from "./node-file-facts.ts";
export { writeAllowRules } from "./write-allow-file.ts";
export type { Rescued } from "./settle-verdict.ts";
