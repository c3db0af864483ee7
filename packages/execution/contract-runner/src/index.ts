// Running command contracts: from a decision to a receipt. Read README.md first, then run-contract.ts and hardened-runner.ts.
export { captureStreams, type Capture, type Captured } from "./capture-stream.ts";
export { consumeApproval, readConsumption, type ConsumeAnswer, type Consumption } from "./consume-approval.ts";
export { findLauncher, type LauncherTool } from "./find-launcher.ts";
export type { Environment } from "./inherited-env.ts";
export { previewContract, type CommandPreview } from "./preview-contract.ts";
export { receiptChain, type ReceiptChain } from "./receipt-chain.ts";
export { reserveReceipt, type ReservedReceipt } from "./receipt-file.ts";
export { resolveProgram, type Program, type ProgramAnswer, type ProgramSearch } from "./resolve-program.ts";
export { runContract, spentText } from "./run-contract.ts";
export type { CommandOutput, ContractOrder, ContractRun, ReceiptSigner } from "./run-contract.ts";
export { runLocal, type LocalRun } from "./run-local-vector.ts";
export { defaultRunnerConfig } from "./default-config.ts";
export { RunnerConfig } from "./runner-config.schema.ts";
export type { RunnerLimits } from "./runner-config.schema.ts";
export type { EgressPorts, RunnerFolders, RunnerPorts } from "./runner-ports.ts";
