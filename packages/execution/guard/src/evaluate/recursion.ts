// Functions that call themselves: the body is read again for what its own calls hand it, until one more call changes nothing.
import type { Arg, Stream } from "../arg.ts";
import { joinAlternatives } from "./join-streams.ts";
import { forget, MAX_ROUNDS, widen } from "./loops.ts";
import { changed, mergeShells } from "./merge-shells.ts";
import type { Run } from "./run.ts";
import { type Shell, subshell } from "./shell.ts";

/** A body that is being read: the shells in which it called itself, and what its last reading left. */
export interface Reading {
  readonly calls: Shell[];
  left: Shell | null;
}

/** A call of `body` from inside itself: it is read later, and leaves what it left the last time. */
export function callAgain({ readings }: Run, shell: Shell, body: object, words: readonly Arg[]): void {
  const reading = readings.get(body);
  if (reading === undefined) return;
  const { positional, locals } = shell;
  reading.calls.push(subshell(shell, { positional: words.slice(1), locals: [] }));
  if (reading.left === null) return;
  mergeShells(shell, [subshell(shell), reading.left]);
  Object.assign(shell, { positional, locals });
}

/** Reads a body by `act` in this shell, whose parameters are those of the call. */
export function readBody({ readings }: Run, shell: Shell, body: object, act: () => Stream): Stream {
  const reading: Reading = { calls: [], left: null };
  readings.set(body, reading);
  let entry = subshell(shell);
  let printed = act();
  for (let round = 0; round <= MAX_ROUNDS && reading.calls.length > 0; round += 1) {
    const calls = reading.calls.splice(0);
    const settled = reading.left !== null && !changed(reading.left, shell);
    if (settled && calls.every((call) => !changed(entry, call))) break;
    const left = subshell(shell, { locals: [] });
    const next = subshell(entry);
    mergeShells(next, [entry, ...calls]);
    if (round > 0) widen(next, entry);
    if (round === MAX_ROUNDS) forget(next, entry);
    reading.left = left;
    Object.assign(shell, next);
    entry = subshell(next);
    printed = joinAlternatives(printed, act());
    mergeShells(shell, [left, subshell(shell)]);
  }
  readings.delete(body);
  return printed;
}
