// The checks that CES runs itself, with their times.
import { Box } from "ink";
import type { ReactNode } from "react";
import { dim, line, plain, span, strong, type Line } from "../view/line.ts";
import { checkTone, duration } from "../view/progress-line.ts";
import type { CheckRow } from "./board.ts";
import { ShownLine } from "./shown-line.tsx";

/** One line per check and variant, the last `most`; nothing before the first. */
export function CheckList({
  checks,
  most,
}: {
  readonly checks: readonly CheckRow[];
  readonly most: number;
}): ReactNode {
  if (checks.length === 0) return null;
  return (
    <Box flexDirection="column" marginTop={1}>
      <ShownLine line={line(strong`Checks`)} />
      {checks.slice(-most).map((check) => (
        <ShownLine key={`${check.check_id} ${check.variant}`} line={checkLine(check)} />
      ))}
    </Box>
  );
}

function checkLine({ check_id, variant, status, duration_ms, note }: CheckRow): Line {
  const state = span(checkTone[status], (status === "started" ? "running" : status.replace("_", " ")).padEnd(8));
  const time = duration_ms > 0 && status !== "started" ? dim` ${duration(duration_ms)}` : dim``;
  return line(plain`  `, state, plain` ${check_id}`, dim` (${variant})`, time, note === "" ? dim`` : dim` - ${note}`);
}
