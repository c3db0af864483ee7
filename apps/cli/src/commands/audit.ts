// `ces audit`: what is recorded, newest first. Filters combine.
import { EventType, LedgerEntry, type SealedEntry } from "@ces/records";
import { readInstant } from "../audit/instant.ts";
import { defineCommand, done, type CommandContext } from "../define-command.ts";
import { table } from "../view/layout.ts";
import { dim, line, plain, span } from "../view/line.ts";
import { withProject } from "../with-project.ts";

const pageSize = 20;

export const command = defineCommand({
  summary: "what is recorded: who did what, when, and how it was decided",
  group: "Operations",
  args: [],
  options: [
    { name: "limit", short: "l", kind: "whole", least: 1, summary: "how many entries", fallback: String(pageSize) },
    { name: "offset", short: "o", kind: "whole", summary: "how many of the newest to leave out", fallback: "0" },
    {
      name: "event-type",
      short: "e",
      kind: "choice",
      choices: EventType.options,
      value: "TYPE",
      summary: "entries of one type",
    },
    { name: "actor", short: "a", kind: "text", value: "NAME", summary: "entries of one actor" },
    { name: "delivery", kind: "text", value: "D-…", summary: "entries of one delivery" },
    { name: "after", kind: "text", value: "TIME", summary: "not older than: 2026-05-01, an ISO time, or 24h" },
    { name: "before", kind: "text", value: "TIME", summary: "not newer than" },
  ],
  examples: [
    { line: "ces audit", note: "the newest entries" },
    { line: "ces audit -e approval --after 7d --json", note: "approvals of the last week; filters combine" },
  ],
  exits: [0, 2, 4, 5],
  run: (ctx) => {
    const asked = query(ctx);
    return withProject(ctx, ({ store, project_id }) => {
      const entries = store.entries(asked).map(shown);
      return done({ project_id, total: store.entryCount(), entries }, entries.length === 0 ? null : "ces audit verify");
    });
  },
  view: ({ data }) => {
    if (data.entries.length === 0) return [line(plain`nothing fits; ${data.total} entries are recorded`)];
    const rows = data.entries.map((one) => [
      dim`${one.seq}`,
      dim`${one.time}`,
      plain`${one.event_type}`,
      plain`${one.actor}`,
      span(one.decision === null ? "dim" : "strong", one.decision ?? "-"),
      plain`${one.summary}`,
    ]);
    return [
      ...table(["seq", "time", "type", "actor", "decision", "summary"], rows),
      line(dim`${data.entries.length} of ${data.total} entries`),
    ];
  },
});

function query(ctx: CommandContext) {
  const now = new Date();
  const [type, actor, delivery, after, before] = ["event-type", "actor", "delivery", "after", "before"].map(ctx.text);
  return {
    limit: ctx.whole("limit") ?? pageSize,
    offset: ctx.whole("offset") ?? 0,
    newest_first: true,
    ...(type !== undefined && { event_type: type }),
    ...(actor !== undefined && { actor }),
    ...(delivery !== undefined && { delivery_id: delivery }),
    ...(after !== undefined && { after: readInstant("after", after, now) }),
    ...(before !== undefined && { before: readInstant("before", before, now) }),
  };
}

function shown(sealed: SealedEntry) {
  const one = LedgerEntry.parse(JSON.parse(sealed.bytes));
  const {
    seq,
    entry_id,
    event_type,
    delivery_id,
    summary,
    decision,
    rationale,
    previous_state,
    new_state,
    refs,
    data,
  } = one;
  return {
    seq,
    entry_id,
    time: one.recorded_at,
    event_type,
    actor: one.actor.id,
    proof: one.actor.proof,
    delivery_id,
    summary,
    decision,
    rationale,
    previous_state,
    new_state,
    refs,
    data,
  };
}
