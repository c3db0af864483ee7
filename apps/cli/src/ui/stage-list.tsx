// The nine stages, each with its state.
import { Box } from "ink";
import type { ReactNode } from "react";
import { line, span, type Line } from "../view/line.ts";
import { stageTone } from "../view/progress-line.ts";
import type { StageRow } from "./board.ts";
import { ShownLine } from "./shown-line.tsx";

const marks = { waiting: "·", started: "▸", done: "✓", failed: "✗", skipped: "–" } as const;

/** One line per stage, its note beside it. */
export function StageList({ stages }: { readonly stages: readonly StageRow[] }): ReactNode {
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
