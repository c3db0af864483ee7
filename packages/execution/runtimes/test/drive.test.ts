// Lines and answers, whatever the dialect.
import { describe, expect, it } from "vitest";
import { driveAgent, splitLines } from "../src/drive.ts";
import { readClientLine } from "../src/read-line.ts";
import { runtimes } from "../src/registry.ts";
import { replay } from "../src/replay/replay.ts";
import { supportedVersion } from "../src/support.ts";
import { allow, taskOf } from "./session.ts";

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === "string" ? Buffer.from(part) : part;
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe("splitLines", () => {
  it("cuts at line ends only, wherever the chunks were cut", async () => {
    const euro = Buffer.from("€\n");
    expect(await collect(splitLines(chunks("a\nb", "c\n\n", euro.subarray(0, 1), euro.subarray(1), "rest")))).toEqual([
      "a",
      "bc",
      "",
      "€",
      "rest",
    ]);
  });

  it.each([
    ["a line that never ends", ["aaaa", "aaaa", "aaaa"]],
    ["a long line in one piece", ["aaaaaaaaaaaa\n"]],
    ["bytes that are no text", [new Uint8Array([0xff, 10])]],
  ])("refuses %s", async (_, parts) => {
    await expect(collect(splitLines(chunks(...parts), 10))).rejects.toMatchObject({ code: "STREAM_FORGED" });
  });

  it("ends the run as forged", async () => {
    const task = taskOf({ cassette: { schema: "ces.cassette/v1", name: "x", request: "x", steps: [], reviews: {} } });
    const io = { lines: splitLines(chunks(new Uint8Array([0xff, 10]))), send: () => {}, closeInput: () => {} };
    const end = await driveAgent(replay, io, task, {
      decide: async () => allow,
      report: () => {},
      activity: () => {},
      signal: new AbortController().signal,
    });
    expect(end).toMatchObject({ outcome: "stream_forged", reason: { code: "STREAM_FORGED" } });
  });
});

describe("readClientLine", () => {
  it.each([
    ['"\\ud83d"', "\ufffd"],
    ['"\\ude00"', "\ufffd"],
    ['"\\ud83d\\ude00 \\ud83d"', "\u{1f600} \ufffd"],
    ['"\\\\ud83d \\ud83d"', "\\ud83d \ufffd"],
  ])("mends half a pair in %s", (line, value) => {
    expect(readClientLine(line)).toEqual({ kind: "parsed", value });
  });

  it("mends nothing else", () => {
    expect(readClientLine('{"a":1,"a":2}')).toMatchObject({ kind: "refused", cause: "duplicate_key" });
    expect(readClientLine("{} {}")).toMatchObject({ kind: "refused" });
  });
});

describe("questions", () => {
  it("are decided one at a time, in the client's order, and never after the end", async () => {
    const seen: string[] = [];
    const line = (id: string) => JSON.stringify({ type: "ask", id, tool: "Bash", input: { command: id } });
    async function* stream(): AsyncGenerator<string> {
      yield line("first");
      yield line("second");
      yield line("third");
      await new Promise((resolve) => setTimeout(resolve, 60));
      yield JSON.stringify({ type: "merge" });
    }
    const task = taskOf({ cassette: { schema: "ces.cassette/v1", name: "x", request: "x", steps: [], reviews: {} } });
    const sent: string[] = [];
    await driveAgent(replay, { lines: stream(), send: (text) => sent.push(text), closeInput: () => {} }, task, {
      decide: async ({ call_id }) => {
        seen.push(`${call_id} in`);
        await new Promise((resolve) => setTimeout(resolve, call_id === "first" ? 20 : 200));
        seen.push(`${call_id} out`);
        return allow;
      },
      report: () => {},
      activity: () => {},
      signal: new AbortController().signal,
    });
    expect(seen).toEqual(["first in", "first out", "second in"]);
    expect(sent.filter((text) => text.includes("verdict")).length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sent.filter((text) => text.includes("verdict")).length).toBe(1);
    expect(seen).toEqual(["first in", "first out", "second in", "second out"]);
  });
});

describe("every runtime", () => {
  const box = {
    cwd: "/workspace",
    workspace: "/workspace",
    home: "/home/agent",
    modelUrl: "http://127.0.0.1:8787",
    program: "/opt/x/bin/codex",
  };
  const cassette = { schema: "ces.cassette/v1", name: "x", request: "x", steps: [], reviews: {} };

  it("stands in the registry under its name, sorted", () => {
    expect(runtimes.map(({ name }) => name)).toEqual(["claude", "codex", "replay"]);
  });

  it.each(runtimes.map((runtime) => [runtime.name, runtime] as const))(
    "%s: starts from mounted files only and holds no credential",
    (_, runtime) => {
      const plan = runtime.launch(taskOf({ cassette }), box);
      const mounted = plan.mounts.some(
        ({ inside }) => plan.argv[0] === inside || plan.argv[0]?.startsWith(`${inside}/`),
      );
      expect(mounted).toBe(true);
      expect(Object.values(plan.env).filter((value) => /^sk-|key-/i.test(value))).toEqual([]);
      expect([...Object.keys(plan.files), ...plan.emptyDirs].every((path) => path.startsWith("/"))).toBe(true);
      expect(plan.writableDirs).toEqual(["/home/agent", "/tmp"]);
    },
  );

  it.each([
    ["claude", "2.1.328 (Claude Code)\n", "2.1.328"],
    ["codex", "codex-cli 0.169.0\n", "0.169.0"],
    ["replay", "v24.21.0\n", "1"],
  ] as const)("%s is recognised by what it prints", (name, output, version) => {
    const runtime = runtimes.find((one) => one.name === name);
    if (!runtime) throw new Error(name);
    expect(supportedVersion(runtime, output, [])).toEqual({ kind: "supported", version, tested: true });
    expect(supportedVersion(runtime, "hello", [])).toMatchObject({ kind: "refused", code: "RUNTIME_UNREADABLE" });
  });

  it("refuses a version that was not tested, unless the user's own configuration names it", () => {
    const [claude] = runtimes;
    if (!claude) throw new Error("no runtime");
    expect(supportedVersion(claude, "2.1.329 (Claude Code)", [])).toMatchObject({
      kind: "refused",
      code: "RUNTIME_UNTESTED",
    });
    expect(supportedVersion(claude, "2.1.329 (Claude Code)", ["2.1.329"])).toEqual({
      kind: "supported",
      version: "2.1.329",
      tested: false,
    });
  });

  it("is found behind its npm wrapper", () => {
    const [claude, codex] = runtimes;
    expect(claude?.nativeBinaries("/n/node_modules/@anthropic-ai/claude-code/bin/claude.exe")[0]).toBe(
      "/n/node_modules/@anthropic-ai/claude-code-linux-x64/claude",
    );
    expect(codex?.nativeBinaries("/n/node_modules/@openai/codex/bin/codex.js")[0]).toBe(
      "/n/node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex",
    );
    expect(codex?.nativeBinaries("/usr/local/bin/codex")).toEqual(["/usr/local/bin/codex"]);
  });
});
