// The last decisions in memory, for whoever looks at a running skill: bounded, redacted, handed out as copies. The durable record is the
// chain of receipts.

import { type Json, type JsonObject, redact, redactText } from "@ces/kernel";
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

/** A log of the last decisions. */
export type AuditLog = {
  readonly add: (entry: AuditEntry) => void;
  /** The last `limit` (50) entries, oldest first; changing them changes nothing. */
  readonly last: (limit?: number) => readonly AuditEntry[];
};

const MAX_ENTRIES = 10_000;
const MAX_ACTION = 2_000;
const MAX_CONTEXT = 8_000;

/** An empty log. SECURITY: secrets are taken out before anything is kept. */
export function auditLog(most: number = MAX_ENTRIES): AuditLog {
  const kept: AuditEntry[] = [];
  return {
    add: (entry) => {
      kept.push({ ...entry, action: redactText(entry.action.slice(0, MAX_ACTION)), context: shownContext(entry.context) });
      if (kept.length > most * 2) kept.splice(0, kept.length - most);
    },
    last: (limit = 50) => kept.slice(-Math.min(Math.max(limit, 0), most) || kept.length).map((entry) => structuredCopy(entry)),
  };
}

function shownContext(context: JsonObject): JsonObject {
  if (JSON.stringify(context).length > MAX_CONTEXT) return { left_out: "the context is too large to keep" };
  const shown = redact(context);
  return isObject(shown) ? shown : {};
}

function structuredCopy(entry: AuditEntry): AuditEntry {
  return { ...entry, context: copyOf(entry.context) };
}

function copyOf(value: JsonObject): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return isObject(copy) ? copy : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The context as JSON: what is no JSON is left out. */
export function jsonContext(context: Readonly<Record<string, unknown>>): JsonObject {
  const kept = Object.entries(context).flatMap(([name, value]): (readonly [string, Json])[] => {
    try {
      const text = JSON.stringify(value);
      return text === undefined ? [] : [[name, JSON.parse(text)]];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(kept);
}
