// The one JSON document of a command (DESIGN §6). With blockers it carries both the data and the first blocker as its error.
import type { Data, Outcome } from "./define-command.ts";
import type { ShownError } from "./shown-error.ts";

/** The document's shape. */
export type Envelope = {
  readonly schema: string;
  readonly ok: boolean;
  readonly data?: Data;
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string | null };
};

/** `{schema: "ces.<command with dots>/v1", ok, data?, error?}`. */
export function outcomeEnvelope(path: readonly string[], outcome: Outcome): Envelope {
  const [first] = outcome.blockers;
  const error = first && { error: { code: first.code, message: first.text, remedy: outcome.next } };
  return { ...head(path, outcome.exit === 0), data: outcome.data, ...error };
}

/** The envelope of a command that threw. */
export function errorEnvelope(path: readonly string[], { code, message, remedy }: ShownError): Envelope {
  return { ...head(path, false), error: { code, message, remedy } };
}

function head(path: readonly string[], ok: boolean): { readonly schema: string; readonly ok: boolean } {
  return { schema: `ces.${path.join(".") || "command"}/v1`, ok };
}
