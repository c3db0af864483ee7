// The agent's last words: which block counts, what is forgiven, and that nothing in them can hurt the reader.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseClaim } from "../src/index.ts";
import { claim } from "./facts.ts";

const id = claim.task_id;
const block = (value: unknown, fence = "```") =>
  `${fence}ces:completion\n${typeof value === "string" ? value : JSON.stringify(value, null, 2)}\n${fence}\n`;

test("a whole claim comes back as it is", () =>
  expect(parseClaim(`Done.\n\n${block(claim)}\nBye.`, id)).toEqual({ kind: "claim", claim }));
test("no block is missing", () => expect(parseClaim("all tests pass", id)).toEqual({ kind: "missing" }));

describe("the last valid block for this task", () => {
  test("an example that was quoted first does not count", () =>
    expect(parseClaim(block({ ...claim, summary: "example" }) + block(claim), id)).toMatchObject({
      claim: { summary: "done" },
    }));
  test("a broken block after it does not hide it", () =>
    expect(parseClaim(`${block(claim)}${block('{"task_id":')}`, id)).toMatchObject({ kind: "claim" }));
  test("another task is not this one", () =>
    expect(parseClaim(block({ ...claim, task_id: "M-2" }), id)).toEqual({
      kind: "malformed",
      why: "the block is about another task",
    }));
  test("an unclosed block counts: the answer was cut off or the fence forgotten", () =>
    expect(parseClaim(`\`\`\`ces:completion\n${JSON.stringify(claim)}`, id)).toMatchObject({ kind: "claim" }));
  test("longer fences may hold shorter ones", () =>
    expect(parseClaim(block({ ...claim, summary: "```" }, "````"), id)).toMatchObject({ claim: { summary: "```" } }));
});

describe("lenient where the agent is sloppy, closed where it matters", () => {
  test("missing lists and unknown members", () =>
    expect(parseClaim(block({ task_id: id, mood: "good" }), id)).toMatchObject({
      kind: "claim",
      claim: { files_changed: [], verification_commands: [] },
    }));
  test("a summary that is too long is cut", () =>
    expect(parseClaim(block({ task_id: id, summary: "x".repeat(9000) }), id)).toMatchObject({
      claim: { summary: "x".repeat(4000) },
    }));
  test.each([
    ["not JSON", "{"],
    ["a list", "[]"],
    ["two spellings", `{"task_id":"x","task_id":"${id}"}`],
    ["a wrong kind", JSON.stringify({ task_id: id, files_changed: "src/a.js" })],
    ["a command without exit code", JSON.stringify({ task_id: id, verification_commands: [{ command: "npm test" }] })],
    ["too deep", `{"task_id":"${id}","x":${"[".repeat(50)}${"]".repeat(50)}}`],
  ])("%s is malformed", (_name, text) => expect(parseClaim(block(text), id).kind).toBe("malformed"));
});

test("law: total for any text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("```", "````", "ces:completion", "\n", "{", "}", '"task_id"', ":", id, " ")),
      (parts) => {
        expect(["claim", "missing", "malformed"]).toContain(parseClaim(parts.join(""), id).kind);
      },
    ),
  );
});

test("thousands of blocks and megabytes of backticks are answered", () => {
  expect(parseClaim(`${"```ces:completion\n{}\n```\n".repeat(20_000)}${block(claim)}`, id).kind).toBe("claim");
  expect(parseClaim("`".repeat(5_000_000), id).kind).toBe("missing");
});
