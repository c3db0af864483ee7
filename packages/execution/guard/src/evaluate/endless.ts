// Loops that never end by themselves, as far as their text says.
import type { CompoundList } from "unbash";

/** `while true`, `while :`, `while [ 1 ]`, `until false`. */
export function endsNever({ commands }: CompoundList, until: boolean): boolean {
  const [only] = commands;
  if (commands.length !== 1 || only?.command.type !== "Command") return false;
  const { name, suffix } = only.command;
  const word = name?.value ?? "";
  if (until) return word === "false" && suffix.length === 0;
  return (
    (/^(?:true|:)$/.test(word) && suffix.length === 0) ||
    (word === "[" && suffix[0]?.type === "Word" && /^\d+$/.test(suffix[0].value) && suffix.length === 2)
  );
}

/** Everything in it is put into the background, and nothing waits. */
export const multiplies = ({ commands }: CompoundList): boolean =>
  commands.length > 0 && commands.every(({ background }) => background === true);
