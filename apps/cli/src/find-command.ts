// From words to a command: the longest path that fits. What does not fit is answered with the nearest name.
import { CesError } from "@ces/kernel";
import type { Command } from "./define-command.ts";
import { nearestName } from "./nearest-name.ts";

/** A row of the generated registry: the words, and the file behind them, unloaded. */
export type CommandRow = { readonly path: readonly string[]; readonly load: () => Promise<Command> };

/** `command`: found, with the words after it. `group`: only the beginning of paths. `none`: no words at all. */
export type Found =
  | { readonly kind: "command"; readonly row: CommandRow; readonly rest: readonly string[] }
  | { readonly kind: "group"; readonly path: readonly string[]; readonly rows: readonly CommandRow[] }
  | { readonly kind: "none" };

/** Global options that take a value, so that it is not taken for a command. */
const valued = new Set(["--project-root"]);

/** Finds the command in `argv`; options may stand before it. Throws CesError USAGE_COMMAND. */
export function findCommand(argv: readonly string[], rows: readonly CommandRow[]): Found {
  const start = firstWord(argv);
  const words = wordsFrom(argv, start);
  if (words.length === 0) return { kind: "none" };
  for (let length = words.length; length > 0; length -= 1) {
    const row = rows.find(({ path }) => same(path, words.slice(0, length)));
    if (!row) continue;
    checkSlip(row, words[length], rows);
    return { kind: "command", row, rest: argv.toSpliced(start, length) };
  }
  return groupOf(words, rows);
}

/** Throws for words that are nothing; else the group they begin. */
function groupOf(words: readonly string[], rows: readonly CommandRow[]): Found {
  const [first = "", second] = words;
  const inside = rows.filter(({ path }) => path[0] === first);
  if (inside.length === 0)
    throw unknown(
      first,
      rows.map(({ path }) => path[0] ?? ""),
      "ces",
    );
  if (second === undefined) return { kind: "group", path: [first], rows: inside };
  throw unknown(
    second,
    inside.map(({ path }) => path[1] ?? ""),
    `ces ${first}`,
  );
}

// `ces audit verfy`: a word after a command that looks like one of the commands below it is a slip, not an argument.
function checkSlip({ path }: CommandRow, word: string | undefined, rows: readonly CommandRow[]): void {
  const below = rows.filter((row) => row.path.length > path.length && same(path, row.path.slice(0, path.length)));
  const names = below.map((row) => row.path[path.length] ?? "");
  if (word !== undefined && nearestName(word, names) !== undefined) throw unknown(word, names, `ces ${path.join(" ")}`);
}

function unknown(given: string, names: readonly string[], before: string): CesError {
  const near = nearestName(given, [...new Set(names)]);
  const remedy = near === undefined ? `${before} --help` : `${before} ${near}`;
  return new CesError(
    "USAGE_COMMAND",
    `there is no command \`${before} ${given}\`${near ? `; did you mean \`${before} ${near}\`?` : ""}`,
    { remedy },
  );
}

function firstWord(argv: readonly string[]): number {
  let index = 0;
  while (index < argv.length && argv[index]?.startsWith("-") && argv[index] !== "--")
    index += valued.has(argv[index] ?? "") ? 2 : 1;
  return index;
}

function wordsFrom(argv: readonly string[], start: number): readonly string[] {
  const rest = argv.slice(start);
  const end = rest.findIndex((word) => word.startsWith("-"));
  return (end === -1 ? rest : rest.slice(0, end)).slice(0, 3);
}

function same(path: readonly string[], words: readonly string[]): boolean {
  return path.length === words.length && path.every((word, index) => word === words[index]);
}
