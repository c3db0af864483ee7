// The walls every process that CES starts runs in. Read README.md first, then plan.ts and start-box.ts.
export { startBox } from "./start-box.ts";
export type { Box, BoxEnd } from "./start-box.ts";
export { DEFAULT_LIMITS, INSIDE } from "./plan.ts";
export type {
  BoxLimits,
  BoxPlan,
  DependencyMount,
  Forward,
  HomePlan,
  Mask,
  ReadOnlyMount,
  SystemView,
  TreePlan,
  WritablePath,
} from "./plan.ts";
export { planArgs, planCommand } from "./plan-args.ts";
export { readSystem } from "./read-system.ts";
export { boxUser } from "./box-user.ts";
export type { BoxUser } from "./box-user.ts";
export { prepareBoxRoot, ROOT_BOX_BASE } from "./box-root.ts";
export type { BoxRoot } from "./box-root.ts";
export { checkDependency } from "./bind-source.ts";
export type { BoundLimit } from "./bound-limits.ts";
export type { StopReason } from "./watch-box.ts";
export { bootId, isAlive, processHandle } from "./process-facts.ts";
export type { ProcessHandle } from "./process-facts.ts";
export { closeInheritedDescriptors } from "./close-descriptors.ts";
export { killRecordedBox } from "./kill-recorded-box.ts";
export type { RecordedEnd } from "./kill-recorded-box.ts";
export { probeWalls } from "./probe-walls.ts";
export type { WallsProbe, WallsVerdict } from "./probe-walls.ts";
export { resolveTool } from "./resolve-tool.ts";
export type { ResolvedTool, SkippedTool, ToolResolution, ToolSearch } from "./resolve-tool.ts";
export { handOver } from "./hand-over.ts";
export { boxProcesses, sweepBox } from "./box-strays.ts";
