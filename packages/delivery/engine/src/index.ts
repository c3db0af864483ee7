// The engine: one delivery from request to merge, over ports and planes. Read thread.ts first, then driver.ts.
export { BuildOptions } from "./build-options.schema.ts";
export type { UpstreamChoice } from "./box/gateway-session.ts";
export type {
  ConsentAnswer,
  ConsentRequest,
  EngineContext,
  HostTools,
  Places,
  RuntimeChoice,
  RuntimeOnHost,
} from "./context.ts";
export { deliveryReport, type DeliveryReport } from "./delivery-report.ts";
export { drive, type DriveEnd } from "./driver.ts";
export { checksFromFlags } from "./flag-checks.ts";
export { activeHalts, haltInForce } from "./halts.ts";
export { rejectApproved } from "./hops/decide.ts";
export { judgeWish, type WishJudgement } from "./deps/judge-wish.ts";
export { type Installer, type PackageCache, specOf } from "./installers/installer.ts";
export { installerOf, lockOf, managersOf, refusedManagers } from "./installers/table.ts";
export { entry } from "./journal.ts";
export type { Canary } from "./proof/canary.ts";
export { canaries } from "./proof/canary-table.ts";
export { fingerprintOf } from "./proof/fingerprint.ts";
export { lastProof, newestProofs, refuseRedProof, wasProved } from "./proof/last-proof.ts";
export { newToken } from "./proof/plant-ground.ts";
export type { ProofPorts } from "./proof/proof-ports.ts";
export { proveMachine, type ProveMachine } from "./proof/prove-machine.ts";
export { recordProof } from "./proof/record-proof.ts";
export { createDelivery, newDeliveryId } from "./new-delivery.ts";
export { type Leftovers, recoverDelivery, recoverOthers, stopRecordedBoxes } from "./recover.ts";
export { retryDelivery } from "./retry.ts";
export { type HopName, hops } from "./thread.ts";
export { commitSigned } from "./receipts/commit-signed.ts";
export { type PendingReceipt, subjectOf } from "./receipts/pending-receipt.ts";
export { type ChainKeys, openProjectChain, type ProjectChain } from "./receipts/project-chain.ts";
export { rotateReceiptKey } from "./receipts/rotate-key.ts";
export { type ProjectChainReport, type RecordedChain, verifyProjectChain } from "./receipts/verify-project-chain.ts";
