// The book of one conversation's tool calls: asked, answered, done. It is how a call that was never asked,
// a second answer or a reused id is found (S04, S17).
import type { ToolDecision } from "./runtime.ts";

/** What the book knows of a call. */
export type CallState = "open" | "allowed" | "denied" | "withdrawn";

/** Questions by key and by call id. */
export interface CallBook {
  /** False when the key or the call id was used before. */
  readonly asked: (key: string, callId: string) => boolean;
  /** Notes our answer. */
  readonly answered: (key: string, decision: ToolDecision) => void;
  /** False when there is no such open question. */
  readonly withdrawn: (key: string) => boolean;
  /** Null when the call was never asked. */
  readonly stateOf: (callId: string) => CallState | null;
  /** False when the call was done before. */
  readonly done: (callId: string) => boolean;
}

/** An empty book. */
export function openCallBook(): CallBook {
  const callOf = new Map<string, string>();
  const states = new Map<string, CallState>();
  const finished = new Set<string>();
  const set = (key: string, state: CallState) => {
    const callId = callOf.get(key);
    if (callId !== undefined) states.set(callId, state);
  };
  return {
    asked: (key, callId) => {
      if (callOf.has(key) || states.has(callId) || finished.has(callId)) return false;
      callOf.set(key, callId);
      states.set(callId, "open");
      return true;
    },
    answered: (key, decision) => set(key, decision.kind === "allow" ? "allowed" : "denied"),
    withdrawn: (key) => {
      const open = states.get(callOf.get(key) ?? "") === "open";
      if (open) set(key, "withdrawn");
      return open;
    },
    stateOf: (callId) => states.get(callId) ?? null,
    done: (callId) => {
      if (finished.has(callId)) return false;
      finished.add(callId);
      return true;
    },
  };
}
