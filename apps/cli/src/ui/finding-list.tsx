// Findings and warnings, newest last.
import { Box } from "ink";
import type { ReactNode } from "react";
import { attention, dim, line, plain, span, strong, type Line } from "../view/line.ts";
import { findingTone } from "../view/progress-line.ts";
import type { Board, FindingRow, NoteRow } from "./board.ts";
import { ShownLine } from "./shown-line.tsx";

/** The last `most` findings and as many notes; nothing when there are none. */
export function FindingList({ board, most }: { readonly board: Board; readonly most: number }): ReactNode {
  const findings = board.findings.slice(-most);
  const notes = board.notes.slice(-most);
  if (findings.length + notes.length === 0) return null;
  return (
    <Box flexDirection="column" marginTop={1}>
      {findings.length > 0 && <ShownLine line={line(strong`Findings  `, dim`${board.finding_count}`)} />}
      {findings.map((finding, index) => (
        <ShownLine key={`finding ${index}`} line={findingLine(finding)} />
      ))}
      {notes.map((note, index) => (
        <ShownLine key={`note ${index}`} line={noteLine(note)} />
      ))}
    </Box>
  );
}

function findingLine({ severity, source, text }: FindingRow): Line {
  return line(plain`  `, span(findingTone(severity), severity.padEnd(8)), plain` ${source}: ${text}`);
}

function noteLine({ level, text }: NoteRow): Line {
  return level === "warning" ? line(attention`! ${text}`) : line(dim`i ${text}`);
}
