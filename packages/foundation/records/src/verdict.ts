// The one vocabulary of decisions: allow < ask < deny, reasons as data, the strictest wins.
import { z } from "zod";
import { HeldBy, ReasonCode } from "./scalar.schema.ts";

/** Why a verdict is what it is: stable code, one sentence, and what holds the limit (DESIGN §5, S16). */
export const Reason = z.strictObject({ code: ReasonCode, text: z.string().max(2000), held_by: HeldBy.optional() });
export type Reason = z.infer<typeof Reason>;

/** A decision with its reasons. `rewrite` (later issues) only goes with allow. */
export const Verdict = z.strictObject({ kind: z.enum(["allow", "ask", "deny"]), reasons: z.array(Reason) });
export type Verdict = z.infer<typeof Verdict>;

const order = { allow: 0, ask: 1, deny: 2 } as const;

/**
 * Joins verdicts: the strictest kind wins and keeps every reason of that kind.
 * No verdict at all is deny (`VERDICT_EMPTY`): nothing granted it.
 */
export function strictest(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0) return deny("VERDICT_EMPTY", "no rule decided");
  const kind = verdicts.map((v) => v.kind).reduce((a, b) => (order[b] > order[a] ? b : a));
  const reasons = verdicts.filter((v) => v.kind === kind).flatMap((v) => v.reasons);
  return { kind, reasons };
}

// A reason often names what an agent named: its length is the schema's, not theirs.
const one = (kind: Verdict["kind"], code: string, text: string): Verdict => ({
  kind,
  reasons: [{ code, text: text.slice(0, 2000) }],
});

/** An allow with one reason. */
export const allow = (code: string, text: string): Verdict => one("allow", code, text);
/** An ask with one reason. */
export const ask = (code: string, text: string): Verdict => one("ask", code, text);
/** A deny with one reason. */
export const deny = (code: string, text: string): Verdict => one("deny", code, text);
