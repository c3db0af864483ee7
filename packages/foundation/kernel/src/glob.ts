// Path patterns that grant and forbid: anchored at the project root, case-sensitive, `*` stays inside one folder name.
// Strict on purpose: a pattern that two readers could take differently is refused, not guessed (DESIGN §5, S31).

import { CesError } from "./ces-error.ts";
import { compileSegment, type SegmentTest } from "./glob-segment.ts";
import { expandBraces } from "./glob-braces.ts";

/** A compiled pattern. */
export type Glob = {
  readonly pattern: string;
  /**
   * True when the whole path matches. The path is relative, `/`-separated, without empty, `.` or `..` segments.
   * Throws CesError `GLOB_PATH` for any other path, so that no deny pattern is passed by an odd spelling.
   */
  readonly test: (path: string) => boolean;
  /** The longest leading folders (or whole path) without a wildcard; '' when there is none. Every match lies at or below it. */
  readonly literalPrefix: string;
  /** The same for each alternative of the braces: every match lies at or below one of them. */
  readonly literalPrefixes: readonly string[];
};

type Step = SegmentTest | "globstar";

const MAX_PATTERN = 1024;
const QUOTED = /\[([*?[{}])\]/g;

/**
 * Compiles `**` (whole segments only, any number of folders), `*`, `?` (one character), `[a-z]`, `[!a-z]`, `{a,b}`.
 * Throws CesError `GLOB_INVALID` for `.`/`..`/empty segments, absolute paths, backslash, control characters, a leading `!`,
 * a `**` glued to text, unbalanced or one-armed braces, more than 64 alternatives or 1024 characters.
 */
export function compileGlob(pattern: string): Glob {
  checkText(pattern);
  const alternatives = expandBraces(pattern).map((plain) => plain.split("/"));
  const steps = alternatives.map((segments) => segments.map((segment) => compileStep(pattern, segment)));
  const literals = alternatives.map(literalSegments);
  return {
    pattern,
    test: (path) => {
      const segments = splitPath(path);
      return steps.some((alternative) => matches(alternative, segments));
    },
    literalPrefix: commonPrefix(literals),
    literalPrefixes: [...new Set(literals.map((segments) => segments.join("/")))],
  };
}

/** A pattern that matches exactly `path`. Throws CesError `GLOB_INVALID` for a path that no pattern can spell. */
export function globLiteral(path: string): string {
  return compileGlob(path.replace(/[*?[{}]/g, "[$&]")).pattern;
}

function compileStep(pattern: string, segment: string): Step {
  if (segment === "**") return "globstar";
  if (segment === "" || segment === "." || segment === "..")
    throw invalid(pattern, "has an empty, `.` or `..` segment");
  if (segment.includes("**")) throw invalid(pattern, "has `**` next to other text");
  return compileSegment(pattern, segment);
}

function checkText(pattern: string): void {
  if (pattern.length > MAX_PATTERN) throw invalid(pattern.slice(0, 64), `is longer than ${MAX_PATTERN} characters`);
  if (pattern.startsWith("!")) throw invalid(pattern, "starts with `!`");
  if (/[\\\p{Cc}\p{Cs}]/u.test(pattern)) throw invalid(pattern, "has a backslash or control character");
}

function splitPath(path: string): readonly string[] {
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw new CesError("GLOB_PATH", `\`${path}\` is not a clean relative path`);
  }
  return segments;
}

// Greedy with one remembered `**`: each path segment is tried at most once per step, so the time is linear in the path.
function matches(steps: readonly Step[], segments: readonly string[]): boolean {
  let step = 0;
  let star = -1;
  let resume = 0;
  for (let at = 0; at < segments.length;) {
    const current = steps[step];
    if (current === "globstar") {
      star = step;
      resume = at;
      step += 1;
    } else if (current !== undefined && current(segments[at] ?? "")) {
      step += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      step = star + 1;
    } else return false;
  }
  // The path is used up: a `**` left over would have to match nothing, so `src/**` is what lies below src, not src itself.
  return step >= steps.length;
}

// `[x]` around one special character is how `globLiteral` spells it, and counts as that character.
function literalSegments(segments: readonly string[]): readonly string[] {
  const wild = segments.findIndex((segment) => /[*?[]/.test(segment.replace(QUOTED, "")));
  const literal = wild < 0 ? segments : segments.slice(0, wild);
  return literal.map((segment) => segment.replace(QUOTED, "$1"));
}

function commonPrefix(lists: readonly (readonly string[])[]): string {
  const first = lists[0] ?? [];
  const differs = first.findIndex((segment, i) => lists.some((list) => list[i] !== segment));
  return (differs < 0 ? first : first.slice(0, differs)).join("/");
}

function invalid(pattern: string, why: string): CesError {
  return new CesError("GLOB_INVALID", `the pattern \`${pattern}\` ${why}`, {
    remedy: "write a relative pattern such as `src/**`",
  });
}
