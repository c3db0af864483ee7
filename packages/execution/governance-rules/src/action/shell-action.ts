// `shell:LINE`: allowed by a prefix only up to a whole word of a line that nothing is hidden in; denied by any command in it.

import type { MayEnd } from "../machine/machine.ts";
import { type KindReading, toolName, type Unreadable } from "./action-reading.ts";
import { commandsIn } from "./commands-in.ts";
import { lastName, plainFrom, plainWords } from "./shell-words.ts";

const HEAD = "shell:";

/** Reads what stands after `shell:`. */
export function readShellAction(rest: string): KindReading | Unreadable {
  const line = rest.trim();
  const commands = commandsIn(line);
  if (commands === null) return { why: "the action holds more commands, or hides more, than can be judged" };
  const from = plainFrom(line);
  const words = from === 0 ? plainWords(line) : null;
  const normal = HEAD + line;
  return {
    normal,
    readings: commands.map((command) => HEAD + command.join(" ")),
    words: words === null || words.length === 0 ? null : closed(words),
    allWords: commands.map(closed),
    mayEnd: atWords(normal, from === 0 ? 0 : HEAD.length + from),
    tool_name: toolName("shell", lastName(words?.[0] ?? commands[0]?.[0] ?? "")),
  };
}

/** Words as one text: each is closed by U+0000, which no word can hold. */
export function closed(words: readonly string[]): string {
  return words.map((word) => `${word}\0`).join("");
}

// SECURITY: what comes after the match must not start another command, so nothing special may follow.
function atWords(text: string, from: number): MayEnd {
  return (index) => {
    if (index <= HEAD.length) return true;
    return index >= from && (index === text.length || /[ \t]/.test(text.charAt(index) + text.charAt(index - 1)));
  };
}
