// `ces guard log`: what agents asked for outside of governed runs, and what they were told.
import { type AuditRecord, auditLines, readAuditLine } from "@ces/hooks";
import { type Json } from "@ces/kernel";
import { readInstant } from "../../audit/instant.ts";
import { defineCommand, done } from "../../define-command.ts";
import { ownPlaces } from "../../guard-hooks/hook-request.ts";
import { table } from "../../view/layout.ts";
import { dim, line, plain, span, type Tone } from "../../view/line.ts";
import { oneLine } from "../../view/progress-line.ts";

const most = 50;

export const command = defineCommand({
  summary: "what agents asked the guard, and what they were told",
  group: "Execution",
  args: [],
  options: [
    { name: "since", kind: "text", value: "TIME", summary: "not older than: 2026-05-01, an ISO time, or 24h" },
    { name: "limit", short: "l", kind: "whole", least: 1, summary: "how many, the newest", fallback: String(most) },
    { name: "refused", kind: "flag", summary: "only what was refused, asked or changed" },
  ],
  examples: [
    { line: "ces guard log", note: "the newest decisions" },
    { line: "ces guard log --since 24h --refused", note: "what did not simply run since yesterday" },
  ],
  exits: [0, 2, 5],
  run: async (ctx) => {
    const since = ctx.text("since");
    const from = since === undefined ? "" : readInstant("since", since, new Date());
    const limit = ctx.whole("limit") ?? most;
    const kept: ReturnType<typeof decisionData>[] = [];
    for (const text of auditLines(ownPlaces(ctx))) {
      const record = readAuditLine(text);
      if (record === undefined || record.ts < from) continue;
      const decision = decisionData(record);
      if (ctx.flag("refused") && decision.decision === "allow") continue;
      kept.push(decision);
      // Only the newest are shown: the rest of a long log is let go while it is read.
      if (kept.length > 2 * limit) kept.splice(0, kept.length - limit);
    }
    return done({ decisions: kept.slice(-limit) }, "ces guard log verify");
  },
  view: ({ data }) => {
    if (data.decisions.length === 0) return [line(plain`nothing is written down`)];
    const rows = data.decisions.map((one) => [
      dim`${one.time}`,
      plain`${one.host}`,
      span(tones[one.decision] ?? "plain", one.observed ? `(${one.decision})` : one.decision),
      plain`${oneLine(one.command, 80)}`,
      dim`${one.codes.join(" ")}`,
    ]);
    return table(["time", "host", "decision", "command", "why"], rows);
  },
});

const tones: Readonly<Record<string, Tone>> = { allow: "good", rewrite: "attention", ask: "attention", deny: "bad" };

function decisionData({ seq, ts, fields }: AuditRecord) {
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === "string" ? value : "";
  };
  return {
    seq,
    time: ts,
    host: text("host"),
    session: text("session"),
    cwd: text("cwd"),
    tool: text("tool"),
    command: text("command"),
    decision: text("decision"),
    answer: text("answer"),
    observed: fields["observed"] === true,
    codes: textsOf(fields["codes"]),
    rewrite: typeof fields["rewrite"] === "string" ? fields["rewrite"] : null,
  };
}

const textsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
