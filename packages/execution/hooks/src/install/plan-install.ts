// Plans of installing and uninstalling: every file read once, every change shown before anything is written.
import type { HostName } from "../hook-call.ts";
import { installClaude } from "./claude-install.ts";
import { installCodex } from "./codex-install.ts";
import { installCopilot } from "./copilot-install.ts";
import { installCursor } from "./cursor-install.ts";
import { installGemini } from "./gemini-install.ts";
import type { HostInstall, InstallHost, InstallRequest } from "./install-plan.ts";
import { installOpencode } from "./opencode-install.ts";

const installers: Readonly<Record<HostName, InstallHost>> = {
  claude: installClaude,
  codex: installCodex,
  gemini: installGemini,
  cursor: installCursor,
  copilot: installCopilot,
  opencode: installOpencode,
};

/** One file that would change. `after` null: it goes. */
export interface FileChange {
  readonly path: string;
  readonly purpose: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Files that would change, those that are as they should be, and what the user must know. */
export interface InstallPlan {
  readonly changes: readonly FileChange[];
  readonly unchanged: readonly string[];
  readonly notes: readonly string[];
}

/** Reads a file's text; null when there is none. Throws for what cannot be read. */
export type ReadText = (path: string) => string | null;

/** What the host's files are, whatever they say now. Throws CesError `GUARD_SCOPE`, `GUARD_PATH`. */
export const hostInstall = (request: InstallRequest): HostInstall => installers[request.host](request);

/** The changes that installing would make. Throws CesError `GUARD_SCOPE`, `GUARD_SETTINGS`, `GUARD_PATH`. */
export function planInstall(request: InstallRequest, read: ReadText): InstallPlan {
  const { files, notes } = hostInstall(request);
  const planned = new Map<string, string>();
  const changes: FileChange[] = [];
  for (const { path, purpose, edit } of files) {
    const before = read(path);
    const after = edit(before, planned);
    planned.set(path, after);
    if (after !== before) changes.push({ path, purpose, before, after });
  }
  const changed = new Set(changes.map(({ path }) => path));
  return { changes, unchanged: files.map(({ path }) => path).filter((path) => !changed.has(path)), notes };
}

/** What was there before an installation, if it is still known: the file's text (null: none), and the text that was written then. */
export interface Remembered {
  readonly original: string | null;
  readonly written: string;
}

/** The changes that uninstalling would make: byte for byte what was there, or only our entry where the file changed since. */
export function planUninstall(
  request: InstallRequest,
  read: ReadText,
  remembered: (path: string) => Remembered | undefined,
): InstallPlan {
  const { files } = hostInstall(request);
  const changes: FileChange[] = [];
  const notes: string[] = [];
  for (const { path, whole, remove } of files) {
    const before = read(path);
    if (before === null) continue;
    const known = remembered(path);
    if (known !== undefined && known.written === before) {
      changes.push({ path, purpose: "as it was before", before, after: known.original });
      continue;
    }
    const after = whole ? null : remove(before);
    if (after === null && !whole) continue;
    notes.push(
      `\`${path}\` ${known === undefined ? "was not remembered" : "was changed since"}: only the guard's own part is taken out`,
    );
    changes.push({ path, purpose: "without the guard's own part", before, after });
  }
  const changed = new Set(changes.map(({ path }) => path));
  return { changes, unchanged: files.map(({ path }) => path).filter((path) => !changed.has(path)), notes };
}
