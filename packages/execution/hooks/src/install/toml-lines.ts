// A few lines of ours in somebody else's TOML: a key in a table, a table at the end. Each carries a mark, so that it is found
// again; every other byte stays. What cannot be told apart line by line is refused.
import { CesError } from "@ces/kernel";

/** Ends each line of ours. */
const OURS = "# ces guard";

/** A key of a table, with its value as TOML text. */
export interface TomlKey {
  /** As it stands between the brackets: `features`, `hooks.state."…"`. */
  readonly table: string;
  readonly key: string;
  readonly value: string;
}

/** The text with the key set. Throws CesError `GUARD_SETTINGS` when the table is written in a form that has no lines of its own. */
export function withTomlKey(text: string, wanted: TomlKey, file: string): string {
  const lines = readLines(text);
  const line = `${wanted.key} = ${wanted.value} ${OURS}`;
  const head = lines.findIndex(({ table }) => table === wanted.table);
  if (head === -1) {
    refuseOtherForms(lines, wanted, file);
    const gap = text === "" || text.endsWith("\n\n") ? "" : text.endsWith("\n") ? "\n" : "\n\n";
    return `${text}${gap}[${wanted.table}] ${OURS}\n${line}\n`;
  }
  const at = lines.findIndex(
    (one, index) => index > head && one.within === wanted.table && keyOf(one.text) === wanted.key,
  );
  if (at !== -1 && valueOf(lines[at]?.text ?? "") === wanted.value) return text;
  const rows = lines.map(({ text: row }) => row);
  return (at === -1 ? rows.toSpliced(head + 1, 0, line) : rows.with(at, line)).join("\n");
}

/** The text without any line of ours, and without a table that only they filled; null when there is none. */
export function withoutOurToml(text: string): string | null {
  const lines = readLines(text);
  const gone = new Set(
    lines.flatMap(({ text: row, opaque }, index) => (!opaque && row.trimEnd().endsWith(OURS) ? [index] : [])),
  );
  if (gone.size === 0) return null;
  // A table head of ours stays when somebody has put a key of his own under it.
  for (const index of gone) {
    const { table } = lines[index] ?? {};
    if (
      table !== undefined &&
      lines.some((one, at) => at > index && one.within === table && keyOf(one.text) !== undefined && !gone.has(at))
    )
      gone.delete(index);
  }
  const kept = lines.map(({ text: row }) => row).filter((_, index) => !gone.has(index));
  return kept.join("\n").replace(/\n{2,}$/, "\n");
}

/** The value of a key as TOML text, whoever wrote it; undefined when it is not there in the form of lines. */
export function tomlValue(text: string, { table, key }: Pick<TomlKey, "table" | "key">): string | undefined {
  const row = readLines(text).find((one) => one.within === table && keyOf(one.text) === key);
  return row === undefined ? undefined : valueOf(row.text);
}

interface TomlLine {
  readonly text: string;
  /** The table this line opens, and the one it stands in. */
  readonly table: string | undefined;
  readonly within: string | undefined;
  /** Inside a text of several lines. */
  readonly opaque: boolean;
}

function readLines(text: string): readonly TomlLine[] {
  let within: string | undefined;
  let open: string | undefined;
  return text.split("\n").map((row) => {
    const opaque = open !== undefined;
    open = openAfter(row, open);
    const table = opaque ? undefined : /^\s*\[([^[\]]+|[^[]*"[^"]*"[^\]]*)\]\s*(?:#.*)?$/.exec(row)?.[1]?.trim();
    const other = !opaque && table === undefined && /^\s*\[/.test(row);
    if (table !== undefined) within = table;
    else if (other) within = undefined;
    return { text: row, table, within: table === undefined && !opaque ? within : undefined, opaque };
  });
}

// Which kind of long text is open at the end of a line.
function openAfter(row: string, open: string | undefined): string | undefined {
  let now = open;
  for (const [mark] of row.matchAll(/"""|'''/g)) {
    if (now === undefined) now = mark;
    else if (now === mark) now = undefined;
  }
  return now;
}

const keyOf = (row: string): string | undefined => /^\s*([A-Za-z0-9_-]+)\s*=/.exec(row)?.[1];
const valueOf = (row: string): string | undefined => /=\s*(.*?)\s*(?:#[^"']*)?$/.exec(row)?.[1];

function refuseOtherForms(lines: readonly TomlLine[], { table, key }: TomlKey, file: string): void {
  const [first = ""] = table.split(".");
  const other = lines.find(
    ({ text, within, opaque }) => !opaque && within === undefined && new RegExp(`^\\s*"?${first}"?\\s*[.=]`).test(text),
  );
  if (other === undefined) return;
  throw new CesError("GUARD_SETTINGS", `\`${file}\` is not changed: it writes \`${first}\` in a form of its own`, {
    remedy: `set ${table}.${key} by hand`,
  });
}
