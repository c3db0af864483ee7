// The one error class: what a caller can only report. Whatever else is thrown is a bug and keeps its stack.

/** What a CesError carries besides its code and message. */
export type CesErrorDetail = {
  /** The next command or step, as data. */
  readonly remedy?: string;
  /** The error or value that led here. */
  readonly cause?: unknown;
};

/** A refusal with a stable code (`AREA_REASON`), one lower-case sentence and what to do next. */
export class CesError extends Error {
  override readonly name = "CesError";
  readonly code: string;
  readonly remedy: string | undefined;

  constructor(code: string, message: string, detail: CesErrorDetail = {}) {
    super(message, "cause" in detail ? { cause: detail.cause } : undefined);
    this.code = code;
    this.remedy = detail.remedy;
  }
}

/** True for a CesError, of one code if given; also for one that crossed a bundle or realm boundary. */
export function isCesError(error: unknown, code?: string): error is CesError {
  if (!(error instanceof Error) || error.name !== "CesError" || !("code" in error)) return false;
  return code === undefined || error.code === code;
}
