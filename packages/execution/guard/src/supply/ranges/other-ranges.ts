// Ranges of gems, Composer packages and Go modules.
import { MAX_RANGE, type Clause, type Comparator, type VersionRange } from "./comparator.ts";
import { between, caret, lowest, past, prefixed, readPartial, type PartialVersion } from "./partial-version.ts";

/** Reads requirements of gems: `~> 1.2`, `>= 1, < 2`, `1.0`. */
export function rubygemsRange(text: string): VersionRange | undefined {
  if (text.length > MAX_RANGE) return undefined;
  const clauses = text.split(",").map((part) => gemRequirement(part.replaceAll(/\s+/g, "")));
  return clauses.every((clause) => clause !== undefined) ? [clauses.flat()] : undefined;
}

/** Reads a constraint of Composer: `^1.2`, `~1.2`, `1.*`, `>=1 <2`, `1 - 2`, alternatives with `|` or `||`. */
export function packagistRange(text: string): VersionRange | undefined {
  if (text.length > MAX_RANGE) return undefined;
  const clauses = text
    .split(/\|\|?/)
    .map((alternative) => composerClause(alternative.trim().replaceAll(/@(?:dev|alpha|beta|rc|stable)$/gi, "")));
  return clauses.every((clause) => clause !== undefined) ? clauses : undefined;
}

/** Reads a query of go: a full version, or a comparison. `latest`, branches and commits are undefined. */
export function goRange(text: string): VersionRange | undefined {
  const [, op = "", version = ""] = /^([<>]=?)?(v\d+(?:\.\d+){0,2}(?:[-+].*)?)$/s.exec(text) ?? [];
  if (version === "" || text.length > MAX_RANGE) return undefined;
  if (op === "<" || op === "<=" || op === ">" || op === ">=") return [[{ op, version }]];
  const partial = readPartial(version);
  return [partial === undefined ? [{ op: "=", version }] : prefixed(partial, 3)];
}

function gemRequirement(text: string): Clause | undefined {
  const [, op = "", version = ""] = /^(~>|!=|<=|>=|<|>|=)?(\d.*)$/s.exec(text) ?? [];
  if (version === "") return undefined;
  if (op === "~>") return pessimistic(version);
  return [{ op: isOp(op) ? op : "=", version }];
}

// `~> 1.2` is below 2, `~> 1.2.3` below 1.3.
function pessimistic(text: string): Clause {
  const version = readPartial(text);
  const from: Comparator = { op: ">=", version: text };
  if (version === undefined) return [from];
  const end = past(version, Math.max(1, version.numbers.length - 1));
  return end === undefined ? [from] : [from, { op: "<", version: end }];
}

function composerClause(text: string): Clause | undefined {
  const hyphen = text.split(/\s+-\s+/);
  if (hyphen.length === 2) return composerHyphen(hyphen[0] ?? "", hyphen[1] ?? "");
  const words = text.replaceAll(/([<>=!~^])\s+/g, "$1").split(/[\s,]+/);
  const parts = words.filter((word) => word !== "").map(composerWord);
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function composerHyphen(from: string, to: string): Clause | undefined {
  const [low, high] = [readPartial(from), readPartial(to)];
  if (low === undefined || high === undefined) return undefined;
  return [{ op: ">=", version: lowest(low) }, ...upper(high)];
}

function upper(high: PartialVersion): Clause {
  if (high.numbers.length >= 3) return [{ op: "<=", version: lowest(high) }];
  const end = past(high, high.numbers.length);
  return end === undefined ? [] : [{ op: "<", version: end }];
}

function composerWord(word: string): Clause | undefined {
  const [, op = "", rest = ""] = /^(\^|~|!=|<>|<=|>=|<|>|==?)?(.*)$/s.exec(word) ?? [];
  const version = readPartial(rest);
  if (version === undefined) return undefined;
  if (op === "^") return caret(version);
  if (op === "~") return between(version, Math.max(1, version.numbers.length - 1));
  if (isOp(op)) return [{ op, version: lowest(version) }];
  if (op === "<>") return [{ op: "!=", version: lowest(version) }];
  return version.numbers.length === 0 || rest.includes("*")
    ? between(version, version.numbers.length)
    : [{ op: "=", version: lowest(version) }];
}

function isOp(op: string): op is Comparator["op"] {
  return op === "<" || op === "<=" || op === ">" || op === ">=" || op === "=" || op === "!=";
}
