// Where secrets stand in a text: recognisable ones by their shape, others by the name they are assigned to.

import { isSecretName } from "./secret-name.ts";
import { secretPatterns } from "./secret-patterns.ts";

/** One secret: `id` of a pattern or `assignment`, and the half-open range of UTF-16 units that must go. */
export type SecretFinding = { readonly id: string; readonly start: number; readonly end: number };

/** All secrets in `text`, in order, not overlapping. Linear time. */
export function findSecrets(text: string): readonly SecretFinding[] {
  const likely = secretPatterns.filter(({ holds }) => holds.split(" ").some((literal) => text.includes(literal)));
  const found = [...likely.flatMap(({ id, re }) => matchesOf(text, id, re)), ...assignments(text)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: SecretFinding[] = [];
  let end = 0;
  for (const finding of found) {
    const last = kept[kept.length - 1];
    if (finding.start >= end) kept.push(finding);
    else if (last !== undefined && finding.end > end) kept[kept.length - 1] = { ...last, end: finding.end };
    end = Math.max(end, finding.end);
  }
  return kept;
}

function matchesOf(text: string, id: string, re: RegExp): readonly SecretFinding[] {
  return Array.from(text.matchAll(re), (match) => {
    const secret = match.groups?.["secret"] ?? match[0];
    const start = match.index + match[0].lastIndexOf(secret);
    return { id, start, end: start + secret.length };
  });
}

// `name = value`, `"name": "value"`, `name: value`, `--name value`, with the quotes escaped when JSON stands inside a text.
const HEAD =
  /(?<![A-Za-z0-9_.-])(?:--[A-Za-z][\w.-]{0,80}(?:=|[ \t]{1,4})|(?:\\{0,3}["'])?[A-Za-z_][\w.-]{0,80}(?:\\{0,3}["'])?\]?[ \t]{0,8}(?:=>|:=|\?\?=|\|\|=|[:=])[ \t]{0,8})/g;
const MARKS = ["=", ":", "--"];
const QUOTE = /\\{0,3}["'`]/y;
const BARE = /[^\s"'`,;)}\]>\\]{1,4096}/y;
const MAX_VALUE = 4096;

function assignments(text: string): readonly SecretFinding[] {
  const found: SecretFinding[] = [];
  if (!MARKS.some((mark) => text.includes(mark))) return found;
  let past = 0;
  for (const match of text.matchAll(HEAD)) {
    const at = match.index + match[0].length;
    if (match.index < past || !isSecretName(nameOf(match[0]))) continue;
    const value = valueAt(text, at);
    if (value === undefined) continue;
    past = value.end;
    found.push({ id: "assignment", ...value });
  }
  return found;
}

function nameOf(head: string): string {
  return /[A-Za-z_][\w.-]*/.exec(head)?.[0] ?? "";
}

type Range = { readonly start: number; readonly end: number };

function valueAt(text: string, at: number): Range | undefined {
  QUOTE.lastIndex = at;
  const quote = QUOTE.exec(text)?.[0];
  const range = quote === undefined ? bareAt(text, at) : quotedAt(text, at + quote.length, quote);
  if (range === undefined) return undefined;
  return isPlaceholder(text.slice(range.start, range.end)) ? undefined : range;
}

// An unclosed quote ends with the line: what was cut off is still a secret.
function quotedAt(text: string, start: number, quote: string): Range | undefined {
  const limit = Math.min(text.length, start + MAX_VALUE);
  let end = start;
  while (end < limit && text[end] !== "\n" && !text.startsWith(quote, end)) {
    end += quote.length === 1 && text[end] === "\\" ? 2 : 1;
  }
  end = Math.min(end, limit);
  return end > start ? { start, end } : undefined;
}

// Code is told by how it begins; looking there first keeps `token:[token:[…` from costing a whole value per name.
const CODE_HEAD = 256;

function bareAt(text: string, start: number): Range | undefined {
  if (isCode(text.slice(start, start + CODE_HEAD))) return undefined;
  BARE.lastIndex = start;
  const value = BARE.exec(text)?.[0];
  return value === undefined ? undefined : { start, end: start + value.length };
}

// What stands unquoted after a secret's name in source code: types, literals, references, calls.
const WORDS = new Set(
  "string number boolean bytes str int bool any unknown undefined null none nil true false required optional object uint8array buffer self this await new function async return".split(
    " ",
  ),
);

function isCode(value: string): boolean {
  if (WORDS.has(value.toLowerCase().replace(/[^a-z0-9].*$/, ""))) return true;
  return /^(?:[$<{[(&|*=!]|[A-Za-z_$][\w$]*(?:[.?]{1,2}[A-Za-z_$][\w$]*){0,16}[([<]|(?:process|os|env|import|config|ctx|self|this|args|opts|options|req|request|settings|secrets|vars|var|local|data)\.)/.test(
    value,
  );
}

// Values that are no secret: already redacted, references to be filled in, a scheme whose credential a pattern finds.
function isPlaceholder(value: string): boolean {
  return /^(?:\[redacted|\$\{[^}]{0,256}\}$|\$[A-Za-z_]\w{0,80}$|\{\{|<[^>]{0,80}>?$|%\w{1,80}%$|[*x.…-]{1,256}$|(?:bearer|basic|digest|token)$|(?:bearer|basic)\s+\[redacted)/i.test(
    value,
  );
}
