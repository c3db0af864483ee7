// A verification as a person reads it: the verdict, what each receipt says, and what was not shown. The causes are its blockers.
import type { Finding, Warning } from "@ces/receipts";
import type { Blocker } from "../define-command.ts";
import { attention, bad, dim, good, line, type Line, plain } from "../view/line.ts";
import type { Said } from "./said-by.ts";

/** The part of the data that is shown. */
export type ShownReport = {
  readonly outcome: "valid" | "invalid" | "undecidable";
  readonly count: number;
  readonly linked: boolean;
  readonly established_count: number | null;
  readonly warnings: readonly Finding<Warning>[];
  readonly said: readonly (Said | null)[];
  readonly unusable_keys: readonly { readonly kid: string | null; readonly why: string }[];
};

const MOST_SHOWN = 30;

/** The causes as blockers; beyond thirty they are counted, and all of them stand in the data. */
export function receiptBlockers(causes: readonly Finding[], count: number): readonly Blocker[] {
  const shown = causes.slice(0, MOST_SHOWN).map(({ code, path, text, index }) => ({
    code: `RECEIPT_${code.toUpperCase()}`,
    text: `${index === undefined || count < 2 ? "" : `receipt ${index}: `}${path === "" ? "" : `\`${path}\` `}${text}`,
  }));
  const left = causes.length - shown.length;
  return left === 0 ? shown : [...shown, { code: "RECEIPT_MORE", text: `and ${left} more; all of them with --json` }];
}

/** The lines of a report. */
export function reportLines(report: ShownReport): readonly Line[] {
  return [
    headLine(report),
    ...report.said.slice(0, MOST_SHOWN).flatMap((one, at) => (one === null ? [] : [saidLine(one, at)])),
    ...more(report.said.length, "receipts"),
    ...report.unusable_keys.map(({ kid, why }) => line(attention`key ${kid ?? "without kid"} ${why}`)),
    ...once(report).map((one) => line(dim`${one.code.replaceAll("_", " ")}: ${one.text}`)),
  ];
}

function headLine({ outcome, count, linked, established_count }: ShownReport): Line {
  const receipts = count === 1 ? "1 receipt" : `${count} receipts${linked ? ", each after the one before it" : ""}`;
  switch (outcome) {
    case "valid": {
      const complete = established_count === null ? "" : `; none of the first ${established_count} is missing`;
      return line(good`valid`, plain`  ${receipts}${complete}`);
    }
    case "invalid":
      return line(bad`invalid`, plain`  ${count} given`);
    case "undecidable":
      return line(attention`undecidable`, plain`  ${count} given`);
  }
}

function saidLine({ decision, tool, at, policy }: Said, index: number): Line {
  return line(dim`  ${index}  `, plain`${decision ?? "–"}  ${tool ?? ""}`, dim`  ${at ?? ""}  ${policy ?? ""}`);
}

// The same warning of a hundred receipts is one line; of one receipt alone nothing can be missing.
function once({ warnings, count }: ShownReport): ShownReport["warnings"] {
  const codes = new Set(warnings.map(({ code }) => code));
  if (count === 1) codes.delete("completeness_not_established");
  return [...codes].flatMap((code) => warnings.find((one) => one.code === code) ?? []);
}

function more(count: number, what: string): readonly Line[] {
  return count > MOST_SHOWN ? [line(dim`  … and ${count - MOST_SHOWN} more ${what}; all of them with --json`)] : [];
}
