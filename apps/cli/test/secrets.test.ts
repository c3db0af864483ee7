// S01: what credentials look like from the moment `ces` runs.
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { hasAgentMarker } from "../src/agent-markers.ts";
import { takeSecrets } from "../src/secrets.ts";
import { openLog } from "../src/log.ts";

test("credentials leave the environment; what is left is frozen", () => {
  const process_env: Record<string, string | undefined> = {
    ANTHROPIC_API_KEY: "sk-ant-1",
    CLAUDE_CODE_OAUTH_TOKEN: "oat",
    OPENAI_API_KEY: "sk-2",
    CES_AUDIT_HMAC_SECRET: "x".repeat(40),
    GITHUB_TOKEN: "ghp",
    AWS_SECRET_ACCESS_KEY: "aws",
    DB_PASSWORD: "pw",
    PATH: "/bin",
    HOME: "/home/me",
    XDG_STATE_HOME: "/state",
    CES_LOG_LEVEL: "debug",
    ANTHROPIC_BASE_URL: "http://127.0.0.1:1",
  };
  const { secrets, env } = takeSecrets(process_env);
  expect(Object.keys(process_env)).toEqual(["PATH", "HOME", "XDG_STATE_HOME", "CES_LOG_LEVEL", "ANTHROPIC_BASE_URL"]);
  expect(env).toEqual(process_env);
  expect(Object.isFrozen(env)).toBe(true);
  expect(secrets.get("ANTHROPIC_API_KEY")).toBe("sk-ant-1");
  expect(secrets.names).toEqual([
    "ANTHROPIC_API_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "CES_AUDIT_HMAC_SECRET",
    "CLAUDE_CODE_OAUTH_TOKEN",
    "DB_PASSWORD",
    "GITHUB_TOKEN",
    "OPENAI_API_KEY",
  ]);
});

test("printing or serialising the secrets shows no value", () => {
  const { secrets } = takeSecrets({ OPENAI_API_KEY: "sk-visible" });
  expect(inspect(secrets, { depth: 10, showHidden: true })).not.toContain("sk-visible");
  expect(JSON.stringify(secrets)).not.toContain("sk-visible");
});

test("a log line never carries a key", () => {
  const lines: string[] = [];
  const key = `sk-ant-api03-${"a1B2".repeat(20)}`;
  for (const format of ["json", "text"]) {
    const log = openLog(
      { CES_LOG_FORMAT: format },
      (line) => lines.push(line),
      () => new Date(0),
    );
    log.error(`sent ${key}`, { api_key: "abc", text: `with ${key}` });
    log.debug("not at this level");
  }
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).not.toContain(key);
  expect(lines[0]).not.toContain("abc");
});

test.each([
  [{ CLAUDECODE: "1" }, true],
  [{ CLAUDE_CODE_ENTRYPOINT: "cli" }, true],
  [{ CODEX_SANDBOX: "seatbelt" }, true],
  [{ CURSOR_AGENT: "1" }, true],
  [{ GEMINI_CLI: "1" }, true],
  [{ CODEX_HOME: "/home/me/.codex" }, false],
  [{ CES_CODEX_BIN: "/opt/codex" }, false],
  [{ CLAUDECODE: "" }, false],
  [{}, false],
])("an agent's shell is known: %o", (env, expected) => {
  expect(hasAgentMarker(env)).toBe(expected);
});
