// One id for a call: copies before it and deletes by it are one command of the trash's journal, and the guard lets the ids pass.
import { judgeCommand, noFacts, type Setting } from "@ces/guard";
import { expect, test } from "vitest";
import { callIds, withIds } from "../src/call-ids.ts";
import type { JudgedCall } from "../src/hook-call.ts";

const exampleSetting: Setting = {
  cwd: "/work",
  home: "/home/dev",
  user: "dev",
  workspaces: ["/work"],
  path: ["/usr/bin", "/bin"],
  variables: new Map(),
  mode: "standard",
  own_names: ["ces"],
  trash_command: "ces trash put",
  own_places: ["/home/dev/.local/state/ces"],
  advisories: null,
  allow_rules: [],
  governed: false,
  now: 0,
};

const call = (more: Partial<JudgedCall> = {}): JudgedCall => ({
  kind: "shell",
  command: "x",
  tool: "Bash",
  cwd: "/work",
  session: "s 1",
  id: "toolu_01",
  roots: [],
  input: {},
  ...(more as object), // only what is common to all kinds is given
});

test("the host's ids, in letters that mean nothing to a shell", () => {
  expect(callIds(call())).toEqual({ CES_SESSION_ID: "s_1", CES_COMMAND_ID: "toolu_01" });
  expect(callIds(call({ id: "a;rm -rf /" }))).toMatchObject({ CES_COMMAND_ID: "a_rm_-rf__" });
});

test("a call without an id has one of its own, always the same", () => {
  const [one, other] = [call({ id: "" }), call({ id: "" })];
  expect(callIds(one)).toEqual(callIds(one));
  expect(callIds(one).CES_COMMAND_ID).toMatch(/^call-\d+-[0-9a-z]+$/);
  expect(callIds(other)).not.toEqual(callIds(one));
});

test.each([
  ["ces trash put x", "CES_SESSION_ID=s_1 CES_COMMAND_ID=toolu_01 ces trash put x"],
  ["ces trash put -r 'a b'", "CES_SESSION_ID=s_1 CES_COMMAND_ID=toolu_01 ces trash put -r 'a b'"],
  ["ces trash put x && ls", "export CES_SESSION_ID=s_1 CES_COMMAND_ID=toolu_01; ces trash put x && ls"],
  ["ls | xargs ces trash put", "export CES_SESSION_ID=s_1 CES_COMMAND_ID=toolu_01; ls | xargs ces trash put"],
])("%s", (command, expected) => {
  expect(withIds(command, call())).toBe(expected);
  expect(judgeCommand(expected, exampleSetting, noFacts).decision).toBe(
    judgeCommand(command, exampleSetting, noFacts).decision,
  );
});

test("without a session only the command has an id", () => {
  expect(withIds("ces trash put x", call({ session: "" }))).toBe("CES_COMMAND_ID=toolu_01 ces trash put x");
});
