// Who typed this? Coding agents mark the shells they open. A marker makes the caller an agent, whatever else it claims (S21).
import type { Environment } from "./secrets.ts";

const markers =
  /^(CLAUDECODE|CLAUDE_CODE(_.*)?|CODEX(_.*)?|CURSOR_AGENT|GEMINI_CLI|OPENCODE|CLINE_ACTIVE|COPILOT_AGENT(_.*)?|AI_AGENT|AGENT)$/;

/** A person's own settings that only look like a marker. */
const settings = /^(CLAUDE_CODE_OAUTH_TOKEN|CLAUDE_CODE_USE_.*|CODEX_HOME)$/;

/** True when the environment says that an agent opened this shell. */
export function hasAgentMarker(env: Environment): boolean {
  return Object.keys(env).some((name) => markers.test(name) && !settings.test(name) && env[name] !== "");
}
