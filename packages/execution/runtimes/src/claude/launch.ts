// How claude is started: flags, environment and the files that would configure it (spec/runtimes §3.1–3.6; S04, S07).
import type { AgentBox, AgentTask, LaunchPlan } from "../runtime.ts";
import { offeredTools } from "./tool-call.ts";

const inside = "/opt/agent/claude";

/** The whole plan. The client runs as the native binary itself, so that signals and PIDs are the real ones. */
export function launchClaude(task: AgentTask, box: AgentBox): LaunchPlan {
  return {
    argv: [inside, ...flags(task)],
    env: environment(box),
    files: configuration(box),
    emptyDirs: emptyDirs(box),
    mounts: [{ host: box.program, inside }],
    writableDirs: [box.home, "/tmp"],
  };
}

function flags(task: AgentTask): string[] {
  return [
    ...["-p", "--input-format", "stream-json", "--output-format", "stream-json", "--verbose"],
    // SECURITY: `dontAsk` refuses whatever the callback did not allow; bypass modes run it when an answer is odd (§3.6).
    ...["--permission-mode", "dontAsk", "--setting-sources", "", "--strict-mcp-config"],
    ...["--tools", offeredTools.join(","), "--disallowedTools", refusedTools.join(",")],
    ...["--session-id", task.session_id, "--model", task.model],
    ...(task.max_turns === null ? [] : ["--max-turns", `${task.max_turns}`]),
    ...(task.json_schema === null ? [] : ["--json-schema", JSON.stringify(task.json_schema)]),
  ];
}

// A second fence behind `--tools`: what reaches out, runs later or works beside the gate.
const refusedTools = [
  "WebFetch",
  "WebSearch",
  "Workflow",
  "CronCreate",
  "ScheduleWakeup",
  "EnterWorktree",
  "Monitor",
  "SendMessage",
];

function environment(box: AgentBox): Record<string, string> {
  return {
    PATH: "/usr/bin:/bin",
    HOME: box.home,
    LANG: "C.UTF-8",
    TERM: "dumb",
    ANTHROPIC_BASE_URL: box.modelUrl,
    // SECURITY: never a key; the gateway puts the real one in.
    ANTHROPIC_API_KEY: "dummy",
    DISABLE_TELEMETRY: "1",
    DISABLE_ERROR_REPORTING: "1",
    DISABLE_AUTOUPDATER: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
    CLAUDE_CODE_DISABLE_AUTO_MEMORY: "1",
    CLAUDE_CODE_MAX_RETRIES: "3",
    BASH_DEFAULT_TIMEOUT_MS: "300000",
    BASH_MAX_TIMEOUT_MS: "600000",
  };
}

// `--setting-sources ""` already ignores all of these; bound so that no other flag or version can bring them back.
function configuration(box: AgentBox): Record<string, string> {
  return {
    [`${box.home}/.claude/settings.json`]: "{}\n",
    [`${box.home}/.claude/settings.local.json`]: "{}\n",
    [`${box.home}/.claude/CLAUDE.md`]: "",
    [`${box.workspace}/.mcp.json`]: "{}\n",
  };
}

function emptyDirs(box: AgentBox): string[] {
  const own = ["agents", "commands", "hooks", "output-styles", "plugins", "rules", "skills"];
  return ["/etc/claude-code", ...own.map((name) => `${box.home}/.claude/${name}`), `${box.workspace}/.claude`];
}
