// What reading an action gives, whatever its kind.

import type { MayEnd } from "../machine/machine.ts";

/** An action that rules can be asked about. */
export type ReadAction = {
  /** As it was asked. */
  readonly raw: string;
  readonly kind: string;
} & KindReading;

/** What the reader of one kind says. */
export type KindReading = {
  /** In one spelling: what rules that allow see. */
  readonly normal: string;
  /** Further readings that every other rule also sees: each command of a line by its program's plain name, a path with the other slash. */
  readonly readings: readonly string[];
  /** Words of one plain command, each closed by U+0000; null for a line that is more than that. */
  readonly words: string | null;
  /** The same for each command that was found in a line. */
  readonly allWords: readonly string[];
  /** Where the match of a rule that allows may end in `normal`: never inside a host, a path's segment or a word. */
  readonly mayEnd: MayEnd;
  /** Kind and name, never an argument: `file:read`, `shell:git`, `http:GET`. At most 64 characters. */
  readonly tool_name: string;
};

/** Why an action cannot be read; it is denied. */
export type Unreadable = { readonly why: string };

const NAME = /^[A-Za-z][\w.+-]{0,30}$/;
const everywhere: MayEnd = () => true;

/** An action of a kind without an inner form, or without the inner form of its kind. */
export function plainReading(text: string): KindReading {
  const parts = text.split(":", 3);
  const name = toolName(parts[0] ?? "", parts[1] ?? "");
  return { normal: text, readings: [], words: null, allWords: [], mayEnd: everywhere, tool_name: name };
}

/** `kind:name`, as far as both are names. */
export function toolName(kind: string, name: string): string {
  const shown = NAME.test(kind) ? kind : "other";
  return NAME.test(name) ? `${shown}:${name}` : shown;
}
