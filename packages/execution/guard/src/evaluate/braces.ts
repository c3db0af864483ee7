// Brace expansion on the source of a word, as bash does it before everything else: lists, sequences, nesting; quotes are respected.

/** Most words that one word may become. */
export const MAX_BRACE_WORDS = 1024;

/** The words that `source` expands to, each still with its quotes; null when there are too many. */
export function expandBraces(source: string): readonly string[] | null {
  const budget = { left: MAX_BRACE_WORDS };
  return expand(source, budget, 0);
}

type Budget = { left: number };

function expand(source: string, budget: Budget, depth: number): readonly string[] | null {
  if (depth > 64) return null;
  const found = firstBrace(source);
  if (found === null) return [source];
  const before = source.slice(0, found.open);
  const after = expand(source.slice(found.close + 1), budget, depth + 1);
  if (after === null) return null;
  const middles: string[] = [];
  for (const item of found.items) {
    const inner = found.sequence ? [item] : expand(item, budget, depth + 1);
    if (inner === null) return null;
    middles.push(...inner);
  }
  budget.left -= middles.length * after.length;
  if (budget.left < 0) return null;
  return middles.flatMap((middle) => after.map((rest) => before + middle + rest));
}

interface Brace {
  readonly open: number;
  readonly close: number;
  readonly items: readonly string[];
  readonly sequence: boolean;
}

function firstBrace(source: string): Brace | null {
  let dollar = false;
  for (let at = 0; at < source.length; at += 1) {
    const skipped = skipQuoted(source, at);
    if (skipped > at) {
      at = skipped - 1;
      dollar = false;
      continue;
    }
    const afterDollar = dollar;
    dollar = source[at] === "$";
    if (source[at] !== "{" || afterDollar) continue;
    const brace = readBrace(source, at);
    if (brace !== null) return brace;
  }
  return null;
}

function readBrace(source: string, open: number): Brace | null {
  const commas: number[] = [];
  let depth = 0;
  for (let at = open + 1; at < source.length; at += 1) {
    const skipped = skipQuoted(source, at);
    if (skipped > at) {
      at = skipped - 1;
      continue;
    }
    const char = source[at];
    if (char === "{") depth += 1;
    else if (char === "," && depth === 0) commas.push(at);
    else if (char === "}" && depth > 0) depth -= 1;
    else if (char === "}") return braceOf(source, { open, close: at, commas });
  }
  return null;
}

function braceOf(
  source: string,
  { open, close, commas }: { readonly open: number; readonly close: number; readonly commas: readonly number[] },
): Brace | null {
  if (commas.length > 0) {
    const cuts = [open, ...commas, close];
    return {
      open,
      close,
      sequence: false,
      items: cuts.slice(1).map((cut, index) => source.slice((cuts[index] ?? 0) + 1, cut)),
    };
  }
  const items = sequence(source.slice(open + 1, close));
  return items === null ? null : { open, close, items, sequence: true };
}

/** `1..5`, `01..10..2`, `a..e`; null for anything else. */
function sequence(body: string): readonly string[] | null {
  const match = /^(-?\d{1,20}|[A-Za-z])\.\.(-?\d{1,20}|[A-Za-z])(?:\.\.(-?\d{1,20}))?$/.exec(body);
  if (match === null) return null;
  const [, from = "", to = "", by] = match;
  const letters = /[A-Za-z]/.test(from);
  if (letters !== /[A-Za-z]/.test(to)) return null;
  const [a, b] = letters ? [from.charCodeAt(0), to.charCodeAt(0)] : [Number(from), Number(to)];
  const step = Math.max(1, Math.abs(Number(by ?? 1)));
  const count = Math.floor(Math.abs(b - a) / step) + 1;
  if (count > MAX_BRACE_WORDS) return Array.from({ length: MAX_BRACE_WORDS + 1 }, () => "");
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = a + (b >= a ? 1 : -1) * index * step;
    return letters ? String.fromCharCode(value) : pad(value, width);
  });
}

const pad = (value: number, width: number): string =>
  value < 0 ? `-${String(-value).padStart(width - 1, "0")}` : String(value).padStart(width, "0");

// The index after a quoted stretch or a substitution that starts at `at`; `at` itself when none does.
function skipQuoted(source: string, at: number): number {
  const char = source[at];
  if (char === "\\") return at + 2;
  if (char === "'") return after(source.indexOf("'", at + 1), source);
  if (char === "`") return after(source.indexOf("`", at + 1), source);
  if (char === '"') return endOfDouble(source, at + 1);
  if (char === "$" && source[at + 1] === "'") return endOfAnsi(source, at + 2);
  if (char === "$" && (source[at + 1] === "(" || source[at + 1] === "{")) return endOfNested(source, at + 1);
  return at;
}

const after = (index: number, source: string): number => (index < 0 ? source.length : index + 1);

function endOfAnsi(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "'") return at + 1;
  }
  return source.length;
}

function endOfDouble(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === '"') return at + 1;
  }
  return source.length;
}

function endOfNested(source: string, open: number): number {
  const [left, right] = source[open] === "(" ? ["(", ")"] : ["{", "}"];
  let depth = 0;
  for (let at = open; at < source.length; at += 1) {
    const char = source[at];
    if (char === "\\") at += 1;
    else if (char === "'") at = after(source.indexOf("'", at + 1), source) - 1;
    else if (char === left) depth += 1;
    else if (char === right && (depth -= 1) === 0) return at + 1;
  }
  return source.length;
}
