// Looks for credentials on added lines: known formats, values assigned to a secret's name, and random-looking texts.
// SECURITY: added lines are attacker-controlled; every step is linear in them. The text of a secret never enters a finding.
import { findSecrets, shannonEntropy } from "@ces/kernel";
import type { Severity } from "@ces/records";
import { addedLines, type Line } from "../added-lines.ts";
import { changeFacts, fileFacts, type FileFacts } from "../change-facts.ts";
import { isDocumentPath, isGenerated, isLockfile, isSourceCode, isTestPath } from "../path-kinds.ts";
import { observe, type Sensor, type Sighting } from "../sensor.ts";

const ID = "secret_scan";

export const sensor: Sensor = {
  id: ID,
  pack: "security",
  summary: "credentials on added lines",
  needs: ["**"],
  judge: (facts) => observe(ID, "medium", facts.files.flatMap(scanFile)),
  examples: {
    matches: [
      changeFacts([fileFacts("src/client.js", null, `const key = "sk-ant-api03-${"a1B2".repeat(6)}"\n`)]),
      changeFacts([fileFacts(".env", "", "DB_PASSWORD=9fJ2kLq8Zx\n")]),
      changeFacts([fileFacts("deploy.pem", null, `-----BEGIN ${"PRIVATE"} KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n`)]),
    ],
    spares: [
      changeFacts([fileFacts("src/zoo.js", null, "monkey=banana\n")]),
      changeFacts([
        fileFacts("src/users.js", null, 'const password = body.password\nif (!password) fail("password required")\n'),
      ]),
    ],
  },
};

interface Scanned {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly Line[];
  /** Tests, fixtures and documents hold examples; weak hints count little there. */
  readonly illustrative: boolean;
}

function scanFile(file: FileFacts): readonly Sighting[] {
  const lines = addedLines(file);
  const text = lines.map((line) => line.text).join("\n");
  const scanned = { path: file.path, text, lines, illustrative: isTestPath(file.path) || isDocumentPath(file.path) };
  const named = namedSecrets(scanned);
  return named.length > 0 ? named : randomTexts(scanned);
}

function namedSecrets(scanned: Scanned): readonly Sighting[] {
  const lineAt = lineFinder(scanned);
  return findSecrets(scanned.text).flatMap(({ id, start, end }) => {
    const severity =
      id === "assignment"
        ? assignmentSeverity(scanned, start, end)
        : formatSeverity(id, scanned.text.slice(start, end));
    return severity === null ? [] : [sighting(scanned.path, lineAt(start), severity, `a credential (${id})`)];
  });
}

// Known formats are critical wherever they stand. A URL's password is one only if it is not an obvious placeholder.
function formatSeverity(id: string, secret: string): Severity {
  return id === "url-credentials" && isPlaceholder(secret) ? "low" : "critical";
}

function assignmentSeverity(scanned: Scanned, start: number, end: number): Severity | null {
  const value = scanned.text.slice(start, end);
  const quoted = /["'`]/.test(scanned.text.charAt(start - 1));
  // In source code an unquoted value is an expression: `password = body.password`.
  if (!quoted && isSourceCode(scanned.path)) return null;
  if (isPlaceholder(value)) return null;
  if (scanned.illustrative || isProse(value)) return "low";
  return value.length >= 6 ? "high" : "low";
}

const wholePlaceholder =
  /^(?:x+|tests?|testing|secret|password|passw[o0]rd|pass|token|key|changeme|change[-_ ]me|none|null|undefined|todo|tbd|string)[0-9!]{0,4}$/i;
const partPlaceholder = /^(?:your|my|the|some)[-_ ]|^[<$%{]|example|placeholder|changeme|redacted|dummy|fake|sample/i;

function isPlaceholder(value: string): boolean {
  const head = value.slice(0, 200);
  return new Set(head).size <= 2 || wholePlaceholder.test(head) || (head.length <= 64 && partPlaceholder.test(head));
}

// "must be at least 8 characters" under the name `password` is a message, not a password.
function isProse(value: string): boolean {
  return value.slice(0, 200).split(/\s+/).length >= 3;
}

// Bounded on both sides: an unbounded repeat over a line of megabytes exhausts the stack of the pattern engine.
const TOKEN = /[A-Za-z0-9+/_=-]{32,513}/g;
const MAX_TOKEN = 512;
const RANDOM_BITS = 4.5;

function randomTexts(scanned: Scanned): readonly Sighting[] {
  if (isLockfile(scanned.path) || isGenerated(scanned.path)) return [];
  return scanned.lines.flatMap(({ number, text }) => {
    const random = [...text.matchAll(TOKEN)].some(
      (match) => looksRandom(match[0]) && !isDigest(match[0], text, match.index),
    );
    if (!random) return [];
    return [sighting(scanned.path, number, scanned.illustrative ? "low" : "medium", "a long random-looking text")];
  });
}

// `sha512-…` of a lockfile or an `integrity` attribute, and the body of a data: address.
function isDigest(token: string, text: string, at: number): boolean {
  return /^sha(?:1|256|384|512)-/.test(token) || text.slice(Math.max(0, at - 7), at) === "base64,";
}

function looksRandom(token: string): boolean {
  if (token.length > MAX_TOKEN || !/[a-z]/.test(token) || !/[A-Z]/.test(token) || !/[0-9]/.test(token)) return false;
  // Paths and identifiers hold words: a random text of this length changes kind of character all the time.
  const changes = token.match(/[a-z][A-Z0-9]|[A-Z][a-z0-9]|[0-9][A-Za-z]/g)?.length ?? 0;
  return shannonEntropy(token) >= RANDOM_BITS && changes >= token.length / 4;
}

function sighting(path: string, line: number, severity: Severity, what: string): Sighting {
  return {
    severity,
    category: "SECRET_FOUND",
    path,
    line,
    title: `${what} was added`,
    description: "The text itself is not shown. Whoever can read the repository can read it.",
    recommendation: "Remove it, read it from the environment, and revoke it if it is real.",
  };
}

// Offsets of the joined text back to line numbers; questions come in rising order, so one pass serves them all.
function lineFinder(scanned: Scanned): (offset: number) => number {
  let index = 0;
  let end = scanned.lines[0]?.text.length ?? 0;
  return (offset) => {
    while (offset > end && index < scanned.lines.length - 1) {
      index += 1;
      end += 1 + (scanned.lines[index]?.text.length ?? 0);
    }
    return scanned.lines[index]?.number ?? 1;
  };
}
