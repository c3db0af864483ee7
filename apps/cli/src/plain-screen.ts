// The view for pipes, logs and commands without frames: one line per event, then the outcome. Errors go to stderr.
import { createInterface } from "node:readline/promises";
import type { Ask } from "@ces/ports";
import type { Question } from "@ces/records";
import { judgeTyped, nobody, questionHint } from "./answer.ts";
import type { Ending, Screen, Sinks } from "./screen.ts";
import { errorLines } from "./shown-error.ts";
import { advanceBoard, emptyBoard } from "./ui/board.ts";
import { attention, dim, line, span, strong, type Line } from "./view/line.ts";
import { blockerLines, nextLine, sections } from "./view/layout.ts";
import type { Paint } from "./view/paint.ts";
import { progressLine } from "./view/progress-line.ts";

/** What the plain screen stands on. `interactive`: stdin and stdout are a terminal. */
export type PlainPlace = {
  readonly sinks: Sinks;
  readonly paint: Paint;
  readonly paintError: Paint;
  readonly interactive: boolean;
  readonly signal: AbortSignal;
};

/** A screen of lines. */
export function plainScreen(place: PlainPlace): Screen {
  let board = emptyBoard;
  const out = (one: Line): void => place.sinks.out(`${place.paint(one)}\n`);
  return {
    report: (event) => {
      const shown = progressLine(event, board);
      board = advanceBoard(board, event);
      if (shown) out(shown);
    },
    person: place.interactive ? askByLine(place, out) : null,
    logLine: (text) => place.sinks.err(`${text}\n`),
    suspend: (work) => work(),
    show: async (ending) => showEnding(ending, place, out),
  };
}

function showEnding(ending: Ending, place: PlainPlace, out: (one: Line) => void): void {
  if (ending.kind === "error") {
    for (const one of errorLines(ending.error)) place.sinks.err(`${place.paintError(one)}\n`);
    return;
  }
  if (ending.redraw && place.interactive) place.sinks.out("\u001B[2J\u001B[H");
  const { blockers, next, document } = ending.outcome;
  if (document !== undefined) return place.sinks.out(document);
  for (const one of sections(ending.lines(), blockerLines(blockers), nextLine(next))) out(one);
}

function askByLine(place: PlainPlace, out: (one: Line) => void): Ask {
  return async (question) => {
    for (const one of questionLines(question)) out(one);
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      for (;;) {
        const judged = judgeTyped(question, await lines.question("> ", { signal: place.signal }));
        if (judged.kind === "value") return { id: question.id, value: judged.value, by: "person" };
        out(line(attention`${judged.why}`));
      }
    } catch (error) {
      if (place.signal.aborted) throw error;
      return nobody(question);
    } finally {
      lines.close();
    }
  };
}

function questionLines(question: Question): readonly Line[] {
  const hint = questionHint(question);
  const detail = question.detail.split("\n").filter((text) => text !== "");
  return [
    line(strong`? ${question.text}`, dim`${hint === "" ? "" : ` (${hint})`}`),
    ...detail.map((text) => line(dim`  `, span("dim", text))),
  ];
}
