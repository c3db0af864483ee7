// What a command's reports and its outcome go to. One implementation for each mode; commands know none of them.
import type { Ask, Report } from "@ces/ports";
import type { Outcome } from "./define-command.ts";
import type { ShownError } from "./shown-error.ts";
import type { Line } from "./view/line.ts";

/** How a run of a command ended, ready to be shown. `redraw`: in place of the one before. */
export type Ending =
  | {
      readonly kind: "outcome";
      readonly outcome: Outcome;
      readonly lines: () => readonly Line[];
      readonly redraw: boolean;
    }
  | { readonly kind: "error"; readonly error: ShownError };

/** A place where things are shown. */
export type Screen = {
  readonly report: Report;
  /** Asks a person here; null when nobody can be asked. */
  readonly person: Ask | null;
  /** A line of the log, for stderr. */
  readonly logLine: (text: string) => void;
  /** Gets out of the way while something else has the terminal. */
  readonly suspend: <T>(work: () => Promise<T>) => Promise<T>;
  /** Shows an ending; more than once when a command repeats. */
  readonly show: (ending: Ending) => Promise<void>;
};

/** Where bytes go. Both throw nothing when the reader is gone. */
export type Sinks = { readonly out: (text: string) => void; readonly err: (text: string) => void };
