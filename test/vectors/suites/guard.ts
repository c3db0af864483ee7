// The command guard on labelled commands: each is judged on the fixture's machine, and the answer must be one of those that count as right.
// Nothing is executed. The report counts what spec/guard.md §2.15 sets targets for, per class and per shape.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { judgeCommand, type Setting } from "@ces/guard";
import { nodeFileFacts } from "@ces/hooks";
import { machineOf } from "../guard-machine.ts";
import { fail, pass, vectorFault, type CaseRun, type VectorCase, type VectorSuite } from "../suite.ts";

interface Row {
  readonly id: string;
  readonly command: string;
  readonly expect: string;
  readonly accept: readonly string[];
  readonly class: string;
  readonly shape: string;
}

const rows = new Map<string, Row>();
const answers = new Map<string, string>();

/** Folders with `*.jsonl` of labelled commands, `advisories.jsonl` and `make-fixture.sh`; what is missing is taken from the copy. */
export const suite: VectorSuite = {
  name: "guard",
  summary: "labelled shell commands: stopped, sent to the trash, or let through",
  defaultDir: "guard",
  cases: (dir) => casesIn(dir),
  report: reportLines,
};

function* casesIn(dir: string): Iterable<VectorCase> {
  const { setting } = machineOf(dir);
  for (const row of readRows(dir)) {
    rows.set(row.id, row);
    yield { id: row.id, run: () => judgeRow(row, setting) };
  }
}

function judgeRow(row: Row, setting: Setting): ReturnType<typeof fail> {
  const { decision, rewrite, reasons } = judgeCommand(row.command, setting, nodeFileFacts());
  const answer = decision === "rewrite" ? `rewrite-${rewrite?.kind ?? "trash"}` : decision;
  answers.set(row.id, answer);
  if (row.accept.includes(answer)) return pass;
  return fail(
    `${row.class}/${row.shape} \`${row.command.slice(0, 160)}\`: ${answer} (${reasons.map(({ code }) => code).join(", ")}), not ${row.accept.join(" or ")}`,
  );
}

function readRows(dir: string): readonly Row[] {
  if (!existsSync(dir)) throw vectorFault(`\`${dir}\` is not there`);
  const files = readdirSync(dir).filter((name) => name.endsWith(".jsonl") && name !== "advisories.jsonl");
  return files.flatMap((name) =>
    readFileSync(join(dir, name), "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line, index) => rowOf(line, `${name}:${index + 1}`)),
  );
}

function rowOf(line: string, where: string): Row {
  try {
    const row: Row = JSON.parse(line);
    if (typeof row.command !== "string" || !Array.isArray(row.accept)) throw new Error("no command or no accept");
    return row;
  } catch (error) {
    throw vectorFault(`${where} is no labelled command: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

function reportLines(runs: readonly CaseRun[]): readonly string[] {
  const known = runs.flatMap(({ id, result }) => {
    const row = rows.get(id);
    return row === undefined ? [] : [{ row, answer: answers.get(id) ?? "none", right: result.kind === "pass" }];
  });
  const stops = known.filter(({ row }) => row.expect === "deny" || row.expect === "ask");
  const deletes = known.filter(({ row }) => row.expect === "rewrite-trash");
  const benign = known.filter(({ row }) => row.expect === "allow");
  const hard = deletes.filter(({ row, answer }) => answer === "allow" && !row.accept.includes("allow"));
  const share = (part: number, whole: number): string =>
    `${part}/${whole} (${whole === 0 ? "–" : ((100 * part) / whole).toFixed(1)} %)`;
  return [
    ...table("class", known, ({ row }) => row.class),
    "",
    ...table(
      "shape with a miss",
      known.filter(({ row }) =>
        known.some((one) => !one.right && one.row.class === row.class && one.row.shape === row.shape),
      ),
      ({ row }) => `${row.class}/${row.shape}`,
    ),
    `stopped         ${share(stops.filter(({ right }) => right).length, stops.length)}`,
    `hard deletes    ${share(hard.length, deletes.length)}`,
    `false positives ${share(benign.filter(({ right }) => !right).length, benign.length)}`,
    `label match     ${share(known.filter(({ right }) => right).length, known.length)}`,
  ];
}

function table<Of extends { readonly right: boolean }>(
  head: string,
  all: readonly Of[],
  of: (one: Of) => string,
): readonly string[] {
  const groups = grouped(all, of);
  const lines = [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, group]) => `  ${name.padEnd(36)} ${group.filter(({ right }) => right).length}/${group.length}`);
  return lines.length === 0 ? [] : [head, ...lines];
}

function grouped<Of>(all: readonly Of[], of: (one: Of) => string): ReadonlyMap<string, readonly Of[]> {
  const groups = new Map<string, Of[]>();
  for (const one of all) groups.set(of(one), [...(groups.get(of(one)) ?? []), one]);
  return groups;
}
