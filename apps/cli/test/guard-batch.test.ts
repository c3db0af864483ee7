// `ces guard check --batch`: a writer that is slower than the start of the process is waited for, a line that is no question is named.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const home = mkdtempSync(join(tmpdir(), "ces-batch-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const main = join(import.meta.dirname, "../src/main.ts");

// Through a shell's pipe: node's own pipes to a child block, and nothing would be seen.
function batch(
  writer: string,
): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const ces = `'${process.execPath}' '${main}' guard check --batch --cwd '${home}' --home '${home}'`;
  const child = spawn("sh", ["-c", `(${writer}) | ${ces}`], { stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => void (text.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => void (text.stderr += data.toString()));
  return new Promise((done) => child.on("close", (status) => done({ status, ...text })));
}

test("a slow writer is waited for", async () => {
  const { status, stdout } = await batch(
    `sleep 1; echo '{"id": "a", "command": "ls"}'; sleep 0.2; echo '{"id": "b", "command": "sudo ls"}'`,
  );
  const answers = stdout
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(status).toBe(0);
  expect(answers).toMatchObject([
    { id: "a", decision: "allow" },
    { id: "b", decision: "deny" },
  ]);
});

test.each([
  ["text", "nonsense"],
  ["a list", "[]"],
  ["no id", `{"command": "ls"}`],
  ["a command that is no text", `{"id": "a", "command": 3}`],
])("a line that is %s answers nothing", async (_, line) => {
  const { status, stdout, stderr } = await batch(`printf '%s\\n' '{"id": "a", "command": "ls"}' '${line}'`);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("line 2 is no question");
});
