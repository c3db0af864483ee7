// What a thrown value is to the person who sees it: a refusal with its next command, an interruption, or a bug of ours.
import { isCesError, redactText } from "@ces/kernel";
import { exitOf, type ExitCode } from "./exit-codes.ts";
import { attention, bad, dim, line, plain, span, type Line } from "./view/line.ts";

/** An error as it is shown and exited with. `bug`: nobody foresaw it. */
export type ShownError = {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
  readonly bug: boolean;
};

/** Judges a thrown value. `aborted`: the person pressed Ctrl-C before. */
export function shownError(error: unknown, aborted: boolean): ShownError {
  if (isCesError(error) && !(aborted && isAbort(error))) {
    const message = redactText(error.message);
    return { exit: exitOf(error.code), code: error.code, message, remedy: error.remedy ?? null, bug: false };
  }
  if (aborted && isAbort(error)) return interrupted;
  const message = redactText(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return {
    exit: 1,
    code: "BUG",
    message,
    remedy: "run it again with CES_LOG_LEVEL=debug and report the stack",
    bug: true,
  };
}

/** The lines for stderr. */
export function errorLines({ code, message, remedy, bug }: ShownError): readonly Line[] {
  const first = bug
    ? line(bad`error: `, plain`this is a bug of ces, not of your project: ${message}`, dim` [${code}]`)
    : line(bad`error: `, span("plain", message), dim` [${code}]`);
  return remedy === null ? [first] : [first, line(attention`next: `, span("plain", remedy))];
}

const interrupted: ShownError = {
  exit: 130,
  code: "INTERRUPTED",
  message: "interrupted; what was finished is kept",
  remedy: "ces continue",
  bug: false,
};

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || isCesError(error, "INTERRUPTED"));
}
