// Every payload that is written here.

import type { CheckpointPayload } from "./checkpoint.ts";
import type { DecisionDraft, DecisionPayload } from "./decision.ts";
import type { ExecutionDraft, ExecutionPayload } from "./execution.ts";
import type { KeyRotationDraft, KeyRotationPayload } from "./key-rotation.ts";

/** A payload of a chain. */
export type ChainPayload = DecisionPayload | ExecutionPayload | KeyRotationPayload;

/** A payload of a chain before the engine adds its members; `type` says which. */
export type ReceiptDraft = DecisionDraft | ExecutionDraft | KeyRotationDraft;

/** Anything signed here. */
export type WrittenPayload = ChainPayload | CheckpointPayload;
