// The scalars that every record is made of. One spelling each, so that a hash, a time or a path
// means the same thing in every record, in the ledger and on the wire.
import { z } from "zod";

/** Lower-case hex SHA-256, 64 characters. */
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** A git object id: 40 (SHA-1) or 64 (SHA-256) lower-case hex characters. */
export const GitOid = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
/** ISO-8601 UTC with milliseconds and `Z`. */
export const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
/** Path inside the project: relative, `/`-separated, no `.`/`..`/empty segment, no control character. */
export const TreePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !/[\u0000-\u001f\u007f\\]/.test(path), "control character or backslash")
  .refine(
    (path) => path.split("/").every((part) => part !== "" && part !== "." && part !== ".."),
    "not a plain relative path",
  );
/** A whole number of at least 0 that JSON carries exactly. */
export const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Upper-case reason code, `AREA_REASON`. */
export const ReasonCode = z.string().regex(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);

export const RiskTier = z.enum(["A", "B", "C"]);
export const BehaviorConfidence = z.enum(["BC1", "BC2", "BC3"]);
export const ChangeClass = z.enum(["Class 1", "Class 2", "Class 3", "Class 4", "Class 5"]);
export const GateType = z.enum(["agent", "hybrid", "human"]);
export const TrustStatus = z.enum(["candidate", "trusted", "watch", "constrained"]);
export const TriageColor = z.enum(["green", "yellow", "red"]);
/** `install` is no client: CES itself runs one package manager in walls (a change of dependencies). */
export const RuntimeName = z.enum(["claude", "codex", "replay", "install"]);
export const HeldBy = z.enum(["kernel", "gateway", "merge", "gate", "watcher", "none"]);

export type RiskTier = z.infer<typeof RiskTier>;
export type BehaviorConfidence = z.infer<typeof BehaviorConfidence>;
export type ChangeClass = z.infer<typeof ChangeClass>;
export type GateType = z.infer<typeof GateType>;
export type TrustStatus = z.infer<typeof TrustStatus>;
export type TriageColor = z.infer<typeof TriageColor>;
export type RuntimeName = z.infer<typeof RuntimeName>;
export type HeldBy = z.infer<typeof HeldBy>;
