// The walls every process that CES starts runs in. Read README.md first, then plan.ts and start-box.ts.
export { startBox, type Box, type BoxEnd } from "./start-box.ts";
export type { BoxEnds } from "./launch-box.ts";
export { DEFAULT_LIMITS, INSIDE } from "./plan.ts";
export type {
  BoxLimits,
  BoxNetwork,
  BoxPlan,
  DependencyMount,
  Forward,
  HomePlan,
  Mask,
  Place,
  ReadOnlyMount,
  SealedFile,
  SystemView,
  TreePlan,
  WritablePath,
} from "./plan.ts";
export { planArgs, planCommand } from "./plan-args.ts";
export { readSystem } from "./read-system.ts";
export { boxUser, type BoxUser } from "./box-user.ts";
export { prepareBoxRoot, ROOT_BOX_BASE, type BoxRoot } from "./box-root.ts";
export { checkDependency } from "./bind-source.ts";
export type { BoundLimit } from "./bound-limits.ts";
export type { StopReason } from "./watch-box.ts";
export { bootId, isAlive, processHandle, processTree, type ProcessHandle } from "./process-facts.ts";
export { closeInheritedDescriptors } from "./close-descriptors.ts";
export { killRecordedBox, type RecordedEnd } from "./kill-recorded-box.ts";
export { askProgram, type ProgramAnswer, type ProgramQuestion } from "./ask-program.ts";
export { probeWalls, type WallsProbe, type WallsVerdict } from "./probe-walls.ts";
export { resolveTool } from "./resolve-tool.ts";
export type { ResolvedTool, SkippedTool, ToolResolution, ToolSearch } from "./resolve-tool.ts";
export { handOver } from "./hand-over.ts";
export { boxProcesses, sweepBox } from "./box-strays.ts";
export { startNetRoom, type NetRoom, type NetRoomPlan } from "./net-room.ts";
export { openResourceGroup, type ResourceGroup } from "./resource-group.ts";
