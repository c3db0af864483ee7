// A simple command: its words are expanded for every alternative, its assignments and redirections applied, and what is left is started.
import type { Assignment, Command, Redirection, Word } from "unbash";
import { type Arg, emptyStream, filesOfBoth, HOLE, isKnown, literal, type Stream, unknownArg } from "../arg.ts";
import type { Span } from "../effect.ts";
import { setVariable } from "./environment.ts";
import { expandValue, expandWord } from "./expand-word.ts";
import { applyRedirects, finishRedirects } from "./redirects.ts";
import { absorb, add, countStep, LIMITS } from "./run.ts";
import { mergeShells, type Shell, subshell } from "./shell.ts";
import { checkComputed } from "./subscripts.ts";
import { collect } from "./collect.ts";
import type { Walker } from "./walker.ts";

/** Runs a simple command; what it prints. */
export function runSimple(walk: Walker, shell: Shell, node: Command): Stream {
  const { run } = walk;
  countStep(run, shell.vars.size);
  const outer = run.choices;
  run.choices = null;
  const before = needsCopies(shell) ? subshell(shell) : null;
  const first = explained(walk, shell, node);
  const choices = run.choices as ReadonlyMap<string, { index: number; count: number }> | null; // set while expanding
  const printed = choices === null || before === null ? first : others(walk, shell, { node, before, choices, first });
  run.choices = outer;
  return printed;
}

// Only a variable with alternatives, or a default, makes a second look necessary.
const needsCopies = (shell: Shell): boolean =>
  shell.vars.size > 0 || shell.cwds.length > 1 || shell.source.includes("${");

interface Others {
  readonly node: Command;
  readonly before: Shell;
  readonly choices: ReadonlyMap<string, { index: number; count: number }>;
  readonly first: Stream;
}

/** The same command once for each other combination of alternatives. */
function others(walk: Walker, shell: Shell, { node, before, choices, first }: Others): Stream {
  const keys = [...choices];
  const total = keys.reduce((product, [, { count }]) => product * count, 1);
  if (total > LIMITS.choices)
    add(walk.into, "unknown.command-word", "run a command with more possible meanings than are read");
  const states = [subshell(shell)];
  let printed = first;
  for (let number = 1; number < Math.min(total, LIMITS.choices); number += 1) {
    let rest = number;
    walk.run.choices = new Map(
      keys.map(([key, { count }]) => {
        const index = rest % count;
        rest = Math.floor(rest / count);
        return [key, { index, count }];
      }),
    );
    countStep(walk.run, before.vars.size);
    const scope = subshell(before);
    const other = perform(walk, scope, node);
    if (other.text === null || other.text !== printed.text)
      printed = {
        text: null,
        taints: new Set([...printed.taints, ...other.taints]),
        files: filesOfBoth(printed, other),
        from: "pipe",
      };
    states.push(scope);
  }
  mergeShells(shell, states);
  return printed;
}

function explained(walk: Walker, shell: Shell, node: Command): Stream {
  if (!walk.run.explain) return perform(walk, shell, node);
  const { found, stdout } = collect(walk, () => perform(walk, shell, node));
  const text = shell.source.slice(node.pos, node.end);
  absorb(walk.into, { ...found, parts: [{ text, as: nameShown(node), effects: found.effects, parts: found.parts }] });
  return stdout;
}

const nameShown = (node: Command): string => node.name?.value ?? "assignment";

function perform(walk: Walker, shell: Shell, node: Command): Stream {
  const at: Span | null = shell.top ? { start: node.pos, end: node.end } : null;
  const words =
    node.name === undefined ? [] : [...expandWord(walk, shell, node.name), ...argumentsOf(walk, shell, node)];
  const assigned = assignmentsOf(walk, shell, node);
  const wired = node.redirects.length === 0 ? null : applyRedirects(walk, shell, node.redirects);
  const stdin = wired?.stdin ?? shell.stdin;
  const printed =
    words.length === 0
      ? bare(shell, assigned, wired?.stdin ?? null)
      : walk.start(shell, { words, env: assigned.words, stdin, at });
  return wired === null ? printed : finishRedirects(walk, shell, wired, printed);
}

