// Everything that `explain` and `report` tell about a delivery, gathered once.
import { deliveryReport, type DeliveryReport } from "@ces/engine";
import { CesError } from "@ces/kernel";
import {
  Brief,
  RunStarted,
  SealedApproval,
  SealedEvidence,
  SealedManifest,
  Triage,
  type Approval,
  type CommandContractRef,
  type EvidencePacket,
  type Manifest,
} from "@ces/records";
import { findDelivery } from "../wire/find-delivery.ts";
import type { Project } from "../wire/open-project.ts";
import { recallNewest } from "./recall-newest.ts";

/** A delivery with the records behind its report; what was not reached is null. */
export type Story = {
  readonly report: DeliveryReport;
  readonly brief: Brief | null;
  readonly manifest: Manifest | null;
  readonly evidence: EvidencePacket | null;
  readonly triage: Triage | null;
  readonly approval: Approval | null;
  /** Of each box that was started, oldest first; null for one from before command contracts. */
  readonly command_contracts: readonly (CommandContractRef | null)[];
};

/** The story of a delivery, the newest one if none is named. Throws NO_DELIVERY, DELIVERY_UNKNOWN, RECORD_MISSING. */
export function readStory(project: Project, named: string | undefined): Story {
  const { delivery_id } = findDelivery(project, named);
  const { store } = project;
  const report = deliveryReport(store, delivery_id);
  if (!report)
    throw new CesError("RECORD_MISSING", `\`${delivery_id}\` is not recorded`, { remedy: "ces audit verify" });
  return {
    report,
    brief: recallNewest(store, "brief", delivery_id, Brief) ?? null,
    manifest: recallNewest(store, "manifest", delivery_id, SealedManifest)?.manifest ?? null,
    evidence: recallNewest(store, "evidence", delivery_id, SealedEvidence)?.packet ?? null,
    triage: recallNewest(store, "triage", delivery_id, Triage) ?? null,
    approval: recallNewest(store, "approval", delivery_id, SealedApproval)?.approval ?? null,
    command_contracts: store
      .records("run_started", { delivery_id })
      .map(({ body }) => RunStarted.parse(body).command_contract ?? null),
  };
}
