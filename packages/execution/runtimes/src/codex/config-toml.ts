// codex's whole configuration as one file, read with `--strict-config`: a key that a version does not know ends the run.
import type { AgentBox, AgentTask } from "../runtime.ts";

/** Content of `config.toml` (spec/runtimes §4.1; S04: explicit `untrusted`; S23: no skills, no project documents). */
export function codexConfig(task: AgentTask, box: AgentBox): string {
  return [
    `model = ${text(task.model)}`,
    'model_provider = "gate"',
    "check_for_update_on_startup = false",
    "allow_login_shell = false",
    "project_doc_max_bytes = 0",
    'web_search = "disabled"',
    "analytics = { enabled = false }",
    "agents = { enabled = false }",
    "skills = { include_instructions = false, bundled = { enabled = false } }",
    // Only variables of the operating system reach the commands.
    'shell_environment_policy = { inherit = "core" }',
    "",
    "[features]",
    ...featuresOff.map((name) => `${name} = false`),
    "",
    "[model_providers.gate]",
    'name = "gate"',
    `base_url = ${text(`${box.modelUrl}/v1`)}`,
    'wire_api = "responses"',
    'env_key = "GATE_KEY"',
    "request_max_retries = 2",
    "stream_max_retries = 2",
    "stream_idle_timeout_ms = 300000",
    "",
    ...[...new Set([box.workspace, box.cwd])].flatMap((path) => [
      `[projects.${text(path)}]`,
      'trust_level = "untrusted"',
      "",
    ]),
  ].join("\n");
}

// `unified_exec_tty`: typed input of a terminal is never asked. `view_image` reads files unasked. `multi_agent`, `goals`:
// work beside the asked turn. `hooks`, `plugins`, `apps`: other people's code. `guardian_approval`: a model answers the gate.
const featuresOff = [
  "apps",
  "browser_use",
  "computer_use",
  "goals",
  "guardian_approval",
  "hooks",
  "image_generation",
  "multi_agent",
  "plugins",
  "shell_snapshot",
  "skill_search",
  "tool_suggest",
  "unified_exec_tty",
  "view_image",
];

// A TOML basic string: JSON's escapes are a subset of TOML's, except DEL.
function text(value: string): string {
  return JSON.stringify(value).replaceAll("\u007f", "\\u007f");
}
