// Options of interpreters: letters that run together, letters that take digits only, long names; they end where the program begins.
import { type Arg, HOLE } from "../../arg.ts";
import { partOf } from "../_words.ts";

/** Which letters take what. A letter that is nowhere is not known. */
export interface LetterForm {
  readonly flags?: string;
  /** They take the rest of their word, or the next word. */
  readonly values?: string;
  /** They take the rest of their word, which may be nothing. */
  readonly glued?: string;
  /** They take the digits behind them: `-0777`, `-l12`. */
  readonly digits?: string;
  /** Long names and whether they take a value; separated by spaces, `=` for a value, `=?` for one that is only glued on. */
  readonly longs?: string;
  /** After one of these nothing is an option any more: `python -c CODE …`. */
  readonly stops?: string;
  /** Long names may have one dash. */
  readonly single?: true;
  /** Options count wherever they stand, as in editors and debuggers; without it they end at the first word that is none. */
  readonly anywhere?: true;
}

/** One option. */
export interface ProgramOption {
  readonly name: string;
  readonly value: Arg | undefined;
}

/** The options in front of a program, and the words behind them. */
export interface ProgramOptions {
  readonly given: readonly ProgramOption[];
  readonly unknown: readonly Arg[];
  readonly rest: readonly Arg[];
  has(...names: readonly string[]): boolean;
  values(...names: readonly string[]): readonly Arg[];
}

interface State {
  readonly given: ProgramOption[];
  readonly unknown: Arg[];
  at: number;
  stopped: boolean;
}

/** Reads options up to the first word that is none, or all of them where they count anywhere. */
export function readProgramOptions(args: readonly Arg[], form: LetterForm): ProgramOptions {
  const longs = new Map(
    (form.longs ?? "")
      .split(/\s+/)
      .filter((name) => name !== "")
      .map(
        (name) =>
          [
            name.replace(/=\??$/, ""),
            name.endsWith("=?") ? "glued" : name.endsWith("=") ? "value" : "nothing",
          ] as const,
      ),
  );
  const state: State = { given: [], unknown: [], at: 0, stopped: false };
  const operands: Arg[] = [];
  while (state.at < args.length && !state.stopped) {
    const word = args[state.at];
    if (word === undefined || (!/^-./.test(word.text) && form.anywhere !== true)) break;
    state.at += 1;
    if (!/^-./.test(word.text)) {
      operands.push(word);
      continue;
    }
    if (word.text === "--") break;
    const name = longName(word, form, longs);
    if (name === null) readLetters(state, args, word, form);
    else readLong(state, args, { word, name, takes: longs.get(name) });
  }
  const { given, unknown } = state;
  return {
    given,
    unknown,
    rest: [...operands, ...args.slice(state.at)],
    has: (...names) => given.some(({ name }) => names.includes(name)),
    values: (...names) =>
      given.flatMap(({ name, value }) => (names.includes(name) && value !== undefined ? [value] : [])),
  };
}

function longName({ text }: Arg, { single }: LetterForm, longs: ReadonlyMap<string, string>): string | null {
  const name = text.replace(/^--?/, "").replace(/=.*$/s, "");
  return text.startsWith("--") || (single === true && longs.has(name)) ? name : null;
}

interface Long {
  readonly word: Arg;
  readonly name: string;
  readonly takes: "glued" | "value" | "nothing" | undefined;
}

function readLong(state: State, args: readonly Arg[], { word, name, takes }: Long): void {
  const cut = word.text.indexOf("=");
  if (takes === undefined || name.includes(HOLE)) state.unknown.push(word);
  if (cut >= 0) state.given.push({ name, value: partOf(word, word.text.slice(cut + 1)) });
  else if (takes === "value") state.given.push({ name, value: args[state.at++] });
  else state.given.push({ name, value: undefined });
}

function readLetters(state: State, args: readonly Arg[], word: Arg, form: LetterForm): void {
  for (let at = 1; at < word.text.length; at += 1) {
    const letter = word.text[at] ?? "";
    const tail = word.text.slice(at + 1);
    if (form.stops?.includes(letter) === true) state.stopped = true;
    if (form.flags?.includes(letter) === true) state.given.push({ name: letter, value: undefined });
    else if (form.digits?.includes(letter) === true) {
      const digits = /^(?:[xX][0-9a-fA-F]+|[0-7]*)/.exec(tail)?.[0] ?? "";
      state.given.push({ name: letter, value: partOf(word, digits) });
      at += digits.length;
    } else if (form.values?.includes(letter) === true) {
      // A word that is nothing but the option's value keeps its place in the text.
      state.given.push({ name: letter, value: tail === "" ? args[state.at++] : partOf(word, tail) });
      return;
    } else if (form.glued?.includes(letter) === true) {
      state.given.push({ name: letter, value: partOf(word, tail) });
      return;
    } else {
      state.unknown.push(word);
      return;
    }
  }
}
