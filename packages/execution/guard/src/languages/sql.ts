// Lexical reading of SQL and of what the database shells add to it: strings, names and comments are data, statements are
// judged by their first words. No grammar: every dialect is read as all of them.
import { HOLE } from "../arg.ts";
import { shown } from "./finding.ts";
import type { ReadHow } from "./read-how.ts";
import { type SqlStatement, splitSql } from "./sql-statements.ts";
import { type StatementFinding, type StatementReading, statementReading } from "./statement.ts";

/** Statements that destroy, programs that a client starts, files that it touches; plain reads and writes of rows are not named. */
export function readSql(text: string, how: ReadHow = {}): StatementReading {
  const found: StatementFinding[] = [];
  if (text.includes(HOLE) && how.holes_stay_inside !== true)
    found.push({ kind: "unknown", what: "a part of the statements that is not known" });
  for (const statement of splitSql(text))
    found.push(...(statement.kind === "client" ? clientFindings(statement.text) : sqlFindings(statement)));
  return statementReading(found);
}

const destroy = (statement: SqlStatement): StatementFinding => ({
  kind: "destroy",
  what: shown(statement.words.slice(0, 8).join(" ")),
});

function sqlFindings(statement: SqlStatement): readonly StatementFinding[] {
  const { words } = statement;
  const found: StatementFinding[] = [];
  const has = (word: string): boolean => words.includes(word);
  const [first = "", second = ""] = verbsOf(words);
  if (statement.broken) found.push({ kind: "unknown", what: "a statement that does not come apart" });
  if (isDestructive(first, second, statement)) found.push(destroy(statement));
  if (has("COPY") && has("PROGRAM")) found.push({ kind: "spawn-unknown", what: "COPY \u2026 PROGRAM" });
  if (has("OUTFILE") || has("DUMPFILE"))
    found.push({ kind: "write", path: null, mode: "create", what: "INTO OUTFILE" });
  if (first === "COPY" && has("TO") && !has("STDOUT") && !has("PROGRAM"))
    found.push({ kind: "write", path: null, mode: "overwrite", what: "COPY \u2026 TO" });
  if (first === "ATTACH")
    found.push({ kind: "write", path: statement.texts[0] ?? null, mode: "append", what: "ATTACH" });
  if (first === "VACUUM" && has("INTO"))
    found.push({ kind: "write", path: statement.texts[0] ?? null, mode: "create", what: "VACUUM INTO" });
  const risky = words.find((word) => programs.has(word));
  if (risky !== undefined) found.push({ kind: "spawn-unknown", what: shown(risky.toLowerCase()) });
  if (/^(?:DO|EXECUTE|EXEC|PREPARE)$/.test(first)) found.push({ kind: "dynamic", what: first, decoded: false });
  return found;
}

// Functions of servers that reach a shell, load a library or write a file.
const programs = new Set(
  `XP_CMDSHELL SYS_EXEC SYS_EVAL LOAD_EXTENSION DBMS_SCHEDULER SP_OACREATE LO_EXPORT LO_IMPORT PG_READ_FILE PG_WRITE_FILE WRITEFILE EDIT
  PG_FILE_WRITE PG_FILE_UNLINK DBLINK_EXEC SP_EXECUTESQL FTS3_TOKENIZER UTL_FILE`.split(/\s+/),
);

// `EXPLAIN ANALYZE DELETE …` and `WITH … DELETE …` are what they end in.
function verbsOf(words: readonly string[]): readonly string[] {
  let at = 0;
  if (words[at] === "EXPLAIN" && !words.includes("ANALYZE")) return ["EXPLAIN"];
  if (words[at] === "EXPLAIN") at = words.indexOf("ANALYZE") + 1;
  while (words[at] === "BEGIN" && words.length > at + 1) at += 1;
  if (words[at] !== "WITH") return words.slice(at);
  const verb = words.findIndex(
    (word, place) => place > at && /^(?:DELETE|UPDATE)$/.test(word) && words[place - 1] !== "FOR",
  );
  return verb < 0 ? words.slice(at) : words.slice(verb);
}

const dropped = /^(?:DROP|TRUNCATE|PURGE)$/;

// `WHERE 1=1` leaves no row out either.
function isBounded({ top }: SqlStatement): boolean {
  const where = top.indexOf("WHERE");
  return where >= 0 && top.length > where + 1 && top[where + 1] !== "TRUE";
}

