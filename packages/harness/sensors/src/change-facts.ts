// What a sensor is told: bytes of frozen objects, never a path on disk. Pure, so a sensor cannot look anywhere else.
import { utf8Decode, utf8Encode } from "@ces/kernel";
import type { DeltaFile, LeftBehind } from "@ces/records";

/** One changed path with its raw blob bytes; null where the file is absent. Attacker-controlled throughout. */
export interface FileFacts {
  readonly path: string;
  readonly change: DeltaFile["change"];
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  readonly mode: DeltaFile["mode"];
}

/** Everything about one frozen change. */
export interface ChangeFacts {
  readonly files: readonly FileFacts[];
  readonly out_of_scope: readonly DeltaFile[];
  readonly left_behind: readonly LeftBehind[];
  /** Paths of the base that define what the sealed checks do. */
  readonly check_closure: readonly string[];
  /** Manifest and lockfile of a delivery whose whole purpose is to change them: an observation of their own judges these. */
  readonly judged_dependencies?: readonly string[];
}

/** A change as facts, for examples and tests: null is an absent file. */
export function fileFacts(path: string, before: string | null, after: string | null): FileFacts {
  const change = before === null ? "added" : after === null ? "deleted" : "modified";
  return {
    path,
    change,
    before: before === null ? null : utf8Encode(before),
    after: after === null ? null : utf8Encode(after),
    mode: "100644",
  };
}

/** Facts about these files and nothing else. */
export function changeFacts(files: readonly FileFacts[], rest: Partial<ChangeFacts> = {}): ChangeFacts {
  return { files, out_of_scope: [], left_behind: [], check_closure: [], ...rest };
}

/**
 * Bytes as text for scanning. Not UTF-8, or with NUL bytes (UTF-16, binary): each byte is one character and NULs go,
 * so that a text in another encoding cannot hide from a scan.
 */
export function scannableText(bytes: Uint8Array): string {
  const text = utf8Decode(bytes);
  if (text !== undefined && !text.includes("\0")) return text;
  let scanned = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    scanned += String.fromCharCode(...bytes.subarray(at, at + 8192).filter((byte) => byte !== 0));
  }
  return scanned;
}
