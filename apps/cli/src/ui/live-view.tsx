// The live view of a delivery: stages, actions, checks, budgets, findings, and the question when there is one.
import { Box, useWindowSize } from "ink";
import { useSyncExternalStore, type ReactNode } from "react";
import { dim, line, span, strong } from "../view/line.ts";
import { spoken } from "../view/progress-line.ts";
import { BudgetBars } from "./budget-bars.tsx";
import { CallList } from "./call-list.tsx";
import { CheckList } from "./check-list.tsx";
import { Elapsed, type Stopwatch } from "./elapsed.tsx";
import { FindingList } from "./finding-list.tsx";
import type { LiveState } from "./live-state.ts";
import { QuestionBox } from "./question-box.tsx";
import { ShownLine } from "./shown-line.tsx";
import { StageList } from "./stage-list.tsx";
import { Colour } from "./tone.ts";

/** What the view is made of. `colour` false: NO_COLOR. */
export type LiveViewProps = {
  readonly state: LiveState;
  readonly watch: Stopwatch;
  readonly colour: boolean;
  readonly stop: () => void;
};

/** The whole frame. */
export function LiveView({ state, watch, colour, stop }: LiveViewProps): ReactNode {
  const { board, asking } = useSyncExternalStore(state.subscribe, state.now);
  // A frame taller than the window would be painted anew each time, from the top: flicker.
  const low = useWindowSize().rows < 40;
  const few = low ? 4 : 8;
  const crowded = low && asking !== null;
  return (
    <Colour.Provider value={colour}>
      <Box flexDirection="column">
        <Box justifyContent="space-between">
          <ShownLine line={line(strong`ces `, dim`${board.delivery_id ?? "starting"}`)} />
          <Elapsed watch={watch} />
        </Box>
        <StageList stages={board.stages} compact={low} />
        <CallList board={board} most={few} />
        {board.said !== "" && <ShownLine line={line(dim`  says  `, span("plain", spoken(board.said)))} />}
        {!crowded && <CheckList checks={board.checks} most={few} />}
        {!crowded && <BudgetBars budgets={board.budgets} width={24} />}
        {!crowded && <FindingList board={board} most={low ? 2 : 6} />}
        {asking && (
          <QuestionBox key={asking.question.id} question={asking.question} answer={asking.answer} stop={stop} />
        )}
      </Box>
    </Colour.Provider>
  );
}
