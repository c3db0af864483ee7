// `ces audit verify`: is the record whole? If not, the first entry that is not what it was.
import { auditLedger } from "../../audit/ledger-place.ts";
import { defineCommand, type Outcome } from "../../define-command.ts";
import { bad, dim, good, line, plain } from "../../view/line.ts";
import { recordedChain } from "../../wire/project-chain.ts";
import { withProject } from "../../with-project.ts";
import { type ProjectChainReport, verifyProjectChain } from "@ces/engine";
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
  /** Signed receipts of this project; null when the ledger itself does not hold. */
  readonly receipts: ReceiptCount | null;
};

type ReceiptCount = Pick<ProjectChainReport, "count" | "terminal_hash"> & { readonly faults: number };

export const command = defineCommand({
  summary: "check every entry of the record, its keys, its signed head and its receipts",
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
    // A store whose ledger does not hold refuses to open: its receipts are asked only then.
    const receipts =
      verdict.kind === "valid" ? await withProject(ctx, (project) => verifyProjectChain(recordedChain(project))) : null;
    return verdictOutcome(project_id, verdict, receipts);
  },
  view: ({ data }) => {
    if (data.verified)
      return [
        line(good`valid`, plain`  ${data.entries ?? 0} entries, each in its place and sealed`),
        line(good`valid`, plain`  ${data.receipts?.count ?? 0} signed receipts, one chain, each as its row says`),
        line(dim`project  ${data.project_id}`),
      ];
    const where = data.seq === null ? "the record as a whole" : `entry ${data.seq}`;
    return [line(bad`${data.status}`, plain`  ${where}: ${data.why ?? ""}`), line(dim`project  ${data.project_id}`)];
  },
});

function verdictOutcome(project_id: string, verdict: LedgerVerdict, chain: ProjectChainReport | null): Outcome<Data> {
  const receipts =
    chain === null ? null : { count: chain.count, terminal_hash: chain.terminal_hash, faults: chain.faults.length };
  if (verdict.kind === "valid") {
    const [fault] = chain?.faults ?? [];
    const whole = { project_id, entries: verdict.count, seq: null, receipts };
    if (fault === undefined) {
      const data: Data = { ...whole, verified: true, status: "valid", code: null, why: null };
      return { exit: 0, data, blockers: [], next: null };
    }
    const why = fault.sequence === null ? fault.text : `receipt ${fault.sequence}: ${fault.text}`;
    const data: Data = { ...whole, verified: false, status: "broken", code: fault.code, why };
    return { exit: 4, data, blockers: [{ code: fault.code, text: why }], next: restore };
  }
  const { kind, seq, code, why } = verdict;
  const text = seq === null ? why : `entry ${seq}: ${why}`;
  return {
    exit: kind === "undecidable" ? 5 : 4,
    data: { project_id, verified: false, status: kind, entries: null, seq, code, why, receipts },
    blockers: [{ code, text }],
    next: kind === "undecidable" ? "bring the missing key back, then: ces audit verify" : restore,
  };
}

const restore = "restore the project's state folder from a backup, then: ces audit verify";
