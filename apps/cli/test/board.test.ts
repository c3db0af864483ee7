import { Stage, type Progress } from "@ces/records";
import { expect, test } from "vitest";
import { advanceBoard, emptyBoard } from "../src/ui/board.ts";
import { story } from "./progress-story.ts";

const boardOf = (events: readonly Progress[]) => events.reduce(advanceBoard, emptyBoard);

test("a board says where the delivery stands", () => {
  const board = boardOf(story);
  expect(board.delivery_id).toBe("D-0123456789ab");
  expect(board.stages.map(({ status }) => status)).toEqual([
    "done",
    "done",
    "done",
    "done",
    "failed",
    "waiting",
    "skipped",
    "waiting",
    "waiting",
  ]);
  expect(board.asked).toEqual({ allow: 1, ask: 0, deny: 1 });
  expect(board.checks.map(({ variant, status }) => [variant, status])).toEqual([
    ["as_is", "passed"],
    ["base_definitions", "failed"],
  ]);
  expect(board.budgets.map(({ name, used }) => [name, used])).toEqual([
    ["tokens", 31_000],
    ["requests", 46],
  ]);
  expect(board.runs).toEqual([]);
  expect(board.finding_count).toBe(2);
});

test("a check whose end is never told is not running for ever", () => {
  const check = { kind: "check", check_id: "t", variant: "base", duration_ms: 0, note: "" } as const;
  const running = boardOf([{ ...check, status: "started" }]);
  expect(running.checks).toHaveLength(1);
  expect(advanceBoard(running, { kind: "stage", stage: "agent", status: "done", note: "" }).checks).toHaveLength(1);
  expect(advanceBoard(running, { kind: "stage", stage: "checks", status: "done", note: "" }).checks).toEqual([]);
});

test("a run is on the board while it lives", () => {
  const until = story.findIndex((event) => event.kind === "run" && event.status === "ended");
  expect(boardOf(story.slice(0, until)).runs.map(({ label }) => label)).toEqual(["claude"]);
});

test("a board of a long run stays small", () => {
  const [call] = story.filter((event) => event.kind === "call");
  const board = boardOf(Array.from({ length: 500 }, () => call!));
  expect(board.calls.length).toBe(50);
  expect(board.calls.at(-1)?.number).toBe(500);
  expect(board.asked.allow).toBe(500);
});

test("every stage of the thread has its row", () => {
  expect(emptyBoard.stages.map(({ stage }) => stage)).toEqual(Stage.options);
});
