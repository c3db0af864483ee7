// Mutations of labelled commands, and what must hold of every one: the guard answers, within its bounds, and what keeps the meaning keeps the verdict.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Decision, judgeCommand, type Judgement, type Setting } from "@ces/guard";
import { nodeFileFacts } from "@ces/hooks";
import { machineOf } from "../vectors/guard-machine.ts";

/** A command of the corpus, with the answer it has unmutated. */
interface Seed {
  readonly command: string;
  readonly decision: Decision;
  /** It was read: one that was not may become another command when something follows it. */
  readonly whole: boolean;
}

/** What a fuzzing run came to. */
export interface FuzzResult {
  readonly judged: number;
  /** Commands that broke a rule, with the rule. At most 50. */
  readonly broken: readonly { readonly command: string; readonly seed: string; readonly why: string }[];
  /** Milliseconds of the slowest judgement. */
  readonly slowest_ms: number;
}

const order: readonly Decision[] = ["allow", "rewrite", "ask", "deny"];

/** Judges `count` mutated commands from a seed number; the same number gives the same commands. */
export function fuzzGuard(count: number, seed: number): FuzzResult {
  const { setting } = machineOf(join(import.meta.dirname, "../vectors/guard"));
  const seeds = seedsOf(setting);
  const random = numbers(seed);
  const broken: { command: string; seed: string; why: string }[] = [];
  let slowest_ms = 0;
  for (let done = 0; done < count; done += 1) {
    const from = pick(seeds, random);
    const keeps = from.whole && random() < 0.5;
    const command = keeps ? keepMeaning(from.command, random) : breakMeaning(from.command, random);
    const start = performance.now();
    const judged = answer(command, setting);
    slowest_ms = Math.max(slowest_ms, performance.now() - start);
    const why = fault(judged, from, keeps);
    if (why !== null && broken.length < 50) broken.push({ command, seed: from.command, why });
  }
  return { judged: count, broken, slowest_ms };
}

function answer(command: string, setting: Setting): Judgement | string {
  try {
    return judgeCommand(command, setting, nodeFileFacts());
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function fault(judged: Judgement | string, from: Seed, keeps: boolean): string | null {
  if (typeof judged === "string") return `threw: ${judged}`;
  if (judged.reasons.some(({ kind }) => kind === "unknown.fault" || kind === "unknown.profile-broken"))
    return `faulted: ${judged.reasons[0]?.text ?? ""}`;
  if (judged.decision !== "allow" && judged.reasons.length === 0) return "stopped without a reason";
  if (!keeps || order.indexOf(judged.decision) >= order.indexOf(from.decision)) return null;
  return `${judged.decision} below ${from.decision}`;
}

function seedsOf(setting: Setting): readonly Seed[] {
  const rows = readFileSync(join(import.meta.dirname, "../vectors/guard/given.jsonl"), "utf8")
    .trim()
    .split("\n");
  return rows.map((row) => {
    const { command }: { readonly command: string } = JSON.parse(row);
    const { decision, reasons } = judgeCommand(command, setting, nodeFileFacts());
    // A nested shell has positional parameters of its own: `$*` is another thing there.
    const whole = !reasons.some(({ kind }) => kind === "unknown.not-parsed") && !/\$[*@1-9]/.test(command);
    return { command, decision, whole };
  });
}

type Numbers = () => number;

// mulberry32: a run can be repeated.
function numbers(seed: number): Numbers {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function pick<Of>(all: readonly Of[], random: Numbers): Of {
  const found = all[Math.floor(random() * all.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Shapes in which a whole command still runs. A here-document must end before what follows it. */
const shells: readonly ((text: string) => string)[] = [
  (text) => `bash -c ${quoted(text)}`,
  (text) => `sh -c ${quoted(text)}`,
  (text) => `eval ${quoted(text)}`,
  (text) => `( ${text}\n)`,
  (text) => `{ ${text}\n}`,
  (text) => `true\n${text}`,
  (text) => `${text}\ntrue`,
  (text) => `if true; then ${text}\nfi`,
  (text) => `for i in 1; do ${text}\ndone`,
  (text) => `fuzz_f() { ${text}\n}; fuzz_f`,
  (text) => `echo "$( ${text}\n)"`,
  (text) => `cd . && { ${text}\n}`,
  (text) => `  \t${text}`,
  (text) => `X_FUZZ=1\n${text}`,
  (text) => `nohup bash -c ${quoted(text)}`,
  (text) => `timeout 9 env A=1 sh -c ${quoted(text)}`,
];

function keepMeaning(command: string, random: Numbers): string {
  let text = command;
  const times = 1 + Math.floor(random() * 3);
  for (let turn = 0; turn < times && text.length < 4000; turn += 1) text = pick(shells, random)(text);
  return text;
}

const noise = [
  "'",
  '"',
  "`",
  "\\",
  "$",
  "$(",
  ")",
  "{",
  "}",
  ";",
  "|",
  "&",
  "<",
  ">",
  "<<",
  "\n",
  " ",
  "*",
  "?",
  "[",
  "]",
  "#",
  "!",
  "~",
  "=",
  "\t",
  "\u0001",
  "\u200b",
  "é",
  "\ud800",
  "${",
  "((",
  "[[",
  "<(",
  "-",
  "--",
  "/",
  "..",
  "%",
  "if",
  "do",
  "\\\n",
  "0",
  "sudo",
];

function breakMeaning(command: string, random: Numbers): string {
  let text = command;
  const times = 1 + Math.floor(random() * 4);
  for (let turn = 0; turn < times; turn += 1) {
    const at = Math.floor(random() * (text.length + 1));
    const kind = random();
    if (kind < 0.4) text = text.slice(0, at) + pick(noise, random) + text.slice(at);
    else if (kind < 0.7) text = text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 4));
    else if (kind < 0.9)
      text = text.slice(0, at) + text.slice(Math.floor(random() * text.length)).slice(0, 40) + text.slice(at);
    else text = (text + pick(noise, random)).repeat(1 + Math.floor(random() * 8)).slice(0, 20_000);
  }
  return text;
}
