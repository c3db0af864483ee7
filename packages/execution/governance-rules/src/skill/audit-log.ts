// The last decisions in memory, for whoever looks at a running skill: bounded, redacted, handed out as copies. The durable record is the
// chain of receipts.

import { type Json, type JsonObject, redact, redactText } from "@ces/kernel";
import type { RequestContext } from "../decide/rule-book.ts";
import type { RuleAction } from "../rule/rule.ts";

/** One decision. `recorded`: its receipt was stored (`failed`: it was not, so the decision is a denial; `off`: nobody asked for one). */
export type AuditEntry = {
  readonly timestamp: string;
  readonly action: string;
  readonly decision: RuleAction;
  readonly reason_code: string;
  readonly policy_id: string;
  readonly agent_did: string;
  readonly trust_score: number;
  readonly context: JsonObject;
  readonly recorded: "stored" | "failed" | "off";
};

/** A decision as it is noted: the context as the caller gave it. */
export type AuditNote = Omit<AuditEntry, "context"> & { readonly context: RequestContext };

/** A log of the last decisions. */
export type AuditLog = {
  /** Notes a decision. Never throws. */
  readonly add: (note: AuditNote) => void;
  /** The last `limit` (50) entries, oldest first; changing them changes nothing. */
  readonly last: (limit?: number) => readonly AuditEntry[];
};

type Kept = Omit<AuditEntry, "context"> & { readonly context_text: string };

const MAX_ENTRIES = 10_000;
const MAX_ACTION = 2_000;
const MAX_CONTEXT = 8_000;
const LEFT_OUT = '{"left_out":"the context is too large to keep, or no JSON"}';

/** An empty log that keeps `most` entries. SECURITY: nothing leaves it unredacted; that is done when it is read, for decisions are many and readers few. */
export function auditLog(most: number = MAX_ENTRIES): AuditLog {
  const kept: Kept[] = [];
  return {
    add: ({ context, ...note }) => {
      kept.push({ ...note, action: note.action.slice(0, MAX_ACTION), context_text: textOf(context) });
      if (kept.length >= most * 2) kept.splice(0, kept.length - most);
    },
    last: (limit = 50) => {
      const count = Math.max(0, Math.min(Math.floor(limit) || 0, most, kept.length));
      return kept.slice(kept.length - count).map(entryOf);
    },
  };
}

// As text, so that a caller who changes the context afterwards changes nothing here.
function textOf(context: RequestContext): string {
  try {
    const text = JSON.stringify(context);
    return text.length > MAX_CONTEXT ? LEFT_OUT : text;
  } catch {
    return LEFT_OUT;
  }
}

function entryOf({ context_text, ...entry }: Kept): AuditEntry {
  const context: Json = JSON.parse(context_text);
  const shown = redact(context);
  return { ...entry, action: redactText(entry.action), context: isObject(shown) ? shown : {} };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
