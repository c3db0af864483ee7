// A guard profile: what one program's options mean, in one file, with examples that must hold before it is believed.
import type { Arg, Stream, Taint } from "./arg.ts";
import type { Edit, Effect, Part, Rescue, Span } from "./effect.ts";
import type { EffectKind } from "./effect-kinds.ts";
import type { FileFacts } from "./file-facts.ts";
import type { Place } from "./paths/place.ts";
import type { Setting } from "./setting.ts";

/** One program about to be started, after links, wrappers, functions and aliases were resolved. */
export interface Call {
  /** The program's name, without its directory: `rm`, `mkfs.ext4`. */
  readonly name: string;
  /** The words after the name. */
  readonly args: readonly Arg[];
  /** The name's own word, to be rewritten; its `at` is null when it cannot be. */
  readonly word: Arg;
  readonly stdin: Stream;
  /** Variables set for this call alone, by name. */
  readonly env: ReadonlyMap<string, Arg>;
  /** The whole call in the top-level text, redirections left out; null when it is nested or computed. */
  readonly at: Span | null;
}

/** What a call would do, what it prints, and what would make it safe. */
export interface Outcome {
  readonly effects: readonly Effect[];
  readonly stdout: Stream;
  readonly edits: readonly Edit[];
  readonly rescues: readonly Rescue[];
  readonly parts: readonly Part[];
}

/** How a program touches a file. `append` and `create` keep what is there; `overwrite` replaces it; `empty` leaves nothing of it. */
export type WriteMode = "append" | "create" | "overwrite" | "empty";

/** Languages whose one-liners are read. */
export type Language = "python" | "javascript" | "ruby" | "perl" | "php" | "lua" | "tcl" | "awk" | "r" | "groovy";

/** What a profile may ask of the evaluation. Every method gives an outcome to be joined with the rest. */
export interface Evaluation {
  readonly setting: Setting;
  readonly facts: FileFacts;
  /** The directories the shell may stand in now; empty when it is not known. */
  readonly cwds: readonly string[];

  /** Nothing to say: a harmless run. `stdout` is what it prints, nothing known unless told. */
  fine(stdout?: Stream): Outcome;
  /** One effect. `what` completes "it would …". */
  effect(kind: EffectKind, what: string, detail?: { readonly instead?: string; readonly floor?: true }): Outcome;
  /** All effects and edits of all; prints what the last one prints. */
  join(...outcomes: readonly Outcome[]): Outcome;
  /** The same, printing `stdout`. */
  printing(outcome: Outcome, stdout: Stream): Outcome;

  /** A file's content is read (and printed, if the program prints it: then use `contents`). */
  read(path: Arg): Outcome;
  write(path: Arg, mode: WriteMode): Outcome;
  /** The program makes this file: what it will hold, or which program it is a copy of. Later parts of the line see it. */
  created(path: Arg, what: CreatedFile): Outcome;
  /** A copy of this file was put into the trash: emptying it later in the line loses nothing. */
  kept(path: Arg): Outcome;
  /** Deletes `path`, following no link. The rewrite, where the program can be rewritten whole, is the profile's. */
  remove(path: Arg, how?: { readonly recursive?: boolean }): Outcome;
  /** Changes mode, owner, attributes or access lists. */
  metadata(path: Arg, what: string, how?: { readonly recursive?: boolean }): Outcome;
  /** Where a path leads, for rules of the profile's own; strictest first. Empty when nothing is known of it. */
  places(path: Arg): readonly Place[];
  /** The stream that carries the content of these files. */
  contents(paths: readonly Arg[]): Stream;
  /** A stream that a filter passes on: same sources, text unknown. */
  filtered(stdin: Stream, more?: readonly Taint[]): Stream;

  /** The words as a command of their own: wrappers, `xargs`, `find -exec`. The first word is the program. */
  run(words: readonly Arg[], how?: RunHow): Outcome;
  /** A text as a shell program: `sh -c`, `eval`, `trap`. `args` are `$0 $1 …`. */
  script(source: Arg, how?: ScriptHow): Outcome;
  /** What arrives on a stream as a shell program: known text is read, a file of the workspace is read, the rest is refused. */
  scriptFrom(stream: Stream, how?: ScriptHow): Outcome;
  /** A text as a program of another language. */
  code(language: Language, source: Arg, how?: CodeHow): Outcome;
  /** What arrives on a stream as a program of another language. */
  codeFrom(language: Language, stream: Stream): Outcome;
  /** A local file as a program: `bash x.sh`, `python x.py`, `./x`. `language` null for whatever its first line says. */
  programFile(path: Arg, language: Language | "shell" | null, args: readonly Arg[]): Outcome;
}

/** A file that a program makes. */
export interface CreatedFile {
  /** What it will hold, if that is known; a path that ends in a slash stands for everything below it. */
  readonly content: Stream | null;
  /** Absolute path of the program that it is a copy of. */
  readonly copy_of: string | null;
  /** Absolute path that it leads to as a link, or was moved from: later parts of the line touch that. */
  readonly link_to?: string;
}

/** How a nested command is started. */
export interface RunHow {
  readonly stdin?: Stream;
  readonly env?: ReadonlyMap<string, Arg>;
  /** Variables start from nothing (`env -i`). */
  readonly cleared?: boolean;
  /** Names that it does not see (`env -u`). */
  readonly unset?: readonly Arg[];
  /** The command's directory, if it is not the shell's. */
  readonly cwd?: Arg;
  /** Directories searched instead of `PATH`. */
  readonly path?: Arg;
  /** The command runs somewhere else (`ssh`, a container): paths of this machine mean nothing there. */
  readonly elsewhere?: true;
}

/** How a nested shell program is started. */
export interface ScriptHow extends RunHow {
  readonly args?: readonly Arg[];
  /** Which shell reads it; anything but a POSIX shell or bash is read as far as it is common. */
  readonly shell?: string;
  /** The program runs in this very shell (`eval`, `source`): what it sets stays. */
  readonly here?: true;
}

/** How a nested program of another language is started. */
export interface CodeHow {
  /** `line`: the code runs once for each line of its input (`perl -n`), which is data. */
  readonly stdin?: Stream;
}

/** A command line and what must come of it. */
export interface StopExample {
  readonly line: string;
  readonly decision: "ask" | "deny" | "rewrite";
  /** One of the effects it must have. */
  readonly effect: EffectKind;
}

/** A guard profile. One file in `profiles/`; the registry finds it. */
export interface Profile {
  /** Names of programs; one that ends in `*` stands for every name with that beginning (`mkfs.*`). */
  readonly names: readonly string[];
  readonly summary: string;
  readonly judge: (call: Call, on: Evaluation) => Outcome;
  /** Lines that must be stopped, and lines that must be allowed. A profile whose examples fail is not believed: its programs are refused. */
  readonly matches: readonly StopExample[];
  readonly spares: readonly string[];
}
