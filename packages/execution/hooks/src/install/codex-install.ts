// Codex: `hooks.json`, trust and the closed typing hole in `config.toml`, prefix rules; or the machine's `requirements.toml`.
import { CesError } from "@ces/kernel";
import { codexRules } from "./codex-rules.ts";
import { codexTrust } from "./codex-trust.ts";
import { hookCommand, HOST_SECONDS } from "./hook-command.ts";
import type { HostFile, HostInstall, InstallHost, InstallRequest } from "./install-plan.ts";
import { jsonHookFile } from "./json-hook-file.ts";
import { withoutOurToml, withTomlKey } from "./toml-lines.ts";

/** Installs the hook for every tool. A project's hooks run only where codex trusts the project. */
export const installCodex: InstallHost = (request) => {
  if (request.scope === "managed") return managed(request);
  const folder = codexFolder(request);
  const hooks = jsonHookFile(`${folder}/hooks.json`, [{ path: ["hooks", "PreToolUse"], element: codexHook(request) }]);
  if (request.scope === "project") return { files: [hooks], notes: [trustNote] };
  return { files: [hooks, userConfig(folder, hooks.path), rulesFile(folder)], notes: [] };
};

const trustNote = "codex runs a project's hook only after you trusted the project and, under `/hooks`, the hook";

/** The element of `hooks.PreToolUse`. */
export const codexHook = ({ programs }: Pick<InstallRequest, "programs">): object => ({
  matcher: "*",
  hooks: [{ type: "command", command: hookCommand("codex", programs), timeout: HOST_SECONDS }],
});

function codexFolder({ scope, places }: InstallRequest): string {
  if (scope === "project") return `${places.project}/.codex`;
  return places.env["CODEX_HOME"] || `${places.home}/.codex`;
}

/**
 * SECURITY: with `unified_exec_tty` an agent opens a shell and types into it; the hook sees neither (spec/runtimes §4.6).
 * The trust is written because a hook that is not trusted is silently not run; the user sees both lines before.
 */
function userConfig(folder: string, hooks: string): HostFile {
  const path = `${folder}/config.toml`;
  return {
    path,
    purpose: "trust in the hook, and no terminals to type into unseen",
    whole: false,
    edit: (text, planned) => {
      const trust = codexTrust(hooks, planned.get(hooks) ?? "{}");
      const closed = withTomlKey(text ?? "", { table: "features", key: "unified_exec_tty", value: "false" }, path);
      if (trust === undefined) return closed;
      const table = `hooks.state.${JSON.stringify(trust.key)}`;
      return withTomlKey(closed, { table, key: "trusted_hash", value: JSON.stringify(trust.hash) }, path);
    },
    remove: withoutOurToml,
  };
}

const rulesFile = (folder: string): HostFile => ({
  path: `${folder}/rules/ces-guard.rules`,
  purpose: "prefix rules of the host's own as a second layer",
  whole: true,
  edit: () => codexRules,
  remove: () => null,
});

const BEGIN = "# ces guard: begin";
const END = "# ces guard: end";

// Managed hooks need no trust, and users' hooks stay allowed.
function managed(request: InstallRequest): HostInstall {
  const path = `${request.places.system}etc/codex/requirements.toml`;
  const command = hookCommand("codex", request.programs);
  const block = [
    BEGIN,
    "[features]",
    "unified_exec_tty = false",
    "",
    "[hooks]",
    `managed_dir = ${JSON.stringify(folderOf(request.programs.entry))}`,
    "",
    "[[hooks.PreToolUse]]",
    'matcher = "*"',
    "",
    "[[hooks.PreToolUse.hooks]]",
    'type = "command"',
    `command = ${JSON.stringify(command)}`,
    `timeout = ${HOST_SECONDS}`,
    END,
    "",
  ].join("\n");
  const file: HostFile = {
    path,
    purpose: "the machine's hook, which needs no trust and cannot be switched off",
    whole: false,
    edit: (text) => {
      const rest = withoutBlock(text ?? "") ?? text ?? "";
      if (/^\s*\[?\[?\s*"?(?:features|hooks)\b/m.test(rest))
        throw new CesError("GUARD_SETTINGS", `\`${path}\` is not changed: it has features or hooks of its own`, {
          remedy: "add the guard's hook there by hand; `ces guard install --for codex` shows its line",
        });
      return `${rest}${rest === "" || rest.endsWith("\n") ? "" : "\n"}${block}`;
    },
    remove: withoutBlock,
  };
  return { files: [file], notes: [] };
}

function withoutBlock(text: string): string | null {
  const start = text.indexOf(`${BEGIN}\n`);
  const end = text.indexOf(`${END}\n`, start);
  return start === -1 || end === -1 ? null : text.slice(0, start) + text.slice(end + END.length + 1);
}

const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));
