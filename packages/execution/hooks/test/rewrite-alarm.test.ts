// A changed command that ran unchanged is noticed afterwards, once, and only in the session and of the text it was said of.
import { expect, test } from "vitest";
import type { AuditEntry } from "../src/audit-line.ts";
import { appendAudit, newestAnswers } from "../src/audit-log.ts";
import { answerCall, type HookPorts } from "../src/answer-call.ts";
import { hostOf } from "../src/hosts.ts";
import { folder } from "./folder.ts";
import { bytes, judged, shellEvents } from "./told.ts";

const ran = (command: string, session = "s1"): object => ({
  ...shellEvents.claude(command),
  session_id: session,
  hook_event_name: "PostToolUse",
  tool_response: { stdout: "", stderr: "", interrupted: false },
});

function place() {
  const { places } = folder();
  const ports: HookPorts<string> = {
    session: ({ cwd }) => cwd,
    judge: (command) =>
      command.startsWith("rm")
        ? judged("rewrite", { rewrite: { kind: "trash", text: "ces trash put x" } })
        : judged("allow"),
    rescue: () => ({ kind: "kept" }),
    rescuesOfOriginal: () => [{ kind: "path", path: "/work/x" }],
    append: (entry: AuditEntry) => appendAudit(places, entry),
    newest: () => newestAnswers(places),
    warning: null,
    observe: false,
    elapsed: () => 1,
  };
  const host = hostOf("claude");
  if (host === undefined) throw new Error("no host");
  return { places, say: (event: object) => answerCall(host, bytes(event), () => ports) };
}

test("the first text ran: it is said, and written down; the next time it is not said again", () => {
  const { places, say } = place();
  expect(say(shellEvents.claude("rm x")).stdout).toContain("ces trash put x");
  const alarm = say(ran("rm x"));
  expect([alarm.exit, JSON.parse(alarm.stdout)]).toEqual([
    0,
    {
      decision: "block",
      reason: expect.stringContaining("ces undo"),
      systemMessage: expect.stringContaining("[REWRITE_IGNORED]"),
    },
  ]);
  expect(newestAnswers(places).map(({ answer }) => answer)).toEqual(["alarm", "instead"]);
  expect(say(ran("rm x")).stdout).toBe("{}\n");
});

test("the other text ran, or something that was only let pass, or in another session: nothing is said", () => {
  const { places, say } = place();
  say(shellEvents.claude("rm x"));
  say(shellEvents.claude("ls"));
  for (const event of [ran("CES_COMMAND_ID=t1 ces trash put x"), ran("ls"), ran("rm x", "s2"), ran("rm y")])
    expect(say(event)).toEqual({ stdout: "{}\n", stderr: "", exit: 0 });
  expect(newestAnswers(places)).toHaveLength(2);
});

test("what cannot be read is no alarm, and there need be no log", () => {
  const { say } = place();
  expect(say({ hook_event_name: "PostToolUse", tool_name: "Bash" }).stdout).toBe("{}\n");
  expect(say(ran("rm x")).stdout).toBe("{}\n");
});
