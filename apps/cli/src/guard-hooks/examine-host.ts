// What of a host's own settings decides whether the hook runs at all: trust, switches, versions.
import { join } from "node:path";
import { codexTrust, type InstallRequest, readSettings, tomlValue } from "@ces/hooks";
import { isCesError } from "@ces/kernel";
import type { CommandContext } from "../define-command.ts";
import type { Finding } from "../doctor/examine.ts";
import { clientVersion } from "./client-version.ts";

/** Findings of this host besides the wiring. */
export async function examineHost(ctx: CommandContext, request: InstallRequest): Promise<readonly Finding[]> {
  const version = await examineVersion(ctx, request);
  if (request.host === "codex" && request.scope === "user") return [...examineCodex(request), version];
  if (request.host === "claude" && request.scope !== "managed") return [...examineClaude(request), version];
  return [version];
}

// The first version whose hooks can fail closed.
const CLAUDE_BLOCKS = [2, 1, 295];

async function examineVersion(ctx: CommandContext, { host }: InstallRequest): Promise<Finding> {
  const name = `${host} client`;
  const found = await clientVersion(host, ctx);
  if (found === null) return { name, ok: null, detail: "not on PATH, so its version is not known", remedy: null };
  const { version, path } = found;
  const old = host === "claude" && isOlder(version, CLAUDE_BLOCKS);
  return {
    name,
    ok: !old,
    detail: `${version}, ${path}${old ? ": before 2.1.295 a hook that cannot start lets the command run" : ""}`,
    remedy: old ? "update Claude Code" : null,
  };
}

function isOlder(version: string, least: readonly number[]): boolean {
  const parts = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (parts === undefined) return true;
  const at = least.findIndex((part, index) => parts[index] !== part);
  return at !== -1 && (parts[at] ?? 0) < (least[at] ?? 0);
}

function examineCodex({ places }: InstallRequest): readonly Finding[] {
  const folder = places.env["CODEX_HOME"] || join(places.home, ".codex");
  const hooks = join(folder, "hooks.json");
  const config = readOr(join(folder, "config.toml"));
  const trust = codexTrust(hooks, readOr(hooks) || "{}");
  const trusted =
    trust !== undefined &&
    tomlValue(config, { table: `hooks.state.${JSON.stringify(trust.key)}`, key: "trusted_hash" }) ===
      JSON.stringify(trust.hash);
  const closed = tomlValue(config, { table: "features", key: "unified_exec_tty" }) === "false";
  const off = tomlValue(config, { table: "features", key: "hooks" }) === "false";
  const remedy = "ces guard install --for codex";
  return [
    {
      name: "codex trust",
      ok: trusted,
      detail: trusted
        ? "the hook as it stands is trusted"
        : "the hook is not trusted, so codex silently does not run it",
      remedy: trusted ? null : `${remedy}, or /hooks in codex`,
    },
    {
      name: "codex typing",
      ok: closed,
      detail: closed
        ? "no terminals that an agent could type into unseen"
        : "an agent can open a terminal and type into it unseen",
      remedy: closed ? null : remedy,
    },
    ...(off
      ? [
          {
            name: "codex hooks",
            ok: false,
            detail: "hooks are switched off in config.toml",
            remedy: "set features.hooks = true",
          },
        ]
      : []),
  ];
}

const readOr = (path: string): string => readSettings(path) ?? "";

/** Variables with which a repository's settings reach into the hook itself. */
const reaching = /^(LD_|DYLD_|GCONV_PATH$)/;

// The user's own file may switch hooks off, and so may a repository's two.
function examineClaude({ places }: InstallRequest): readonly Finding[] {
  const user = join(places.env["CLAUDE_CONFIG_DIR"] || join(places.home, ".claude"), "settings.json");
  const files = [
    user,
    join(places.project, ".claude/settings.json"),
    join(places.project, ".claude/settings.local.json"),
  ];
  const wrong = files.flatMap((path) => faultsOf(path).map((fault) => `${fault} in ${path}`));
  const name = "claude switches";
  if (wrong.length === 0) return [{ name, ok: true, detail: "nothing here switches the hook off", remedy: null }];
  return [
    { name, ok: false, detail: wrong.join("; "), remedy: "take it out, or: ces guard install --for claude --managed" },
  ];
}

function faultsOf(path: string): readonly string[] {
  const settings = settingsOf(path);
  if (settings === "unreadable") return ["something that cannot be read"];
  const env = typeof settings.env === "object" && settings.env !== null ? Object.keys(settings.env) : [];
  return [
    ...(settings.disableAllHooks === true ? ["`disableAllHooks`"] : []),
    ...env.filter((one) => reaching.test(one)).map((one) => `\`env.${one}\``),
  ];
}

interface ClaudeSwitches {
  readonly disableAllHooks?: unknown;
  readonly env?: unknown;
}

function settingsOf(path: string): ClaudeSwitches | "unreadable" {
  try {
    const value: unknown = JSON.parse(readSettings(path) ?? "{}");
    return typeof value === "object" && value !== null ? value : "unreadable";
  } catch (error) {
    if (error instanceof SyntaxError || isCesError(error)) return "unreadable";
    throw error;
  }
}
