// Who answers what (DESIGN §2): `--yes` takes defaults, and never consents to a tool call or in a person's place.
import type { Ask } from "@ces/ports";
import type { Question } from "@ces/records";
import { expect, test } from "vitest";
import { answerer, judgeTyped, questionHint } from "../src/answer.ts";

const text: Question = { id: "q", text: "?", detail: "", kind: "text", choices: [], default_answer: "blank" };
const person: Ask = async ({ id }) => ({ id, value: "typed", by: "person" });
const alone = { yes: false, person: null, agent: false };

test("--yes takes the default, and asks a person where there is none", async () => {
  expect(await answerer({ ...alone, yes: true })(text)).toEqual({ id: "q", value: "blank", by: "yes" });
  expect(await answerer({ ...alone, yes: true, person })(text)).toEqual({ id: "q", value: "blank", by: "yes" });
  expect(await answerer({ ...alone, yes: true, person })({ ...text, default_answer: null })).toEqual({
    id: "q",
    value: "typed",
    by: "person",
  });
});

test("nobody is there", async () => {
  expect(await answerer(alone)(text)).toEqual({ id: "q", value: null, by: "nobody" });
  expect(await answerer({ ...alone, yes: true })({ ...text, default_answer: null })).toEqual({
    id: "q",
    value: null,
    by: "nobody",
  });
});

test.each(["tool", "challenge"] as const)("a %s question is for a person only", async (kind) => {
  const asked: Question = { ...text, kind, default_answer: "allow" };
  expect((await answerer({ ...alone, yes: true })(asked)).by).toBe("nobody");
  expect((await answerer({ ...alone, yes: true, person })(asked)).by).toBe("person");
  expect((await answerer({ yes: true, person, agent: true })(asked)).by).toBe("nobody");
});

test.each([
  [{ kind: "confirm", choices: ["yes", "no"], default_answer: "yes" }, "", "yes"],
  [{ kind: "confirm", choices: [], default_answer: null }, "Y", "yes"],
  [{ kind: "confirm", choices: [], default_answer: null }, "perhaps", undefined],
  [{ kind: "tool", choices: ["allow", "deny"], default_answer: null }, "", undefined],
  [{ kind: "tool", choices: ["allow", "deny"], default_answer: null }, "a", "allow"],
  [{ kind: "tool", choices: ["allow", "deny"], default_answer: null }, "2", "deny"],
  [{ kind: "choice", choices: ["preserve", "promote"], default_answer: null }, "p", undefined],
  [{ kind: "choice", choices: ["preserve", "promote"], default_answer: "preserve" }, "", "preserve"],
  [{ kind: "text", choices: [], default_answer: null }, "  a b ", "a b"],
  [{ kind: "text", choices: [], default_answer: null }, " ", undefined],
  [{ kind: "text", choices: [], default_answer: "" }, "", ""],
] as const)("%o answered `%s` is %s", (question, typed, expected) => {
  const judged = judgeTyped({ ...text, ...question, choices: [...question.choices] }, typed);
  expect(judged.kind === "value" ? judged.value : undefined).toBe(expected);
});

test("the hint says what an empty line means", () => {
  expect(questionHint({ ...text, kind: "confirm", default_answer: "no" })).toBe("y/N");
  expect(questionHint({ ...text, kind: "tool", choices: ["allow", "deny"], default_answer: null })).toBe(
    "1 allow, 2 deny",
  );
  expect(questionHint({ ...text, default_answer: "" })).toBe("enter for none");
});
