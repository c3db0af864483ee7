// A migration as lines for people.
import { heading, sections } from "../view/layout.ts";
import { attention, dim, good, line, type Line, plain, strong } from "../view/line.ts";

/** What the lines show; the data of `ces receipts migrate`. */
export type MigrationData = {
  readonly rules: number;
  readonly findings: readonly { readonly code: string; readonly rule: string | null; readonly text: string }[];
  readonly rewrites: readonly { readonly rule: string; readonly place: string; readonly instead: readonly object[] }[];
  readonly receipts: readonly {
    readonly file: string;
    readonly outcome: string;
    readonly causes: readonly string[];
    readonly becomes: string;
  }[];
  readonly imports: string | null;
};

/** Findings, what to write instead, and the old receipts; problems are shown as blockers. */
export function migrationLines({ rules, findings, rewrites, receipts, imports }: MigrationData): readonly Line[] {
  return sections(
    rules === 0 ? [] : [line(good`${rules} rules load here`)],
    titled(
      "decided otherwise, or wider than they read",
      findings.map(({ code, rule, text }) => line(attention`  ${rule ?? "policy"}`, plain`: ${text}`, dim` [${code}]`)),
    ),
    titled(
      "write instead",
      rewrites.flatMap(({ rule, place, instead }) => [
        line(strong`  ${rule}`, dim` ${place}`),
        ...instead.map((condition) => line(plain`    condition: ${JSON.stringify(condition)}`)),
      ]),
    ),
    titled(
      "old receipts",
      receipts.flatMap(({ file, outcome, causes, becomes }) => [
        line(strong`  ${file}`, plain` ${outcome}`),
        ...causes.map((cause) => line(dim`    ${cause}`)),
        line(dim`    here: ${becomes}`),
      ]),
    ),
    imports === null
      ? []
      : [line(plain`a new chain names the end of this one in its first receipt: `, strong`imports ${imports}`)],
  );
}

function titled(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [heading(title), ...lines];
}
