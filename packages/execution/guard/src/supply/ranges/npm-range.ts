// Ranges of npm (node-semver) and crates: caret, tilde, hyphen, x-ranges, comparators. Crates join with commas and a bare version is a caret.
import { MAX_RANGE, type Clause, type VersionRange } from "./comparator.ts";
import { between, caret, lowest, past, prefixed, readPartial, type PartialVersion } from "./partial-version.ts";

/** Reads a range of npm; undefined when it is none (a tag, a URL). */
export function npmRange(text: string): VersionRange | undefined {
  if (text.length > MAX_RANGE) return undefined;
  const clauses = text.split("||").map((clause) => npmClause(clause.trim()));
  return clauses.every((clause) => clause !== undefined) ? clauses : undefined;
}

/** Reads a requirement of cargo: `1.2`, `~1`, `>=1, <2`. */
export function cargoRange(text: string): VersionRange | undefined {
  if (text.length > MAX_RANGE) return undefined;
  const parts = text.split(",").map((part) => comparators(part.replaceAll(/\s+/g, ""), caret));
  return parts.every((part) => part !== undefined) ? [parts.flat()] : undefined;
}

function npmClause(text: string): Clause | undefined {
  const hyphen = text.split(/\s+-\s+/);
  if (hyphen.length === 2) return hyphenated(hyphen[0] ?? "", hyphen[1] ?? "");
  // `>= 1.2.3`: blanks after an operator belong to it.
  const words = text.split(/\s+/).filter((word) => word !== "");
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && /^(?:[<>]=?|=|~>?|\^)$/.test(before)) joined[joined.length - 1] = before + word;
    else joined.push(word);
  }
  const parts = joined.map((word) => comparators(word, (version) => prefixed(version, 3)));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function hyphenated(from: string, to: string): Clause | undefined {
  const [low, high] = [readPartial(from), readPartial(to)];
  if (low === undefined || high === undefined) return undefined;
  const whole = high.numbers.length >= 3;
  const end = past(high, high.numbers.length);
  const upper: Clause = whole
    ? [{ op: "<=", version: lowest(high) }]
    : end === undefined
      ? []
      : [{ op: "<", version: end }];
  return [{ op: ">=", version: lowest(low) }, ...upper];
}

function comparators(word: string, bare: (version: PartialVersion) => Clause): Clause | undefined {
  const [, op = "", rest = ""] = /^(\^|~>?|[<>]=?|=?)(.*)$/s.exec(word) ?? [];
  const version = readPartial(rest);
  if (version === undefined) return undefined;
  if (version.numbers.length === 0) return [];
  switch (op) {
    case "^":
      return caret(version);
    case "~":
    case "~>":
      return between(version, Math.min(2, version.numbers.length));
    case "=":
      return prefixed(version, 3);
    case "":
      return bare(version);
    default:
      return bound(op, version);
  }
}

// `>1.2` is past every 1.2.x; `<=1.2` takes every 1.2.x in.
function bound(op: string, version: PartialVersion): Clause {
  const whole = version.numbers.length >= 3;
  const end = past(version, version.numbers.length) ?? lowest(version);
  if (op === ">") return whole ? [{ op: ">", version: lowest(version) }] : [{ op: ">=", version: end }];
  if (op === "<=") return whole ? [{ op: "<=", version: lowest(version) }] : [{ op: "<", version: end }];
  return [{ op: op === "<" ? "<" : ">=", version: lowest(version) }];
}
