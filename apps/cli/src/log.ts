// Logs: for whoever runs CES, on stderr, never mixed with what a command says. Redacted, one line each.
import { isCesError, printable, redact, redactText, type Json } from "@ces/kernel";
import type { Environment } from "./secrets.ts";

const levels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof levels)[number];

/** One function per level; `fields` is plain JSON. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: { readonly [name: string]: Json }) => void>> & {
  readonly level: LogLevel;
};

/** A log as CES_LOG_LEVEL (INFO) and CES_LOG_FORMAT (json; or text) say; `write` takes whole lines. */
export function openLog(env: Environment, write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const level = levelOf(env["CES_LOG_LEVEL"]);
  const form = env["CES_LOG_FORMAT"] === "text" ? textLine : jsonLine;
  const at =
    (one: LogLevel) =>
    (message: string, fields: { readonly [name: string]: Json } = {}) => {
      if (levels.indexOf(one) >= levels.indexOf(level)) write(form(now().toISOString(), one, message, fields));
    };
  return { level, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** What is told about a thrown value: code or name, message, stack, causes. */
export function errorFields(error: unknown): { readonly [name: string]: Json } {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = isCesError(error) ? error.code : error.name;
  const cause = error.cause === undefined ? {} : { cause: errorFields(error.cause) };
  return { code, error: error.message, stack: error.stack ?? "", ...cause };
}

function levelOf(text: string | undefined): LogLevel {
  const wanted = (text ?? "").toLowerCase();
  return levels.find((level) => level === wanted) ?? "info";
}

function jsonLine(at: string, level: LogLevel, message: string, fields: { readonly [name: string]: Json }): string {
  return JSON.stringify({ at, level, message: redactText(message), ...(redact(fields) as object) });
}

function textLine(at: string, level: LogLevel, message: string, fields: { readonly [name: string]: Json }): string {
  const rest = Object.keys(fields).length === 0 ? "" : ` ${JSON.stringify(redact(fields))}`;
  return printable(`${at} ${level.toUpperCase().padEnd(5)} ${redactText(message)}${rest}`);
}
