// The user's settings for the guard. A file that cannot be read never means "off": the built-in rules apply, and it is said.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { Mode } from "@ces/guard";
import { type JsonObject, parseJson, printable } from "@ces/kernel";

/** What may be set. `workspaces`: further folders in which agents may work, absolute. */
export interface GuardConfig {
  readonly mode: Mode;
  readonly workspaces: readonly string[];
}

/** The settings, and what is wrong with the file; null when nothing is. */
export interface ReadConfig {
  readonly config: GuardConfig;
  readonly warning: string | null;
}

const builtIn: GuardConfig = { mode: "standard", workspaces: [] };
const MAX_CONFIG = 64 * 1024;

/** Reads `guard.json`: `{"mode": "standard" | "strict" | "observe", "workspaces": [...]}`. Never throws; a missing file is the built-in settings. */
export function readGuardConfig(path: string): ReadConfig {
  const bytes = bytesOf(path);
  if (bytes === undefined) return { config: builtIn, warning: null };
  const config = typeof bytes === "string" ? bytes : configOf(bytes);
  if (typeof config !== "string") return { config, warning: null };
  return { config: builtIn, warning: `\`${printable(path)}\` is not used (${config}); the built-in rules apply` };
}

function configOf(bytes: Uint8Array): GuardConfig | string {
  const read = parseJson(bytes, { maxBytes: MAX_CONFIG, maxDepth: 8 });
  if (read.kind === "refused") return `no JSON: ${read.cause} at ${read.at}`;
  const { value } = read;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "no JSON object";
  // SAFETY: an object that is no list.
  const members = value as JsonObject;
  const unknown = Object.keys(members).find((name) => name !== "mode" && name !== "workspaces");
  if (unknown !== undefined) return `unknown setting \`${printable(unknown, { max: 60 })}\``;
  const { mode = builtIn.mode, workspaces = [] } = members;
  if (mode !== "standard" && mode !== "strict" && mode !== "observe")
    return "`mode` is none of standard, strict, observe";
  if (!isFolders(workspaces)) return "`workspaces` is no list of absolute folders";
  return { mode, workspaces };
}

const isFolders = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= 32 && value.every((one) => typeof one === "string" && /^\/[^\0]+$/.test(one));

// A text says why there is something that must not be believed.
function bytesOf(path: string): Uint8Array | string | undefined {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return checkedBytes(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "EIO";
    return code === "ENOENT" ? undefined : code === "ELOOP" ? "it is a link" : `it cannot be read: ${code}`;
  }
}

function checkedBytes(fd: number): Uint8Array | string {
  const stats = fstatSync(fd);
  if (!stats.isFile()) return "it is no regular file";
  if (stats.uid !== process.geteuid?.() && stats.uid !== 0) return "it belongs to another user";
  if ((stats.mode & 0o022) !== 0) return "others may write it";
  if (stats.size > MAX_CONFIG) return "it is too large";
  const bytes = new Uint8Array(stats.size);
  return bytes.subarray(0, readSync(fd, bytes));
}
