// One line of the guard's log: what was asked, what was decided, and the hash of the line before it.
import { parseJson, redactText, wellFormed, type Json, type JsonObject } from "@ces/kernel";

/** A decision before it is written: foreign text whole and unredacted. */
export interface AuditEntry {
  readonly host: string;
  readonly session: string;
  readonly cwd: string;
  readonly tool: string;
  readonly command: string;
  /** What the judge said, and what the host was told. They differ where a host lacks a word, and in mode `observe`. */
  readonly decision: string;
  readonly answer: string;
  readonly observed: boolean;
  readonly codes: readonly string[];
  readonly rewrite: string | null;
  readonly latency_ms: number;
}

/** What the writer adds: the place in the chain. `prev` is the SHA-256 of the line before, `GENESIS` for the first. */
export interface ChainPlace {
  readonly seq: number;
  readonly prev: string;
  /** ISO 8601. */
  readonly ts: string;
}

/** `prev` of the first line. */
export const GENESIS = "0".repeat(64);

const MAX_COMMAND = 2048;
const MAX_FIELD = 512;

/** The line, without its line break. Secrets are cut out before anything is shortened, so that no half of one is left. */
export function auditLine(entry: AuditEntry, place: ChainPlace, sha256: (text: string) => string): string {
  const { command, rewrite, session, cwd, tool, codes, ...plain } = entry;
  const record: JsonObject = {
    v: 1,
    ...place,
    ...plain,
    session: kept(session, MAX_FIELD),
    cwd: kept(cwd, MAX_FIELD),
    tool: kept(tool, MAX_FIELD),
    command: kept(command, MAX_COMMAND),
    command_sha256: sha256(command),
    codes: codes.slice(0, 16),
    rewrite: rewrite === null ? null : kept(rewrite, MAX_COMMAND),
  };
  return JSON.stringify(record);
}

// Only the beginning is looked at, and what is kept ends far before the beginning does: a secret cut there is not in it.
function kept(text: string, most: number): string {
  const clean = redactText(text.slice(0, most + 6 * 1024));
  return clean.length <= most && text.length <= most + 6 * 1024 ? clean : `${wellFormed(clean.slice(0, most))}…[cut]`;
}

/** What is read back of one line: enough to show it and to check the chain. */
export interface AuditRecord {
  readonly seq: number;
  readonly prev: string;
  readonly ts: string;
  readonly fields: JsonObject;
}

/** Reads a line; undefined for anything that is not one. */
export function readAuditLine(line: string): AuditRecord | undefined {
  const read = parseJson(line, { maxBytes: 64 * 1024 });
  if (read.kind === "refused" || !isRecord(read.value)) return undefined;
  const { seq, prev, ts } = read.value;
  if (typeof seq !== "number" || typeof prev !== "string" || typeof ts !== "string") return undefined;
  return { seq, prev, ts, fields: read.value };
}

const isRecord = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether the chain holds, or the first place where it does not: a line number from 1, and why. */
export type LogVerdict =
  | { readonly kind: "whole"; readonly lines: number; readonly last: string }
  | { readonly kind: "broken"; readonly line: number; readonly why: string };

/** Checks a chain over its lines in order. It cannot see that newest lines were cut off: compare `last` and `lines`. */
export function verifyChain(lines: Iterable<string>, sha256: (text: string) => string): LogVerdict {
  let count = 0;
  let last = GENESIS;
  for (const line of lines) {
    count += 1;
    const record = readAuditLine(line);
    if (record === undefined) return { kind: "broken", line: count, why: "it is not a whole line of this log" };
    if (record.seq !== count) return { kind: "broken", line: count, why: `it says it is line ${record.seq}` };
    if (record.prev !== last)
      return { kind: "broken", line: count, why: "the line before it is not the one it was written after" };
    last = sha256(line);
  }
  return { kind: "whole", lines: count, last };
}
