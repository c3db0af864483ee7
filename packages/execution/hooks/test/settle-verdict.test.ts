// The rewrite safety rule, and copies before anything that could lose data.
import type { Rescue } from "@ces/guard";
import { describe, expect, test } from "vitest";
import { judgeCall } from "../src/judge-call.ts";
import { hostOf } from "../src/hosts.ts";
import { settleVerdict, type SettlePorts } from "../src/settle-verdict.ts";
import { bytes, judged, judgedCall, shellEvents } from "./told.ts";

const call = judgedCall(hostOf("claude")?.readCall(bytes(shellEvents.claude("rm x"))) ?? { kind: "other", tool: "" });
const path = (name: string): Rescue => ({ kind: "path", path: `/work/${name}` });

function ports(more: Partial<SettlePorts> = {}): SettlePorts & { readonly kept: Rescue[] } {
  const kept: Rescue[] = [];
  return {
    kept,
    rescue: (rescues) => {
      kept.push(...rescues);
      return { kind: "kept" };
    },
    rescuesOfOriginal: () => null,
    warning: null,
    ...more,
  };
}

const trash = { kind: "trash", text: "ces trash put x" } as const;
const failing: Partial<SettlePorts> = { rescue: () => ({ kind: "failed", why: "the disk is full" }) };

test("what is allowed passes, what is denied says why and copies nothing", () => {
  const on = ports();
  expect(settleVerdict(judged("allow"), call, on)).toEqual({ kind: "pass", note: null });
  expect(settleVerdict(judged("deny", { rescues: [path("x")] }), call, on)).toEqual({
    kind: "deny",
    reason: "ces guard: it would deny [TEST_DENY]",
  });
  expect(on.kept).toEqual([]);
});

describe.each(["allow", "ask"] as const)("%s with something to copy aside", (decision) => {
  test("goes on once it was kept", () => {
    const on = ports();
    expect(settleVerdict(judged(decision, { rescues: [path("x")] }), call, on).kind).toBe(
      decision === "allow" ? "pass" : "ask",
    );
    expect(on.kept).toEqual([path("x")]);
  });

  test("is refused when it could not be kept", () => {
    const verdict = settleVerdict(judged(decision, { rescues: [path("x")] }), call, ports(failing));
    expect(verdict).toMatchObject({
      kind: "deny",
      reason: expect.stringContaining("the disk is full [RESCUE_FAILED]"),
    });
  });
});

describe("a rewrite", () => {
  const told = { kind: "deny", reason: expect.stringContaining("Run this instead: ces trash put x") };

  test("is told, not done, unless the unchanged text could be undone as well", () => {
    expect(settleVerdict(judged("rewrite", { rewrite: trash }), call, ports())).toEqual(told);
    expect(settleVerdict(judged("rewrite", { rewrite: trash }), call, ports({ rescuesOfOriginal: () => [] }))).toEqual(
      told,
    );
  });

  test("is done once everything the unchanged text would lose was kept", () => {
    const on = ports({ rescuesOfOriginal: () => [path("x")] });
    expect(settleVerdict(judged("rewrite", { rewrite: trash, rescues: [path("y")] }), call, on)).toMatchObject({
      kind: "instead",
      command: "CES_SESSION_ID=s1 CES_COMMAND_ID=t1 ces trash put x",
    });
    expect(on.kept).toEqual([path("y"), path("x")]);
  });

  test("is told when that could not be kept", () => {
    const on = ports({ ...failing, rescuesOfOriginal: () => [path("x")] });
    expect(settleVerdict(judged("rewrite", { rewrite: trash }), call, on)).toEqual(told);
  });

  test("of an install is told: scripts that ran cannot be undone by any copy", () => {
    const install = { kind: "install", text: "npm ci --ignore-scripts" } as const;
    const on = ports({ rescuesOfOriginal: () => [path("x")] });
    expect(settleVerdict(judged("rewrite", { rewrite: install }), call, on)).toMatchObject({ kind: "deny" });
    expect(on.kept).toEqual([]);
  });

  test("inside a question is told first, so that a person is asked about the text that runs", () => {
    const on = ports({ rescuesOfOriginal: () => [path("x")] });
    expect(settleVerdict(judged("ask", { rewrite: trash }), call, on)).toEqual(told);
  });

  test("without a text is no permission", () => {
    expect(settleVerdict(judged("rewrite"), call, ports())).toMatchObject({ kind: "deny" });
  });
});

test("a configuration that cannot be used is seen whatever the answer", () => {
  const on = ports({ warning: "guard.json is not used" });
  expect(settleVerdict(judged("allow"), call, on)).toEqual({ kind: "pass", note: "guard.json is not used" });
  expect(settleVerdict(judged("ask"), call, on)).toMatchObject({
    reason: expect.stringMatching(/^warning: guard\.json/),
  });
});

describe("tools that touch files", () => {
  const files = (...touches: readonly (readonly ["read" | "write" | "delete", string])[]) => ({
    ...call,
    kind: "files" as const,
    touches: touches.map(([verb, at]) => ({ verb, path: at })),
  });
  const asked: string[] = [];
  const judge = (command: string) => {
    asked.push(command);
    if (command.includes(".ssh")) return judged("deny");
    if (command.includes("secret")) return judged("ask");
    return command.startsWith("rm ") ? judged("rewrite", { rewrite: trash }) : judged("allow");
  };

  test("are judged as the shell text that would do the same", () => {
    asked.length = 0;
    judgeCall(files(["read", "/a b"], ["write", "-rf"], ["delete", "c/d"], ["write", "~/.bashrc"]), null, judge);
    expect(asked).toEqual(["cat '/a b'", "printf x >> ./-rf", "rm -r ./c/d", "printf x >> ~/./.bashrc"]);
  });

  test("take the strictest of their paths", () => {
    expect(judgeCall(files(["read", "/a"], ["write", "/h/.ssh/x"], ["read", "/secret"]), null, judge).decision).toBe(
      "deny",
    );
    expect(judgeCall(files(["read", "/a"], ["read", "/secret"]), null, judge).decision).toBe("ask");
    expect(judgeCall(files(["read", "/a"]), null, judge).decision).toBe("allow");
  });

  test("delete only what was copied aside: a tool's delete cannot be sent to the trash", () => {
    expect(judgeCall(files(["delete", "a"], ["delete", "/b"]), null, judge)).toMatchObject({
      decision: "allow",
      rewrite: null,
      rescues: [{ path: "/work/a" }, { path: "/b" }],
    });
  });

  test("leave the question about a place outside the workspace to the host, which asks it itself", () => {
    const [ground] = judged("ask").reasons;
    if (ground === undefined) throw new Error("no ground");
    const outside = { ...ground, kind: "unknown.outside-write" as const };
    const only = () => judged("ask", { reasons: [outside] });
    const both = () => judged("ask", { reasons: [outside, ground] });
    expect(judgeCall(files(["write", "/x"]), null, only).decision).toBe("allow");
    expect(judgeCall(files(["write", "/x"]), null, both)).toMatchObject({ decision: "ask", reasons: [ground] });
    expect(judgeCall(files(["write", "/x"]), null, () => judged("ask", { reasons: [] })).decision).toBe("ask");
  });
});

test("text for another shell is a question", () => {
  const foreign = { ...call, kind: "foreign" as const, tool: "PowerShell", command: "rm x" };
  expect(judgeCall(foreign, null, () => judged("allow"))).toMatchObject({
    decision: "ask",
    reasons: [{ code: "SHELL_UNKNOWN" }],
  });
});
