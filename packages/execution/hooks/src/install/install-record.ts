// What a host's files said before the guard was put in, kept in the guard's own state so that it can be put back byte for byte.
import { rmSync } from "node:fs";
import { parseJson, type Json } from "@ces/kernel";
import { checkOurs, type GuardPlaces, ownState } from "../guard-places.ts";
import { sha256 } from "../sha256.ts";
import type { InstallRequest } from "./install-plan.ts";
import { readSettings, writeSettings } from "./settings-file.ts";

/** One file of an installation. `original` null: there was none; `made`: folders that were made for it. */
export interface RecordedFile {
  readonly path: string;
  readonly original: string | null;
  readonly written: string;
  readonly made: readonly string[];
}

/** The files of one host in one scope, as they were and as they were written. */
export interface InstallRecord {
  readonly files: readonly RecordedFile[];
}

/** The record of an installation; empty when there is none or it cannot be read. */
export function readRecord(places: GuardPlaces, request: InstallRequest): InstallRecord {
  const path = recordPath(places, request);
  try {
    checkOurs(path, "file");
    const read = parseJson(readSettings(path) ?? "");
    return read.kind === "parsed" && isRecord(read.value) ? read.value : { files: [] };
  } catch {
    return { files: [] };
  }
}

/** Keeps a record, or forgets it when it is empty. Throws CesError `GUARD_PLACE`. */
export function keepRecord(places: GuardPlaces, request: InstallRequest, record: InstallRecord): void {
  ownState(places);
  const path = recordPath(places, request);
  if (record.files.length === 0) rmSync(path, { force: true });
  else writeSettings(path, `${JSON.stringify(record)}\n`, 0o600);
}

function recordPath({ state }: GuardPlaces, { host, scope, places }: InstallRequest): string {
  const where = scope === "project" ? `-${sha256(places.project).slice(0, 16)}` : "";
  return `${state}/installed-${host}-${scope}${where}.json`;
}

function isRecord(value: unknown): value is InstallRecord {
  if (typeof value !== "object" || value === null || !("files" in value) || !Array.isArray(value.files)) return false;
  return value.files.every(isRecordedFile);
}

function isRecordedFile(value: Json): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { path, original, written, made } = value as Readonly<Record<string, unknown>>; // An object that is no list.
  return (
    typeof path === "string" &&
    (original === null || typeof original === "string") &&
    typeof written === "string" &&
    Array.isArray(made) &&
    made.every((one) => typeof one === "string")
  );
}
