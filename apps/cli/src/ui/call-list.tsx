// What the agent asked to do, newest last, with the answer it got.
import { Box } from "ink";
import type { ReactNode } from "react";
import { bad, dim, good, line, plain, span, strong, type Line } from "../view/line.ts";
import { verdictTone } from "../view/progress-line.ts";
import type { Board, CallRow } from "./board.ts";
import { ShownLine } from "./shown-line.tsx";

/** The last `most` calls and the count of all; nothing before the first. */
export function CallList({ board, most }: { readonly board: Board; readonly most: number }): ReactNode {
  const { calls, asked } = board;
  if (calls.length === 0) return null;
  return (
    <Box flexDirection="column" marginTop={1}>
      <ShownLine
        line={line(
          strong`Actions  `,
          good`${asked.allow} allowed`,
          dim` · `,
          asked.deny > 0 ? bad`${asked.deny} denied` : dim`0 denied`,
        )}
      />
      {calls.slice(-most).map((call) => (
        <ShownLine key={call.number} line={callLine(call)} />
      ))}
    </Box>
  );
}

function callLine({ verdict, tool, what, why }: CallRow): Line {
  const reason = verdict === "allow" || why === "" ? dim`` : dim` - ${why}`;
  return line(plain`  `, span(verdictTone[verdict], verdict.padEnd(5)), plain` ${tool} ${what}`, reason);
}
