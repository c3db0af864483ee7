// A plan of installing as data, as lines for people, and as the detail of a question.
import { type FileChange, type InstallPlan, type InstallRequest, lineDiff } from "@ces/hooks";
import { attention, bad, blank, dim, good, line, type Line, plain, span, strong } from "../view/line.ts";

/** What is shown of a plan. `applied`: it was carried out. */
export type PlanData = ReturnType<typeof planData>;

/** A plan as data. */
export const planData = ({ host, scope }: InstallRequest, plan: InstallPlan, applied: boolean) => ({
  host,
  scope,
  applied,
  changes: plan.changes.map(changeData),
  unchanged: [...plan.unchanged],
  notes: [...plan.notes],
});

const changeData = ({ path, purpose, before, after }: FileChange) => ({
  path,
  purpose,
  what: before === null ? "new" : after === null ? "removed" : "changed",
  lines: lineDiff(before, after).map(({ sign, text }) => `${sign}${text}`),
});

/** The files and their changed lines. */
export function planLines({ host, scope, applied, changes, unchanged, notes }: PlanData): readonly Line[] {
  const files = changes.flatMap((change) => [
    line(strong`${change.path}`, dim`  ${change.what}: ${change.purpose}`),
    ...change.lines.map(diffLine),
    blank,
  ]);
  const end =
    changes.length === 0
      ? line(good`${host} (${scope}) is as it should be`)
      : line(applied ? good`written` : attention`not written`);
  return [
    ...files,
    ...unchanged.map((path) => line(dim`unchanged  ${path}`)),
    end,
    ...notes.map((note) => line(attention`note  `, plain`${note}`)),
  ];
}

const diffLine = (text: string): Line =>
  line(text.startsWith("+") ? good`  ${text}` : text.startsWith("-") ? bad`  ${text}` : span("dim", `  ${text}`));

/** The same for a question, as text. */
export const planDetail = ({ changes }: PlanData): string =>
  changes.flatMap(({ path, what, lines }) => [`${path} (${what})`, ...lines.map((text) => `  ${text}`)]).join("\n");
