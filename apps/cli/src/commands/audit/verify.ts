// `ces audit verify`: is the record whole? If not, the first entry that is not what it was.
import { auditLedger } from "../../audit/ledger-place.ts";
import { defineCommand, type Outcome } from "../../define-command.ts";
import { bad, dim, good, line, plain } from "../../view/line.ts";
import type { LedgerVerdict } from "@ces/ledger";

type Data = {
  readonly project_id: string;
  readonly verified: boolean;
  readonly status: LedgerVerdict["kind"];
  readonly entries: number | null;
  /** First entry that is to blame, null when it is none of them. */
  readonly seq: number | null;
  readonly code: string | null;
  readonly why: string | null;
};

export const command = defineCommand({
  summary: "check every entry of the record, its keys and its signed head",
  group: "Operations",
  args: [],
  options: [],
  examples: [
    { line: "ces audit verify", note: "exit 0 when it is whole, 4 and the first bad entry when it is not" },
    { line: "ces audit verify --json", note: "the same for a program" },
  ],
  exits: [0, 2, 4, 5],
  run: async (ctx) => {
    const { project_id, verdict } = await auditLedger(ctx);
    return verdictOutcome(project_id, verdict);
  },
  view: ({ data }) => {
    if (data.verified)
      return [
        line(good`valid`, plain`  ${data.entries ?? 0} entries, each in its place and sealed`),
        line(dim`project  ${data.project_id}`),
      ];
    const where = data.seq === null ? "the record as a whole" : `entry ${data.seq}`;
    return [line(bad`${data.status}`, plain`  ${where}: ${data.why ?? ""}`), line(dim`project  ${data.project_id}`)];
  },
});

function verdictOutcome(project_id: string, verdict: LedgerVerdict): Outcome<Data> {
  if (verdict.kind === "valid") {
    const data = {
      project_id,
      verified: true,
      status: verdict.kind,
      entries: verdict.count,
      seq: null,
      code: null,
      why: null,
    };
    return { exit: 0, data, blockers: [], next: null };
  }
  const { kind, seq, code, why } = verdict;
  const text = seq === null ? why : `entry ${seq}: ${why}`;
  return {
    exit: kind === "undecidable" ? 5 : 4,
    data: { project_id, verified: false, status: kind, entries: null, seq, code, why },
    blockers: [{ code, text }],
    next:
      kind === "undecidable"
        ? "bring the missing key back, then: ces audit verify"
        : "restore the project's state folder from a backup, then: ces audit verify",
  };
}
