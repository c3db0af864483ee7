// How much of each budget is gone.
import { Box } from "ink";
import type { ReactNode } from "react";
import { dim, line, plain, span, strong, type Line } from "../view/line.ts";
import type { BudgetRow } from "./board.ts";
import { ShownLine } from "./shown-line.tsx";

/** One bar per budget, `width` cells wide; nothing before the first. */
export function BudgetBars({
  budgets,
  width,
}: {
  readonly budgets: readonly BudgetRow[];
  readonly width: number;
}): ReactNode {
  if (budgets.length === 0) return null;
  return (
    <Box flexDirection="column" marginTop={1}>
      <ShownLine line={line(strong`Budgets`)} />
      {budgets.map((budget) => (
        <ShownLine key={budget.name} line={barLine(budget, width)} />
      ))}
    </Box>
  );
}

function barLine({ name, used, limit, unit }: BudgetRow, width: number): Line {
  const share = limit === 0 ? 1 : Math.min(1, used / limit);
  const full = Math.round(share * width);
  const tone = share >= 0.9 ? "bad" : share >= 0.75 ? "attention" : "good";
  const amount = `${used.toLocaleString("en-US")} of ${limit.toLocaleString("en-US")} ${unit}`;
  return line(
    plain`  ${name.padEnd(9)} `,
    span(tone, "█".repeat(full)),
    dim`${"░".repeat(width - full)}`,
    span("plain", ` ${amount}`),
  );
}
