// How a measurement is taken, judged and shown: ours and the rival in turn, in one run, medians against a bar of DESIGN §8.
import { cpus, loadavg } from "node:os";

/** One line of a table. `value` is what the bar judges: milliseconds over the rival, or a ratio. */
export interface Figure {
  readonly what: string;
  readonly ours: string;
  readonly rival: string;
  readonly value: number;
  readonly unit: "ms over" | "ms" | "×";
  /** `most`: the value may not exceed the bar; `least`: it may not fall below. */
  /** Null: shown, not judged. */
  readonly bar: { readonly kind: "most" | "least"; readonly at: number } | null;
  readonly held: boolean;
}

/** One thing to time. It may return its own time in milliseconds, when only a part of it counts. */
export type Timed = () => Promise<number | void> | number | void;

const { argv } = process;

/** `--long`: the sizes that take minutes. */
export const long = argv.includes("--long");

/** Runs each contestant `rounds` times, taking turns after one unmeasured round; milliseconds of each run. */
export async function takeTurns<Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, Timed>>,
): Promise<Record<Name, readonly number[]>> {
  const names = Object.keys(contestants) as Name[]; // the keys of a record of Name
  const samples = {} as Record<Name, number[]>; // filled in the next line
  for (const name of names) samples[name] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const took = await time(contestants[name]);
      if (round > 0) samples[name].push(took);
    }
  }
  return samples;
}

async function time(run: Timed): Promise<number> {
  const start = performance.now();
  const own = await run();
  return own ?? performance.now() - start;
}

/** The middle of some samples. */
export function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}

/** Ours may take at most `bar` milliseconds more than the rival, median against median. */
export function over(what: string, ours: readonly number[], rival: readonly number[], bar: number): Figure {
  const value = median(ours) - median(rival);
  return {
    what,
    ours: ms(median(ours)),
    rival: ms(median(rival)),
    value,
    unit: "ms over",
    bar: { kind: "most", at: bar },
    held: value <= bar,
  };
}

/** Ours may take at most `bar` milliseconds by itself. */
export function within(what: string, ours: readonly number[], bar: number): Figure {
  const value = median(ours);
  return { what, ours: ms(value), rival: "", value, unit: "ms", bar: { kind: "most", at: bar }, held: value <= bar };
}

/** Ours must be at least `bar` times as fast as the rival at the same work, median time against median time. */
export function timesAsFast(what: string, ours: readonly number[], rival: readonly number[], bar: number): Figure {
  const value = median(rival) / median(ours);
  return {
    what,
    ours: ms(median(ours)),
    rival: ms(median(rival)),
    value,
    unit: "×",
    bar: { kind: "least", at: bar },
    held: value >= bar,
  };
}

/** One ratio for several: their geometric mean. The parts are shown without a bar. */
export function together(what: string, parts: readonly Figure[], bar: number): readonly Figure[] {
  const value = Math.exp(parts.reduce((sum, { value: part }) => sum + Math.log(part), 0) / parts.length);
  const mean: Figure = {
    what,
    ours: "",
    rival: "",
    value,
    unit: "×",
    bar: { kind: "least", at: bar },
    held: value >= bar,
  };
  return [...parts.map((part): Figure => ({ ...part, bar: null, held: true })), mean];
}

/** Ours at the large size may take at most `bar` times what it takes at the small one, each. */
export function flat(what: string, large: number, small: number, bar: number): Figure {
  const value = large / small;
  return {
    what,
    ours: ms(large),
    rival: ms(small),
    value,
    unit: "×",
    bar: { kind: "most", at: bar },
    held: value <= bar,
  };
}

/** Takes a measurement, prints its table (one JSON line with `--json`) and sets the exit code: 1 when a bar is missed. */
export async function measure(name: string, take: () => Promise<readonly Figure[]>): Promise<void> {
  const figures = await take();
  const all = figures.every(({ held }) => held);
  if (argv.includes("--json")) console.log(JSON.stringify({ name, figures, load: load() }));
  else console.log(`\n${name} (load ${load()})\n${table(figures)}`);
  process.exitCode = all ? 0 : 1;
}

/** What the figures depend on. */
export const machine = () => ({
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? "",
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
});

/** Runnable processes of the last minute: above the number of cores, medians are too high on both sides. */
const load = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;

function ms(value: number): string {
  if (value >= 100) return `${value.toFixed(0)} ms`;
  if (value >= 1) return `${value.toFixed(1)} ms`;
  return `${(value * 1000).toFixed(value >= 0.01 ? 0 : 2)} µs`;
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.what,
    one.ours,
    one.rival,
    shown(one),
    barOf(one),
    one.bar === null ? "" : one.held ? "ok" : "MISS",
  ]);
  const all = [["what", "ours", "rival", "difference", "bar", ""], ...rows];
  const width = (column: number): number => Math.max(...all.map((row) => row[column]?.length ?? 0));
  return all.map((row) => `  ${row.map((cell, i) => cell.padEnd(width(i))).join("  ")}`.trimEnd()).join("\n");
}

const shown = ({ value, unit }: Figure): string =>
  unit === "×"
    ? `${value.toFixed(2)}×`
    : unit === "ms"
      ? `${value.toFixed(0)} ms`
      : `${value >= 0 ? "+" : ""}${value.toFixed(1)} ms`;

const barOf = ({ bar, unit }: Figure): string =>
  bar === null
    ? ""
    : `${bar.kind === "most" ? "≤" : "≥"} ${unit === "ms over" ? "+" : ""}${bar.at}${unit === "×" ? "×" : " ms"}`;
