// From a request to a brief: what is asked, what is not, and who answered.
import { describe, expect, test } from "vitest";
import type { Answer } from "@ces/records";
import { briefQuestions, detectProjectMode, inferAcceptance, makeBrief, splitAnswer } from "../src/index.ts";

const at = "2026-01-01T00:00:00.000Z";
const ids = (mode: "greenfield" | "brownfield", given: Parameters<typeof briefQuestions>[1]) =>
  briefQuestions(mode, given).map(({ id }) => id);

describe("one detector", () => {
  test.each([[[]], [[".git"]], [[".git", ".ces", ".gitignore"]], [[".hg", ".svn", "__pycache__"]]])(
    "%j is greenfield",
    (names) => expect(detectProjectMode(names)).toBe("greenfield"),
  );
  test.each([[["README.md"]], [[".git", "src"]], [[".github"]], [[".gitignore2"]]])("%j is brownfield", (names) =>
    expect(detectProjectMode(names)).toBe("brownfield"),
  );
  test("the person may say so", () => {
    expect(detectProjectMode(["src"], { force: "greenfield" })).toBe("greenfield");
    expect(detectProjectMode([], { force: "brownfield" })).toBe("brownfield");
  });
});

describe("questions", () => {
  test("brownfield asks six, greenfield four", () => {
    expect(ids("brownfield", {})).toEqual([
      "request",
      "constraints",
      "acceptance_criteria",
      "must_not_break",
      "source_of_truth",
      "critical_flows",
    ]);
    expect(ids("greenfield", {})).toEqual(["request", "constraints", "acceptance_criteria", "must_not_break"]);
  });
  test("a flag is not asked again; a blank one is", () => {
    expect(
      ids("greenfield", { request: "x", constraints: ["a"], acceptance_criteria: [], must_not_break: [" "] }),
    ).toEqual(["acceptance_criteria"]);
    expect(ids("greenfield", { request: "  " })).toContain("request");
  });
  test("only the request has no default", () => {
    expect(
      briefQuestions("brownfield", {})
        .filter(({ default_answer }) => default_answer === null)
        .map(({ id }) => id),
    ).toEqual(["request"]);
  });
  test("brownfield asks what must be preserved", () =>
    expect(briefQuestions("brownfield", {}).find(({ id }) => id === "must_not_break")?.text).toContain("preserved"));
});

describe("the brief", () => {
  const answer = (id: string, value: string, by: Answer["by"] = "person"): Answer => ({ id, value, by });
  test("answers and flags together", () => {
    const answers = [
      answer("constraints", "no new dependency; node 24"),
      answer("acceptance_criteria", "a\nb"),
      answer("must_not_break", "", "yes"),
      answer("source_of_truth", " tests "),
    ];
    expect(
      makeBrief({
        brief_id: "BB-1",
        mode: "brownfield",
        given: { request: "do x", critical_flows: ["checkout"] },
        answers,
        at,
      }),
    ).toEqual({
      brief_id: "BB-1",
      request: "do x",
      project_mode: "brownfield",
      constraints: ["no new dependency", "node 24"],
      acceptance_criteria: ["a", "b"],
      must_not_break: [],
      source_of_truth: "tests",
      critical_flows: ["checkout"],
      defaulted: ["must_not_break"],
      created_at: at,
    });
  });
  test("`--yes` needs no other flag: acceptance comes from the request as it is, semicolons and all", () => {
    const brief = makeBrief({
      brief_id: "BB-1",
      mode: "greenfield",
      given: { request: "do x; then y" },
      answers: [answer("acceptance_criteria", "stale", "yes")],
      at,
    });
    expect(brief).toMatchObject({
      acceptance_criteria: inferAcceptance("do x; then y"),
      defaulted: ["acceptance_criteria"],
    });
    expect(brief.acceptance_criteria[0]).toContain("do x; then y");
  });
  test("no request is an error with a remedy", () => {
    expect(() =>
      makeBrief({
        brief_id: "BB-1",
        mode: "greenfield",
        given: {},
        answers: [{ id: "request", value: null, by: "nobody" }],
        at,
      }),
    ).toThrow(expect.objectContaining({ code: "BRIEF_NO_REQUEST", remedy: expect.stringContaining("ces build") }));
  });
  test("a blank request infers nothing", () => expect(inferAcceptance(" \n")).toEqual([]));
  test("answers split on lines and semicolons", () => expect(splitAnswer(" a ;\n; b")).toEqual(["a", "b"]));
});