// Assignments alone stay in the shell; `$(< file)` prints the file.
function bare(shell: Shell, { words, arrays }: Assigned, stdin: Stream | null): Stream {
  for (const [name, value] of words) shell.vars.set(name, { alternatives: [[value]], array: false });
  for (const [name, values] of arrays) shell.vars.set(name, { alternatives: [values], array: true });
  return stdin ?? emptyStream;
}

/** Variables that a command sets: single values, and arrays which only matter to the shell itself. */
interface Assigned {
  readonly words: Map<string, Arg>;
  readonly arrays: Map<string, readonly Arg[]>;
}

function assignmentsOf(walk: Walker, shell: Shell, node: Command): Assigned {
  const assigned: Assigned = { words: new Map(), arrays: new Map() };
  for (const one of node.prefix) if (one.type === "Assignment") assign(walk, shell, one, assigned);
  return assigned;
}

function assign(walk: Walker, shell: Shell, one: Assignment, { words, arrays }: Assigned): void {
  const before = words.get(one.name) ?? shell.vars.get(one.name)?.alternatives[0]?.[0];
  if (one.value.type === "ArrayValue") {
    const values = one.value.elements.flatMap((element) => expandWord(walk, shell, element));
    const old = one.append === true ? (shell.vars.get(one.name)?.alternatives[0] ?? []) : [];
    arrays.set(one.name, [...old, ...values]);
    return;
  }
  const value = expandValue(walk, shell, one.value);
  const joined = one.append === true ? appended(before, value) : { ...value, at: null };
  setVariable(walk, shell, one.name, joined);
  if (one.index === undefined) words.set(one.name, joined);
  else {
    const at = expandValue(walk, shell, one.index);
    checkComputed(walk, shell, at);
    arrays.set(one.name, withElement(shell.vars.get(one.name)?.alternatives[0] ?? [], at, joined));
  }
}

const appended = (before: Arg | undefined, value: Arg): Arg =>
  before === undefined
    ? { ...value, text: HOLE + value.text, taints: new Set([...value.taints, "variable"]), at: null }
    : { ...value, text: before.text + value.text, taints: new Set([...before.taints, ...value.taints]), at: null };

function withElement(old: readonly Arg[], index: Arg, value: Arg): readonly Arg[] {
  const place = isKnown(index) && /^\d{1,3}$/.test(index.text) ? Number(index.text) : null;
  if (place === null) return [...old, value];
  const copy = [...old];
  while (copy.length < place) copy.push(literal(""));
  copy[place] = value;
  return copy;
}

function argumentsOf(walk: Walker, shell: Shell, node: Command): readonly Arg[] {
  return node.suffix.flatMap((one: Word | Assignment | Redirection) => {
    if (one.type === "Word") return expandWord(walk, shell, one);
    if (one.type !== "Assignment") return [];
    return [asWord(walk, shell, one)];
  });
}

// `export A=b`, `dd if=x`: an assignment that is an argument is a word with an equals sign.
function asWord(walk: Walker, shell: Shell, one: Assignment): Arg {
  if (one.index !== undefined) checkComputed(walk, shell, expandValue(walk, shell, one.index));
  const name = `${one.name}${one.append === true ? "+" : ""}=`;
  const at = shell.top ? { start: one.pos, end: one.end } : null;
  if (one.value.type === "ArrayValue") {
    const values = one.value.elements.flatMap((element) => expandWord(walk, shell, element));
    shell.vars.set(one.name, { alternatives: [values], array: true });
    return values.length === 1 && values[0] !== undefined
      ? { ...values[0], text: name + values[0].text, at }
      : { ...unknownArg("variable"), text: name + HOLE, at };
  }
  const value = expandValue(walk, shell, one.value);
  return { ...value, text: name + value.text, glob: false, at };
}
