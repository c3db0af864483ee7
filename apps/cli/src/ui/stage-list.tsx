// The nine stages, each with its state.
import { Box } from "ink";
import type { ReactNode } from "react";
import { line, span, type Line } from "../view/line.ts";
import { stageTone } from "../view/progress-line.ts";
import type { StageRow } from "./board.ts";
import { ShownLine, ShownLines } from "./shown-line.tsx";

const marks = { waiting: "·", started: "▸", done: "✓", failed: "✗", skipped: "–" } as const;

/** One line per stage, its note beside it; `compact`: all in one line, and the note of the one that is at work. */
export function StageList({
  stages,
  compact,
}: {
  readonly stages: readonly StageRow[];
  readonly compact: boolean;
}): ReactNode {
  if (compact) return <ShownLines lines={compactLines(stages)} />;
  return (
    <Box flexDirection="column">
      {stages.map((row) => (
        <ShownLine key={row.stage} line={stageLine(row)} />
      ))}
    </Box>
  );
}

function stageLine({ stage, status, note }: StageRow): Line {
  const tone = stageTone[status];
  return line(span(tone, `${marks[status]} ${stage.padEnd(9)}`), span("dim", note === "" ? "" : ` ${note}`));
}

function compactLines(stages: readonly StageRow[]): readonly Line[] {
  const row = stages.map(({ stage, status }, index) =>
    span(stageTone[status], `${index === 0 ? "" : " "}${marks[status]}${stage}`),
  );
  const current = stages.findLast(({ status }) => status !== "waiting");
  return current === undefined || current.note === ""
    ? [row]
    : [row, line(span("dim", `  ${current.stage}: ${current.note}`))];
}
