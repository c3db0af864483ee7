// Statements for a database, however they arrive: as a word, a file, or on standard input.
import { type Arg, HOLE, literal, type Stream } from "../../arg.ts";
import { readSql } from "../../languages/sql.ts";
import type { StatementFinding } from "../../languages/statement.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { textOfStream } from "../_known-text.ts";
import { partOf, shown } from "../_words.ts";

/** Statements that a client is given. */
export interface Statements {
  /** The client, as it is shown. */
  readonly name: string;
  readonly text: Arg;
  /** How many files lead to this text. */
  readonly depth?: number;
}

const noTaints: ReadonlySet<never> = new Set();

/** A text of statements. */
export function judgeSql(on: Evaluation, statements: Statements): Outcome {
  const { text } = statements.text;
  const { findings } = readSql(text);
  const all =
    everyRow.test(text) && changesRows.test(text)
      ? [on.effect("infra.database", `change every row by \`${statements.name}\``)]
      : [];
  return on.join(on.fine(), ...all, ...findings.map((finding) => judgeFinding(on, statements, finding)));
}

// `WHERE 1=1`, `WHERE true`, `… OR 1=1`: a condition that every row meets is none.
const everyRow =
  /\b(?:WHERE|OR)\s+[(\s]*(?:TRUE\b|NOT\s+FALSE\b|(?:\d+|'[^']*')\s*(?:=|>=|<=|<>|!=|>|<)\s*(?:\d+|'[^']*')|[1-9]\d*\s*(?:;|\)|$))/i;
const changesRows = /\bDELETE\s+FROM\b|\bUPDATE\b[^;]*\bSET\b/i;

function judgeFinding(on: Evaluation, statements: Statements, finding: StatementFinding): Outcome {
  const { name } = statements;
  switch (finding.kind) {
    case "destroy":
      return on.effect("infra.database", `run \`${finding.what}\` by \`${name}\``);
    case "shell":
      return on.join(
        on.effect("code-injection.tool-exec", `let \`${name}\` run \`${finding.text.slice(0, 80)}\` in a shell`),
        on.script(literal(finding.text)),
      );
    case "spawn":
    case "spawn-unknown":
      return on.effect(
        "code-injection.tool-exec",
        `let \`${name}\` run a program (${finding.kind === "spawn" ? finding.argv.join(" ") : finding.what})`,
      );
    case "write":
      return finding.path === null
        ? on.effect("infra.admin", `let the database write a file (${finding.what})`)
        : on.write(literal(finding.path), finding.mode);
    case "load":
      return finding.path === null
        ? notKnown(on, name)
        : judgeSqlFile(on, { ...statements, text: literal(finding.path) });
    case "read":
      return finding.path === null ? on.fine() : on.read(literal(finding.path));
    case "dynamic":
      return on.effect("infra.database", `run statements that are put together when they run (${finding.what})`);
    case "unknown":
      return unknownPart(on, statements, finding.what);
    default:
      return on.effect("infra.database", `run statements by \`${name}\` that do more than read`);
  }
}

// A statement whose head is known and whose hole is a value somebody wrote is the statement it looks like.
const unknownPart = (on: Evaluation, { name, text }: Statements, what: string): Outcome =>
  text.text.includes(HOLE) ? notKnown(on, name, text) : on.effect("infra.database", `run ${what} by \`${name}\``);

function notKnown(on: Evaluation, name: string, { taints }: Pick<Arg, "taints"> = { taints: noTaints }): Outcome {
  if (taints.has("network"))
    return on.effect("remote-exec.run-url", `run statements by \`${name}\` that a network answers`);
  return on.effect("infra.database", `run statements by \`${name}\` that are only known when they run`);
}

/** The statements in a file: of the workspace, or made by this line. */
export function judgeSqlFile(on: Evaluation, { name, text: path, depth = 0 }: Statements): Outcome {
  if (path.text === "/dev/null") return on.fine();
  if (depth > 3) return notKnown(on, name);
  const stream = on.contents([path]);
  const text = textOfStream(on, stream);
  if (text === null) return notKnown(on, `${name} ${shown(path)}`, stream);
  return judgeSql(on, { name, text: partOf(path, text), depth: depth + 1 });
}

/** The statements on standard input. Nobody types into an agent's command: without one there are none. */
export function judgeSqlStream(on: Evaluation, name: string, stream: Stream): Outcome {
  if (stream.from === "none") return on.fine();
  const text = textOfStream(on, stream);
  if (text !== null) return judgeSql(on, { name, text: literal(text) });
  if (stream.text !== null) return judgeSql(on, { name, text: { ...literal(stream.text), taints: stream.taints } });
  return notKnown(on, name, stream);
}
