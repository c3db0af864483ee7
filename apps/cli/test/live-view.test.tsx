// Frames of the live view, as Ink draws them, at 80 and 120 columns.
import { render } from "ink";
import type { Progress, Question } from "@ces/records";
import { describe, expect, test } from "vitest";
import { LiveView } from "../src/ui/live-view.tsx";
import { liveState } from "../src/ui/live-state.ts";
import { hostile, story } from "./progress-story.ts";
import { frameSink, keyboard } from "./scripted-terminal.ts";

// oxlint-disable-next-line no-control-regex -- that is what is looked for
const control = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u202E]/;
const sgr = /\u001B\[[0-9;]*m/g;
const question: Question = {
  id: "q",
  text: "Which workflows matter most?",
  detail: "several: one per line or ;",
  kind: "text",
  choices: [],
  default_answer: "",
};

async function framesOf(
  events: readonly Progress[],
  size: { columns: number; rows: number },
  asked: Question | null = null,
) {
  const stdout = frameSink(size.columns, size.rows);
  const stdin = keyboard();
  const state = liveState();
  const watch = () => 65_000;
  const instance = render(<LiveView state={state} watch={watch} colour={false} stop={() => {}} />, {
    stdout,
    stdin,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  for (const event of events) state.report(event);
  const answer = asked ? state.ask(asked, new AbortController().signal) : null;
  await instance.waitUntilRenderFlush();
  return {
    instance,
    stdin,
    answer,
    last: () => (stdout.frames.findLast((frame) => frame.trim() !== "") ?? "").replace(sgr, "").trimEnd(),
  };
}

for (const columns of [80, 120]) {
  describe(`at ${columns} columns`, () => {
    test("while it works", async () => {
      const { instance, last } = await framesOf(story, { columns, rows: 60 });
      await expect(last()).toMatchFileSnapshot(`snapshots/live-${columns}.txt`);
      instance.unmount();
    });

    test("in a low window, with a question", async () => {
      const { instance, last } = await framesOf(story, { columns, rows: 24 }, question);
      await expect(last()).toMatchFileSnapshot(`snapshots/live-low-${columns}.txt`);
      instance.unmount();
    });

    test("no foreign control byte reaches a frame, and no line is too long", async () => {
      const asked = { ...question, text: hostile, detail: hostile, default_answer: hostile };
      const { instance, last } = await framesOf(story, { columns, rows: 60 }, asked);
      expect(last()).toContain("\\x1b]52");
      expect(last()).not.toMatch(control);
      for (const line of last().split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
      instance.unmount();
    });
  });
}

test("the person's typed answer is the answer", async () => {
  const { instance, stdin, answer, last } = await framesOf(
    [],
    { columns: 80, rows: 24 },
    { ...question, kind: "choice", choices: ["allow", "deny"], default_answer: null },
  );
  stdin.write("perhaps");
  await expect.poll(last).toContain("perhaps");
  stdin.write("\r");
  await expect.poll(last).toContain("type one of allow, deny");
  stdin.write("d");
  await expect.poll(last).toContain("> d");
  stdin.write("\r");
  expect(await answer).toBe("deny");
  await expect.poll(last).not.toContain("type one of");
  instance.unmount();
});

test("an aborted question rejects, so that the command ends", async () => {
  const state = liveState();
  const stop = new AbortController();
  const answer = state.ask(question, stop.signal);
  stop.abort(new DOMException("interrupted", "AbortError"));
  await expect(answer).rejects.toThrow("interrupted");
  expect(state.now().asking).toBeNull();
});
