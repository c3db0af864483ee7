// How the trash reads: what was put back, what stands in the way, sizes and names.
import { CesError } from "@ces/kernel";
import { shownText, type Blocker, type ByteText, type NotTaken, type UndoReport } from "@ces/trash";
import type { Outcome } from "../define-command.ts";
import { dim, good, line, plain, type Line } from "../view/line.ts";

/** Paths that are named one by one; the rest is counted. */
const MOST_NAMED = 20;

/** Bytes as people read them. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return "large";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  return `${power === 0 ? bytes : (bytes / 1024 ** power).toFixed(1)} ${units[power] ?? ""}`;
}

/** Paths as text, the first of many. */
export function someText(paths: readonly ByteText[]): readonly string[] {
  return paths.slice(0, MOST_NAMED).map(shownText);
}

/** The error of what was not taken, in one sentence, as `rm` would say it. */
export function notTakenError(code: string, what: string, not: readonly NotTaken[]): CesError {
  const said = not.slice(0, MOST_NAMED).map(({ operand, text }) => `\`${shownText(operand)}\`: ${text}`);
  const more = not.length > said.length ? [`and ${not.length - said.length} more`] : [];
  const folder = not.some((one) => one.code === "IS_FOLDER");
  const refused = not.some((one) => one.code === "REFUSED");
  const remedy = folder ? "say `-r` for a folder" : refused ? "name what is inside of it instead" : null;
  return new CesError(code, `${what} ${[...said, ...more].join("; ")}`, remedy === null ? {} : { remedy });
}

/** What an undo or restore is as data. */
export type UndoData = {
  readonly kind: UndoReport["kind"];
  readonly txid: string | null;
  readonly commands: readonly string[];
  readonly restored: number;
  readonly put_aside: number;
  readonly paths: readonly string[];
  readonly text: string | null;
};

const none: UndoData = { kind: "nothing", txid: null, commands: [], restored: 0, put_aside: 0, paths: [], text: null };

/** The outcome of an undo or restore: 0 when it is as it was, 3 when something is in the way. `again`: the command to type then. */
export function undoOutcome(report: UndoReport, again: string): Outcome<UndoData> {
  switch (report.kind) {
    case "nothing":
      return { exit: 0, data: { ...none, text: report.text }, blockers: [], next: null };
    case "blocked":
      return { exit: 3, data: { ...none, kind: "blocked" }, ...blocked(report.blockers, again) };
    case "undone": {
      const { txid, commands, restored, put_aside } = report;
      const paths = someText(restored.length > 0 ? restored : put_aside.map(({ path }) => path));
      const counts = { restored: restored.length, put_aside: put_aside.length };
      return { exit: 0, data: { ...none, kind: "undone", txid, commands, paths, ...counts }, blockers: [], next: null };
    }
    default:
      return report satisfies never;
  }
}

/** Its lines. */
export function undoLines({ kind, txid, restored, put_aside, paths, text }: UndoData): readonly Line[] {
  if (kind === "blocked") return [line(plain`nothing was put back:`)];
  if (kind === "nothing") return [line(plain`${text ?? ""}`)];
  const aside = put_aside === 0 ? "" : `, ${put_aside} put aside`;
  const more = restored - paths.length;
  return [
    line(good`put back `, plain`${restored}${aside}`, dim`, as ${txid ?? ""}`),
    ...paths.map((path) => line(dim`  `, plain`${path}`)),
    ...(more > 0 ? [line(dim`  and ${more} more`)] : []),
  ];
}

function blocked(blockers: readonly Blocker[], again: string): Pick<Outcome<UndoData>, "blockers" | "next"> {
  const named = blockers.slice(0, MOST_NAMED).map(({ code, path, text }) => ({
    code: `TRASH_${code}`,
    text: `\`${shownText(path)}\` ${text}`,
  }));
  const rest = blockers.length - named.length;
  const more = rest > 0 ? [{ code: "TRASH_MORE", text: `and ${rest} more` }] : [];
  const outside = blockers.every(({ code }) => code === "OUTSIDE");
  return { blockers: [...named, ...more], next: outside ? `${again} --root DIR` : "ces trash list" };
}
