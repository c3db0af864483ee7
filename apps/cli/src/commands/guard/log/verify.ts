// `ces guard log verify`: is the guard's log whole? If not, the first line that is not what it was.
import { logPath, type LogVerdict, verifyLog } from "@ces/hooks";
import { defineCommand, type Outcome } from "../../../define-command.ts";
import { ownPlaces } from "../../../guard-hooks/hook-request.ts";
import { bad, dim, good, line, plain } from "../../../view/line.ts";

type Data = {
  readonly path: string;
  readonly verified: boolean;
  readonly lines: number | null;
  readonly line: number | null;
  readonly why: string | null;
  readonly last: string | null;
};

export const command = defineCommand({
  summary: "check the chain of the guard's log",
  group: "Execution",
  args: [],
  options: [],
  examples: [
    { line: "ces guard log verify", note: "exit 0 when it is whole, 4 and the first bad line when it is not" },
  ],
  exits: [0, 2, 4, 5],
  run: async (ctx) => {
    const places = ownPlaces(ctx);
    return outcomeOf(logPath(places), verifyLog(places));
  },
  view: ({ data }) =>
    data.verified
      ? [
          line(good`whole`, plain`  ${data.lines ?? 0} lines, each after the one it names`),
          line(dim`newest line  ${data.last ?? ""}`),
        ]
      : [line(bad`broken`, plain`  line ${data.line ?? 0}: ${data.why ?? ""}`), line(dim`${data.path}`)],
});

function outcomeOf(path: string, verdict: LogVerdict): Outcome<Data> {
  if (verdict.kind === "whole")
    return {
      exit: 0,
      data: { path, verified: true, lines: verdict.lines, line: null, why: null, last: verdict.last },
      blockers: [],
      next: null,
    };
  const { line: at, why } = verdict;
  return {
    exit: 4,
    data: { path, verified: false, lines: null, line: at, why, last: null },
    blockers: [{ code: "GUARD_LOG_BROKEN", text: `line ${at}: ${why}` }],
    next: "keep the file as evidence, then move it away: the guard begins a new one",
  };
}
