// The words of `rm`, `rmdir`, `unlink` and `shred`, read by the rules that these programs read them by: clusters, abbreviations,
// options behind operands, `--`. `find` is what `find -delete` does to the paths that it found.
import type { ByteText } from "./byte-text.ts";
import { fromLatin1, shownText } from "./byte-text.ts";

/** The programs that are stood in for. */
export const stoodInFor = ["rm", "rmdir", "unlink", "shred", "find"] as const;
export type StoodInFor = (typeof stoodInFor)[number];

/** How a delete was meant. `ask`: before each, once before many, never. `-d` is `empty_folders`, `rmdir -p` is `parents`. */
export type PutHow = {
  readonly as: StoodInFor;
  readonly recursive: boolean;
  readonly force: boolean;
  readonly verbose: boolean;
  readonly empty_folders: boolean;
  readonly parents: boolean;
  readonly ignore_not_empty: boolean;
  readonly ask: "each" | "once" | "never";
};

/** What was asked for, or what is wrong with the words. */
export type PutWords =
  | { readonly kind: "put"; readonly how: PutHow; readonly operands: readonly ByteText[] }
  | { readonly kind: "wrong"; readonly text: string };

type Value = "none" | "needed" | "optional";
type Draft = { -readonly [K in keyof PutHow]: PutHow[K] } & { removes: boolean };
type Flag = {
  readonly long?: string;
  readonly short?: string;
  readonly value?: Value;
  /** False: the value is none that the program knows. */
  readonly set: (draft: Draft, value: string | undefined) => boolean | void;
};

const verbose: Flag = { long: "verbose", short: "v", set: (how) => void (how.verbose = true) };
const nothing = (): void => {};

const flags: Readonly<Record<StoodInFor, readonly Flag[]>> = {
  rm: [
    verbose,
    { long: "force", short: "f", set: (how) => void Object.assign(how, { force: true, ask: "never" }) },
    { short: "i", set: (how) => void Object.assign(how, { force: false, ask: "each" }) },
    { short: "I", set: (how) => void Object.assign(how, { force: false, ask: "once" }) },
    { long: "interactive", value: "optional", set: setInteractive },
    { long: "recursive", short: "r", set: (how) => void (how.recursive = true) },
    { short: "R", set: (how) => void (how.recursive = true) },
    { long: "dir", short: "d", set: (how) => void (how.empty_folders = true) },
    // What is mounted inside a folder is never moved along, and `/` is never moved: these change nothing.
    { long: "one-file-system", set: nothing },
    { long: "preserve-root", value: "optional", set: nothing },
    { long: "no-preserve-root", set: nothing },
  ],
  rmdir: [
    verbose,
    { long: "parents", short: "p", set: (how) => void (how.parents = true) },
    { long: "ignore-fail-on-non-empty", set: (how) => void (how.ignore_not_empty = true) },
  ],
  unlink: [],
  find: [verbose],
  shred: [
    verbose,
    { long: "force", short: "f", set: nothing },
    { long: "iterations", short: "n", value: "needed", set: nothing },
    { long: "random-source", value: "needed", set: nothing },
    { long: "size", short: "s", value: "needed", set: nothing },
    { short: "u", set: (how) => void (how.removes = true) },
    { long: "remove", value: "optional", set: (how) => void (how.removes = true) },
    { long: "exact", short: "x", set: nothing },
    { long: "zero", short: "z", set: nothing },
  ],
};

/** Reads the words behind the program's name. `more`: further operands come from elsewhere, so none here is no mistake. */
export function readPutWords(
  as: StoodInFor,
  words: readonly ByteText[],
  more: "no more" | "more" = "no more",
): PutWords {
  const draft: Draft = {
    as,
    recursive: false,
    force: false,
    verbose: false,
    empty_folders: as === "find",
    parents: false,
    ignore_not_empty: false,
    ask: "never",
    removes: as !== "shred",
  };
  const operands: ByteText[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? fromLatin1("");
    if (word === "--") {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (word === "-" || !word.startsWith("-")) {
      operands.push(word);
      continue;
    }
    const read = word.startsWith("--") ? readLong(draft, word, words[at + 1]) : readShorts(draft, word, words[at + 1]);
    if (typeof read === "string") return { kind: "wrong", text: read };
    at += read;
  }
  return judged(draft, operands, more);
}

function judged({ removes, ...how }: Draft, operands: readonly ByteText[], more: "no more" | "more"): PutWords {
  if (!removes) return { kind: "wrong", text: "`shred` without `-u` overwrites a file, which is not done" };
  if (how.as === "unlink" && operands.length > 1)
    return { kind: "wrong", text: `extra operand \`${shownText(operands[1] ?? fromLatin1(""))}\`` };
  if (operands.length === 0 && !how.force && more === "no more") return { kind: "wrong", text: "missing operand" };
  return { kind: "put", how, operands };
}

function setInteractive(how: Draft, value: string | undefined): boolean {
  const when = { never: "never", no: "never", none: "never", once: "once", always: "each", yes: "each" }[
    value ?? "yes"
  ];
  if (when === undefined) return false;
  Object.assign(how, { ask: when }, when === "never" ? {} : { force: false });
  return true;
}

// How many further words were used, or what is wrong.
function readLong(draft: Draft, word: ByteText, next: ByteText | undefined): number | string {
  const [given = "", ...rest] = word.slice(2).split("=");
  const inline = rest.length > 0 ? rest.join("=") : undefined;
  const all = flags[draft.as].filter((flag) => flag.long?.startsWith(given));
  const flag = all.find(({ long }) => long === given) ?? (all.length === 1 ? all[0] : undefined);
  if (!flag) return `${all.length > 1 ? "ambiguous" : "unrecognized"} option \`${shownText(word)}\``;
  if (inline !== undefined && flag.value === undefined) return `option \`--${flag.long}\` takes no value`;
  if (flag.value === "needed" && inline === undefined && next === undefined)
    return `option \`--${flag.long}\` needs a value`;
  if (flag.set(draft, inline) === false) return `invalid argument in \`${shownText(word)}\``;
  return flag.value === "needed" && inline === undefined ? 1 : 0;
}

function readShorts(draft: Draft, word: ByteText, next: ByteText | undefined): number | string {
  for (let at = 1; at < word.length; at += 1) {
    const flag = flags[draft.as].find(({ short }) => short === word[at]);
    if (!flag) return `invalid option \`-${shownText(fromLatin1(word.slice(at, at + 1)))}\``;
    flag.set(draft, undefined);
    if (flag.value !== "needed") continue;
    if (at + 1 < word.length) return 0;
    return next === undefined ? `option \`-${flag.short}\` needs a value` : 1;
  }
  return 0;
}
