// What the live view shows, outside of React: events come in, frames read it. Questions wait in line.
import type { Progress, Question } from "@ces/records";
import { advanceBoard, emptyBoard, type Board } from "./board.ts";

/** The question that is asked now, and what takes its answer. */
export type Asking = { readonly question: Question; readonly answer: (value: string) => void };
export type LiveSnapshot = { readonly board: Board; readonly asking: Asking | null };

/** A store in React's terms, plus its two ways in. */
export type LiveState = {
  readonly subscribe: (changed: () => void) => () => void;
  readonly now: () => LiveSnapshot;
  readonly report: (event: Progress) => void;
  /** Asks and waits; rejects when `signal` aborts. */
  readonly ask: (question: Question, signal: AbortSignal) => Promise<string>;
};

/** An empty board without a question. */
export function liveState(): LiveState {
  const listeners = new Set<() => void>();
  const waiting: Asking[] = [];
  let board = emptyBoard;
  let snapshot: LiveSnapshot = { board, asking: null };
  const changed = (): void => {
    snapshot = { board, asking: waiting[0] ?? null };
    for (const listener of listeners) listener();
  };
  const leave = (one: Asking): void => {
    waiting.splice(waiting.indexOf(one), 1);
    changed();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now: () => snapshot,
    report: (event) => {
      board = advanceBoard(board, event);
      changed();
    },
    ask: (question, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const one: Asking = { question, answer: (value) => (leave(one), resolve(value)) };
        signal.addEventListener("abort", () => (leave(one), reject(signal.reason)), { once: true });
        waiting.push(one);
        changed();
      }),
  };
}
