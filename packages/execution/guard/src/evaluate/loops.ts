// Loops: a body is read for every item that is known, and again for as long as what one turn leaves may change the next.
import type { CompoundCommand } from "unbash";
import { type Arg, emptyStream, literal, type Stream, unknownArg } from "../arg.ts";
import { assignVariable } from "./assign-variable.ts";
import { expandWord } from "./expand-word.ts";
import { appendStream, perhaps } from "./join-streams.ts";
import { changed, mergeShells } from "./merge-shells.ts";
import { type Shell, subshell } from "./shell.ts";
import { anyOf, oneValue, sameVariable, sameWords, unknownVariable, type Variable, widened } from "./variable.ts";
import type { Walker } from "./walker.ts";

/** Turns that are looked at one by one; a longer list is looked at as one unknown item. */
const MAX_TURNS = 64;
/** Rounds after which everything that a turn still changes is taken to be unknown at once. */
export const MAX_ROUNDS = 6;

/** A loop whose number of turns is not known: none, one, or many. */
export function walkLoop(walk: Walker, shell: Shell, body: () => Stream): Stream {
  const { way } = shell;
  shell.way = [...way, {}];
  const printed = leavable(shell, () => settle(shell, body));
  shell.way = way;
  return printed.text === "" ? printed : { ...printed, text: null };
}

/** `for`, `select`: each item in its turn. */
export function walkFor(
  walk: Walker,
  shell: Shell,
  node: Extract<CompoundCommand, { type: "For" | "Select" }>,
): Stream {
  const items =
    node.wordlist === undefined
      ? (shell.positional ?? [unknownArg("variable", true)])
      : node.wordlist.flatMap((word) => expandWord(walk, shell, word));
  const turns = items.length > MAX_TURNS ? [summary(items)] : items;
  // Whoever answers a `select` chooses, again and again.
  const asked = node.type === "Select";
  const turn = (item: Arg): Stream => {
    // An unknown stretch that may be several words is one of them at a time.
    assignVariable(walk, shell, node.name.value, asked ? anyOf([value(item), emptyValue]) : value(item));
    if (asked) assignVariable(walk, shell, "REPLY", unknownVariable);
    return walk.command(shell, node.body);
  };
  return leavable(shell, () => {
    let printed = emptyStream;
    const before = subshell(shell);
    for (const item of turns) {
      const many = asked || item.splits || item.glob || turns !== items;
      // A turn that may not come.
      const { way } = shell;
      if (many) shell.way = [...way, {}];
      printed = appendStream(printed, many ? perhaps(settle(shell, () => turn(item))) : turn(item));
      shell.way = way;
    }
    if (turns.length > 0 && changed(before, shell)) mergeShells(shell, [before, subshell(shell)]);
    return printed;
  });
}

/** Runs `act`; where it may be left early (`break`, `return`), what was set until there may hold after it as well. */
export function leavable(shell: Shell, act: () => Stream): Stream {
  const outer = shell.exits;
  const left: Shell[] = [];
  shell.exits = [...outer, left];
  const printed = act();
  shell.exits = outer;
  if (left.some((one) => changed(shell, one))) mergeShells(shell, [subshell(shell), ...left]);
  return printed;
}

// SECURITY: `x=ls y=ls; while …; do $x id; x=$y; y=sudo; done`: the body is read until one more turn changes nothing.
function settle(shell: Shell, body: () => Stream): Stream {
  let before = subshell(shell);
  let printed = body();
  for (let round = 0; round <= MAX_ROUNDS && changed(before, shell); round += 1) {
    mergeShells(shell, [before, subshell(shell)]);
    if (round > 0) widen(shell, before);
    if (round === MAX_ROUNDS) forget(shell, before);
    before = subshell(shell);
    printed = appendStream(printed, body());
    mergeShells(shell, [before, subshell(shell)]);
  }
  return printed;
}

/** What a second turn still changes changes with every turn: it is anything from now on. */
export function widen(shell: Shell, before: Shell): void {
  for (const [name, value] of shell.vars)
    if (!sameVariable(before.vars.get(name), value)) shell.vars.set(name, widened(value));
  if (!sameWords(before.positional, shell.positional)) shell.positional = null;
}

/** Nothing is known any more of what the line set, nor of the directory if that was still changing. */
export function forget(shell: Shell, before: Shell): void {
  if (before.cwds.join("\u0001") !== shell.cwds.join("\u0001")) shell.cwds = [];
  for (const [name, value] of shell.vars) shell.vars.set(name, { ...unknownVariable, array: value.array });
  shell.forgotten = true;
}

const value = (item: Arg): Variable => oneValue({ ...item, splits: false, at: null });

// What `select` gives for an answer that is none of them.
const emptyValue = oneValue(literal(""));

function summary(items: readonly Arg[]): Arg {
  const heads = new Set(items.map(({ text }) => text.slice(0, text.lastIndexOf("/") + 1)));
  const [head] = heads;
  const hole = unknownArg("variable");
  return heads.size === 1 && head !== undefined ? { ...hole, text: head + hole.text } : hole;
}
