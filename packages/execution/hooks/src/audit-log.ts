// The guard's own log, for calls that no governed run records: append-only JSON lines in a hash chain.
// A decision that cannot be written down is no decision: the caller refuses.
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { CesError } from "@ces/kernel";
import { auditLine, type AuditEntry, GENESIS, type LogVerdict, readAuditLine, verifyChain } from "./audit-line.ts";
import { checkOurs, type GuardPlaces, ownState } from "./guard-places.ts";
import { withLock } from "./lock-file.ts";
import type { LoggedAnswer } from "./rewrite-alarm.ts";
import { sha256 } from "./sha256.ts";

/** The log of these places. */
export const logPath = (places: GuardPlaces): string => `${places.state}/log.jsonl`;

/** A line is shorter than this: the caps of `auditLine` hold whatever comes. */
const MAX_LINE = 64 * 1024;

/** Appends one decision. Throws CesError `GUARD_PLACE`, `GUARD_LOCK`, `GUARD_LOG` or the system's own error. */
export function appendAudit(places: GuardPlaces, entry: AuditEntry, now: () => Date = () => new Date()): void {
  const state = ownState(places);
  withLock(`${state}/log.lock`, () => {
    const fd = openSync(
      logPath(places),
      constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      checkOurs(logPath(places), "file");
      const last = lastLine(fd);
      const place = { seq: last.seq + 1, prev: last.hash, ts: now().toISOString() };
      const line = `${last.torn ? "\n" : ""}${auditLine(entry, place, sha256)}\n`;
      const bytes = Buffer.from(line, "utf8");
      if (writeSync(fd, bytes) !== bytes.length)
        throw new CesError("GUARD_LOG", "the guard's log could not be written whole", {
          remedy: "free some disk space, then: ces guard log verify",
        });
    } finally {
      closeSync(fd);
    }
  });
}

interface LastLine {
  readonly seq: number;
  readonly hash: string;
  /** True when the file does not end with a line break. */
  readonly torn: boolean;
}

// A line that is not whole keeps its place in the chain: the verification names it, and the log goes on.
function lastLine(fd: number): LastLine {
  const { size } = fstatSync(fd);
  if (size === 0) return { seq: 0, hash: GENESIS, torn: false };
  const bytes = Buffer.allocUnsafe(Math.min(size, MAX_LINE + 1));
  const read = readSync(fd, bytes, 0, bytes.length, size - bytes.length);
  if (read !== bytes.length)
    throw new CesError("GUARD_LOG", "the guard's log could not be read whole", { remedy: "ces guard log verify" });
  const torn = bytes.at(-1) !== 10;
  const end = torn ? bytes.length : bytes.length - 1;
  const start = bytes.lastIndexOf(10, end - 1) + 1;
  const line = bytes.toString("utf8", start, end);
  // As `auditLine` begins each: read whole, a line would cost more than the judgement.
  const seq = Number(/^\{"v":1,"seq":(\d{1,15}),/.exec(line)?.[1] ?? 0);
  return { seq, hash: sha256(line), torn };
}

/** The answers at the end of the log, the newest first; none when there is no log. Throws CesError `GUARD_PLACE`. */
export function newestAnswers(places: GuardPlaces): readonly LoggedAnswer[] {
  const fd = openLog(places);
  if (fd === undefined) return [];
  try {
    checkOurs(logPath(places), "file");
    const { size } = fstatSync(fd);
    const bytes = Buffer.alloc(Math.min(size, NEWEST));
    readSync(fd, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString("utf8").split("\n").toReversed().flatMap(answerOf);
  } finally {
    closeSync(fd);
  }
}

/** Bytes at the end of the log: some hundred calls. */
const NEWEST = 256 * 1024;

// The first line of a piece may be half of one.
function answerOf(line: string): readonly LoggedAnswer[] {
  const { session, command_sha256, answer } = readAuditLine(line)?.fields ?? {};
  const isWhole = typeof session === "string" && typeof command_sha256 === "string" && typeof answer === "string";
  return isWhole ? [{ session, command_sha256, answer }] : [];
}

/** The lines of the log, oldest first; none when there is no log. Throws CesError `GUARD_PLACE`. */
export function* auditLines(places: GuardPlaces): Generator<string> {
  const fd = openLog(places);
  if (fd === undefined) return;
  try {
    checkOurs(logPath(places), "file");
    let rest = "";
    const decoder = new TextDecoder();
    const chunk = Buffer.alloc(256 * 1024);
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
      const pieces = (rest + decoder.decode(chunk.subarray(0, read), { stream: true })).split("\n");
      rest = pieces.pop() ?? "";
      yield* pieces;
    }
    if (rest !== "") yield rest;
  } finally {
    closeSync(fd);
  }
}

function openLog(places: GuardPlaces): number | undefined {
  try {
    return openSync(logPath(places), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new CesError("GUARD_PLACE", `\`${logPath(places)}\` cannot be read`, {
      remedy: "ces guard doctor",
      cause: error,
    });
  }
}

/** Checks the chain of the whole log. */
export const verifyLog = (places: GuardPlaces): LogVerdict => verifyChain(auditLines(places), sha256);
