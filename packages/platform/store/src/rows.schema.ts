// What comes out of the database and the head file, decoded: a column's text is not believed to be what was put in.
import { DeliverySnapshot, Effect, SignedHead } from "@ces/records";
import { z } from "zod";
import type { RecordKind } from "@ces/ports";

/** The signed head in its slot. */
export const SignedHeadText = SignedHead;
/** The body of a snapshot row. */
export const SnapshotBody = DeliverySnapshot;
/** The body of an effect row. */
export const EffectBody = Effect;
/** The body of a lease row: who drives, for people. */
export const LeaseBody = z.strictObject({ pid: z.number().int(), who: z.string(), since: z.string() });
export type LeaseBody = z.infer<typeof LeaseBody>;

const kinds = {
  brief: "",
  classification: "",
  manifest: "",
  policy: "",
  run_started: "",
  run: "",
  meter: "",
  decision: "",
  receipt: "",
  candidate: "",
  check: "",
  evidence: "",
  review_route: "",
  review: "",
  triage: "",
  approval: "",
  merge: "",
  halt: "",
  halt_release: "",
  identity: "",
  question: "",
  answer: "",
  effect_result: "",
  dependency_wish: "",
  proof: "",
} satisfies Record<RecordKind, "">;
/** The kinds of records; the port's list, held by the compiler. */
export const Kind = z.custom<RecordKind>((value) => typeof value === "string" && Object.hasOwn(kinds, value));
