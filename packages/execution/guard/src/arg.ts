// One word of a command after expansion, as far as it can be known. The shapes that profiles see.
import type { Span } from "./effect.ts";

/** Stands in `Arg.text` for a stretch that cannot be known. Never part of a command: the pre-scan refuses NUL. */
export const HOLE = "\0";

/** Where an unknown stretch, or a stream, gets its content from. */
export type Taint =
  /** Fetched from a network. */
  | "network"
  /** Came out of a decoder: base64, xxd, a decompressor, a cipher. */
  | "decoded"
  /** The content of a secret file, or a variable whose name says so. */
  | "secret"
  /** The whole environment: `env`, `printenv`, `set`. */
  | "environment"
  /** The content of a file; which one may be known from `Stream.files`. */
  | "file"
  /** An environment variable or positional parameter that the line did not set. */
  | "variable"
  /** Shell text that a local tool prints in order to be evaluated: `ssh-agent -s`, `direnv hook`. */
  | "generator"
  /** Output of a command that is neither of the above. */
  | "output"
  /** A number that the shell counts: `$?`, `$RANDOM`. The text is known to be digits, which ones is not; it reads as `0`. */
  | "number"
  /** Typed or piped in from outside the line. */
  | "input";

/** One argument. */
export interface Arg {
  /** The value; each unknown stretch is one `HOLE`. A glob that was not expanded is its pattern. */
  readonly text: string;
  /** Where the unknown stretches come from; empty when the value is known. */
  readonly taints: ReadonlySet<Taint>;
  /** The text holds unquoted glob characters that stand for files that are not known or not looked up. */
  readonly glob: boolean;
  /** It may turn out to be no word, or several (an unquoted unknown, `"$@"`). */
  readonly splits: boolean;
  /** Where it stands in the top-level text, to be rewritten; null inside nested or computed text. */
  readonly at: Span | null;
  /** Path of a process substitution's stream, if the word is one. */
  readonly stream: Stream | null;
}

/** What feeds a program's standard input, or what a command prints. */
export interface Stream {
  /** The text; each stretch that is not known is one `HOLE`. Null when nothing of it is known. */
  readonly text: string | null;
  readonly taints: ReadonlySet<Taint>;
  /** Files whose contents it carries, absolute paths, when they are known. */
  readonly files: readonly string[];
  /** Each of its lines is a path that begins with one of these, as `find src` or `grep -l x src` print them; absent when nothing is known of that. */
  readonly below?: readonly string[];
  /** `none`: nothing redirected, the terminal or whatever the host gives. */
  readonly from: "none" | "here" | "file" | "pipe";
}

/** True when the whole value is known: no hole and no glob. */
export const isKnown = (arg: Arg): boolean => !arg.glob && !arg.splits && !arg.text.includes(HOLE);

/** True when it is known and came from nowhere else: good enough to choose by. `$?` is not. */
export const isConstant = (arg: Arg): boolean => isKnown(arg) && arg.taints.size === 0;

/** The value when it is known, else undefined. */
export const known = (arg: Arg | undefined): string | undefined =>
  arg !== undefined && isKnown(arg) ? arg.text : undefined;

const none: ReadonlySet<Taint> = new Set();

/** A word with a known value that stands nowhere. */
export const literal = (text: string, at: Span | null = null): Arg => ({
  text,
  taints: none,
  glob: false,
  splits: false,
  at,
  stream: null,
});

/** A word of which nothing is known. */
export const unknownArg = (taint: Taint, splits = false): Arg => ({
  text: HOLE,
  taints: new Set([taint]),
  glob: false,
  splits,
  at: null,
  stream: null,
});

/** Nothing redirected. */
export const noStream: Stream = { text: null, taints: none, files: [], from: "none" };
/** A stream that carries nothing. */
export const emptyStream: Stream = { text: "", taints: none, files: [], from: "here" };

/** True when the whole text is known. */
export const isKnownStream = (stream: Stream): stream is Stream & { readonly text: string } =>
  stream.text !== null && !stream.text.includes(HOLE);

/** A stream with a known text. */
export const textStream = (text: string, from: Stream["from"] = "pipe"): Stream => ({
  text,
  taints: none,
  files: [],
  from,
});

/** The beginning that all lines of a stream share, to be put before an unknown rest; empty when there is none. */
export const sharedBeginning = ({ below }: Stream): string => (below?.length === 1 ? (below[0] ?? "") : "");

/** A stream of unknown text from these sources. */
export const taintedStream = (taints: Iterable<Taint>, files: readonly string[] = []): Stream => ({
  text: null,
  taints: new Set(taints),
  files,
  from: "pipe",
});

/**
 * Files of two streams that are joined or stand for each other; none when either carries something else as well.
 * SECURITY: a stream with exactly one file is judged by that file, so that nothing else may be in it.
 */
export const filesOfBoth = (a: Stream, b: Stream): readonly string[] =>
  a.files.length > 0 && b.files.length > 0 ? [...a.files, ...b.files] : [];