function isDestructive(first: string, second: string, statement: SqlStatement): boolean {
  const { words } = statement;
  const has = (word: string): boolean => words.includes(word);
  if (dropped.test(first)) return true;
  if (first === "DELETE") return !isBounded(statement);
  if (first === "UPDATE") return has("SET") && !isBounded(statement);
  if (first === "ALTER") return has("DROP") || has("SUPERUSER") || /^(?:USER|ROLE|SYSTEM)$/.test(second);
  if (first === "GRANT") return has("ALL") || has("SUPERUSER");
  if (first === "REVOKE" || first === "RESET" || first === "SHUTDOWN" || first === "KILL") return true;
  if (first === "REPLACE" || first === "REINDEX") return false;
  if (first === "CREATE")
    return (
      /^(?:USER|ROLE|EXTENSION|LANGUAGE)$/.test(second) || (words[1] === "OR" && words[2] === "REPLACE" && has("TABLE"))
    );
  if (first === "FLUSH") return /^(?:TABLES|PRIVILEGES|LOGS|HOSTS)$/.test(second) && second !== "PRIVILEGES";
  return first === "SET" && (has("PASSWORD") || has("GLOBAL"));
}

const shellEscape = /^(?:\\!|\.(?:shell|system)\b|system\b|!|!!|host\b|\\system\b)\s*(.*)$/is;
const clientFiles: readonly (readonly [RegExp, "write" | "read" | "load"])[] = [
  [/^\\(?:o|out|g|gx|w|s|write)\s+(?!\|)(\S+)/, "write"],
  [/^\.(?:output|once|log|save|backup|clone|excel|dump_)\s+(\S+)/, "write"],
  [/^(?:tee|\\T|spool)\s+(\S+)/i, "write"],
  [/^\\copy\b.*\bto\s+(\S+)/i, "write"],
  [/^\\copy\b.*\bfrom\s+(\S+)/i, "read"],
  [/^\\(?:i|ir|include|include_relative|\.)\s+(\S+)/, "load"],
  [/^(?:source|\\\.|@@?)\s*(\S+)/i, "load"],
  [/^\.read\s+(\S+)/, "load"],
  [/^\.(?:import|restore|open)\s+(\S+)/, "read"],
];

// Commands of psql, mysql, sqlite3: a line that begins with a backslash, a dot, or a word of the client.
function clientFindings(line: string): readonly StatementFinding[] {
  const shell = shellEscape.exec(line);
  if (shell !== null) return [shellText(shell[1] ?? "")];
  const piped =
    /^(?:\\(?:o|out|g|gx|w|copy\b.*(?:program|to|from)\s+program)|\.(?:output|once|import|read)|\\P|pager|\\e|\\ef|\\ev|edit)\s*['"]?\|?(.*)$/i.exec(
      line,
    );
  if (/^\\copy\b.*\bprogram\b/i.test(line)) return [{ kind: "spawn-unknown", what: "\\copy \u2026 program" }];
  if (piped !== null && (line.includes("|") || /^(?:\\P|pager|\\e)/i.test(line)))
    return [fedShellText((piped[1] ?? "").replace(/['"]$/, ""))];
  if (/^\.load\b/.test(line)) return [{ kind: "load", path: line.split(/\s+/)[1] ?? null, what: ".load" }];
  if (/^\\setenv\b/.test(line) || /^\\gexec\b/.test(line))
    return [{ kind: "dynamic", what: shown(line.split(/\s+/)[0] ?? ""), decoded: false }];
  const [pattern, kind] = clientFiles.find(([one]) => one.test(line)) ?? [];
  if (pattern === undefined || kind === undefined) return [];
  const path = pattern.exec(line)?.[1]?.replaceAll(/^['"]|['"]$/g, "") ?? null;
  if (kind === "write")
    return path === "stdout" ? [] : [{ kind, path, mode: "overwrite", what: shown(line.split(/\s+/)[0] ?? "") }];
  return [{ kind, path, what: shown(line.split(/\s+/)[0] ?? "") }];
}

// What the client prints goes into the command.
function fedShellText(text: string): StatementFinding {
  const finding = shellText(text);
  return finding.kind === "shell" ? { kind: "shell", text: `printf %s "$unknown" | {\n${finding.text}\n}` } : finding;
}

function shellText(text: string): StatementFinding {
  const command = text.trim().replace(/;$/, "");
  if (command === "" || command.includes(HOLE)) return { kind: "spawn-unknown", what: "the client's shell" };
  return { kind: "shell", text: command };
}
