// Building the words that one source word becomes: pieces are joined, split at IFS, and multiplied by "$@".
import { type Arg, HOLE, type Stream, type Taint } from "../arg.ts";
import type { Span } from "../effect.ts";

const noTaints: ReadonlySet<Taint> = new Set();

/** Joins pieces into fields. */
export class Fields {
  readonly done: Arg[] = [];
  #text = "";
  #taints: Set<Taint> | null = null;
  #glob = false;
  #splits = false;
  #any = false;
  #stream: Stream | null = null;

  /** A quoted or literal stretch. */
  literal(text: string): void {
    this.#text += text;
    this.#any = true;
  }

  /** An unquoted glob character or pattern. */
  pattern(text: string): void {
    this.#text += text;
    this.#glob = true;
    this.#any = true;
  }

  /** A stretch that is not known. `splits`: it is unquoted and may become several words, or none. */
  hole(taints: Iterable<Taint>, splits: boolean): void {
    this.#text += HOLE;
    for (const taint of taints) (this.#taints ??= new Set()).add(taint);
    if (splits) this.#splits = true;
    else this.#any = true;
  }

  /** The path of a process substitution. */
  stream(stream: Stream): void {
    this.#text += "/dev/fd/63";
    this.#stream = stream;
    this.#any = true;
  }

  /** A value inside quotes. */
  quoted(value: Arg): void {
    this.#take(value, value.text, value.glob);
    this.#any = true;
  }

  /** A value outside quotes: split at `ifs`, null when that is not known; its glob characters live. */
  unquoted(value: Arg, ifs: string | null): void {
    if (ifs === null && value.text !== "" && !value.text.includes(HOLE)) {
      this.hole(["variable", ...value.taints], true);
      return;
    }
    if (ifs === null || value.text.includes(HOLE)) {
      this.#take(value, value.text, value.glob || /[*?[]/.test(value.text));
      this.#splits = true;
      return;
    }
    const pieces = splitAt(value.text, ifs);
    pieces.forEach((piece, index) => {
      if (index > 0) this.cut();
      if (piece === "") return;
      this.#take(value, piece, value.glob || /[*?[]/.test(piece));
      this.#any = true;
    });
  }

  /** The words of "$@" or "${a[@]}": each its own field, the first and last joined to what stands beside them. */
  each(values: readonly Arg[], use: (value: Arg) => void): void {
    values.forEach((value, index) => {
      if (index > 0) this.cut();
      use(value);
    });
  }

  /** Ends the current field. */
  cut(): void {
    if (this.#any || this.#text !== "") this.done.push(this.#field(null));
    this.#text = "";
    this.#taints = null;
    this.#glob = false;
    this.#splits = false;
    this.#any = false;
    this.#stream = null;
  }

  /** All fields; the only one of a word stands where the word stands. */
  finish(at: Span | null): Arg[] {
    this.cut();
    const [only] = this.done;
    return this.done.length === 1 && only !== undefined ? [{ ...only, at }] : this.done;
  }

  #take(value: Arg, text: string, glob: boolean): void {
    this.#text += text;
    for (const taint of value.taints) (this.#taints ??= new Set()).add(taint);
    this.#glob ||= glob;
    this.#splits ||= value.splits;
    this.#stream ??= value.stream;
  }

  #field(at: Span | null): Arg {
    return {
      text: this.#text,
      taints: this.#taints ?? noTaints,
      glob: this.#glob,
      splits: this.#splits,
      at,
      stream: this.#stream,
    };
  }
}

/** Splits the way the shell does: white space of IFS in runs, other characters one by one. */
export function splitAt(text: string, ifs: string): string[] {
  if (ifs === "") return [text];
  const white = [...ifs].filter((char) => " \t\n".includes(char)).join("");
  const other = [...ifs].filter((char) => !" \t\n".includes(char)).join("");
  const pieces: string[] = [""];
  let pending = false;
  for (const char of text) {
    if (white.includes(char)) pending = true;
    else if (other.includes(char)) {
      pieces.push("");
      pending = false;
    } else {
      if (pending && (pieces.length > 1 || pieces[0] !== "")) pieces.push("");
      pending = false;
      pieces[pieces.length - 1] += char;
    }
  }
  // White space at either end separates this word from its neighbours.
  if (text !== "" && white.includes(text[0] ?? "")) pieces.unshift("");
  if (pending && pieces.some((piece) => piece !== "")) pieces.push("");
  return pieces;
}
