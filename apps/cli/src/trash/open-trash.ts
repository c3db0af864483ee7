// The trash of whoever types: where it stands, who calls, and the key of its journal. Outside of every project, so it works
// in any folder. Loaded for every `rm`: nothing heavy is imported here.
import { createHmac, randomBytes } from "node:crypto";
import { lstatSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname, isAbsolute, join, normalize, resolve } from "node:path";
import { createOnce, ownedDirectory, readOwned } from "@ces/files";
import { CesError, redactText } from "@ces/kernel";
import { byteText, realPath, type ByteText, type Trash } from "@ces/trash";
import type { CommandContext } from "../define-command.ts";
import { nodeClock } from "../wire/node-clock.ts";

/** The trash, and the real paths below which `undo` and `restore` may write unless the person names others. */
export type OpenTrash = { readonly trash: Trash; readonly roots: readonly ByteText[] };

const NOWHERE = "/nonexistent";

/** How long another command may hold the journal before this one gives up. */
const WAIT_MS = 60_000;

/** Opens it. `words`: how the command was called, for the journal. Throws CesError STATE_UNSAFE. */
export function openTrash(ctx: CommandContext, words: readonly string[]): OpenTrash {
  const home = homeOf(ctx);
  const state = guardState(ctx, home);
  const key = journalKey(state);
  const workspace = workspaceOf(ctx.cwd);
  const trash: Trash = {
    place: {
      uid: process.geteuid?.() ?? 0,
      data_home: byteText(absolute(ctx.env["XDG_DATA_HOME"]) ?? join(home, ".local/share")),
      state_directory: state,
      homes: [byteText(accountHome() ?? NOWHERE), byteText(home)],
      workspaces: workspace === undefined ? [] : [byteText(workspace)],
      wait_ms: WAIT_MS,
    },
    caller: {
      session: idFrom(ctx.env["CES_SESSION_ID"]),
      command: idFrom(ctx.env["CES_COMMAND_ID"]),
      argv: words.slice(0, 200).map((word) => withoutSecrets(word.slice(0, 4096))),
      cwd: realPath(byteText(ctx.cwd)),
    },
    mac: (bytes) => createHmac("sha256", key).update(bytes).digest(),
    clock: nodeClock,
    random: (n) => randomBytes(n),
  };
  return { trash, roots: rootsOf(ctx, [workspace ?? ctx.cwd, home]) };
}

// Looking for secrets takes milliseconds that `rm` has not; a short word without `=`, `:` and `@` can hold none.
function withoutSecrets(word: string): string {
  return /[=:@]|[A-Za-z0-9+_-]{16}/.test(word) ? redactText(word) : word;
}

// SECURITY: S26 — what is put back stays below the workspace or the home, unless a person says where else.
function rootsOf(ctx: CommandContext, otherwise: readonly string[]): readonly ByteText[] {
  const named = "root" in ctx.options ? ctx.list("root") : [];
  return named.length === 0
    ? otherwise.map((root) => realPath(byteText(root)))
    : named.map((root) => rootAt(ctx.cwd, root));
}

function rootAt(cwd: string, root: string): ByteText {
  try {
    return realPath(byteText(resolve(cwd, root)));
  } catch (cause) {
    throw new CesError("USAGE_VALUE", `\`--root\` names no folder: \`${root}\``, { remedy: "ces undo --help", cause });
  }
}

function homeOf({ env }: CommandContext): string {
  const home = absolute(env["HOME"]) ?? accountHome();
  if (home !== undefined) return home;
  throw new CesError("STATE_UNSAFE", "HOME names no absolute folder", { remedy: "set HOME to your own folder" });
}

// A user id without an account, as in a container, has none.
function accountHome(): string | undefined {
  try {
    return absolute(userInfo().homedir);
  } catch {
    return undefined;
  }
}

function guardState({ env }: CommandContext, home: string): string {
  const base = absolute(env["XDG_STATE_HOME"]) ?? join(home, ".local/state");
  return ownedDirectory(join(base, "ces", "guard"));
}

// As the XDG specification has it, a relative value is no value.
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) && !path.includes("\0")
    ? normalize(path).replace(/(.)\/+$/, "$1")
    : undefined;
}

function journalKey(state: string): Uint8Array {
  const path = join(state, "trash.key");
  const key = readOwned(path) ?? (createOnce(path, randomBytes(32)), readOwned(path));
  if (key?.length === 32) return key;
  throw new CesError("STATE_UNSAFE", `\`${path}\` is no key of ours`, {
    remedy: "move it and `trash.jsonl` beside it away; the trash keeps its items",
  });
}

/** The nearest folder upwards with a `.git`; undefined when there is none. */
export function workspaceOf(cwd: string): string | undefined {
  for (let at = cwd; ; at = dirname(at)) {
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false })) return at;
    if (at === dirname(at)) return undefined;
  }
}

function idFrom(given: string | undefined): string {
  return given !== undefined && /^[A-Za-z0-9._:@-]{1,128}$/.test(given) ? given : randomBytes(8).toString("hex");
}
