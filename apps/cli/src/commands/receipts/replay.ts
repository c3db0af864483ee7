// `ces receipts replay FILE…`: would the published policy decide again what these receipts say it decided? Nothing is run and nothing is signed.
import { defineCommand } from "../../define-command.ts";
import { judgeRequest } from "../../receipts/judge-request.ts";
import { replayReceipts, type ReplayRow, type ReplayState } from "../../receipts/receipt-replay.ts";
import { replayRequest } from "../../receipts/replay-request.ts";
import { receiptBlockers } from "../../receipts/report-lines.ts";
import { plainData } from "../../story/plain-data.ts";
import { attention, bad, dim, good, line, type Line, plain, type Span } from "../../view/line.ts";

const exits = { valid: 0, invalid: 4, undecidable: 6 } as const;
const MOST_SHOWN = 30;

export const command = defineCommand({
  summary: "would this policy decide again what these receipts say it decided",
  group: "Execution",
  args: [{ name: "file", summary: "a receipt, a chain (a list, or one on each line) or a bundle", required: true }],
  rest: { name: "files", summary: "more of the same, in the chain's order" },
  options: [
    { name: "keys", kind: "text", value: "FILE", summary: "the keys you trust: JWK Set, JWK, PEM or 64 hex digits" },
    { name: "policy-dir", kind: "text", value: "DIR", summary: "the policy as a folder of `.yaml` and `.cedar` files" },
    { name: "policy", kind: "text", value: "FILE", summary: "the policy as a published bundle" },
    {
      name: "actions",
      kind: "text",
      value: "FILE",
      summary: "what was asked: `{action, target_salt}` as check-policy --json prints it, one or a list",
    },
    { name: "disclosures", kind: "text", value: "FILE", summary: "the committed fields `action` and `context`, shown" },
  ],
  examples: [
    {
      line: "ces receipts replay chain.jsonl --keys keys.json --policy-dir policy --actions asked.json",
      note: "decision by decision: the same, another, or not to be told",
    },
    {
      line: "ces receipts replay chain.jsonl --keys keys.json --policy policy.json",
      note: "against a published bundle",
    },
  ],
  exits: [0, 2, 4, 5, 6],
  run: async (ctx) => {
    const request = await replayRequest(ctx);
    const judged = await judgeRequest(request.verification, { order: "chain", end: "any" });
    const { items } = request.verification;
    const { outcome, causes, rows } = replayReceipts({ items, judged }, request.policy, request.asked);
    const count = (state: ReplayState): number => rows.filter((row) => row.state === state).length;
    const [agreed, disagreed] = [count("agrees"), count("disagrees")];
    return {
      exit: exits[outcome],
      data: plainData({
        outcome,
        causes,
        agreed,
        disagreed,
        unknown: count("cannot_be_replayed"),
        passed_over: count("passed_over"),
        replays: rows,
      }),
      blockers: receiptBlockers(causes, rows.length),
      next: null,
    };
  },
  view: ({ data: { outcome, agreed, disagreed, unknown, passed_over, replays } }) => [
    line(
      heads[outcome],
      plain`  ${agreed} agree, ${disagreed} disagree, ${unknown} cannot be replayed`,
      dim`${passed_over === 0 ? "" : `, ${passed_over} hold no decision of a policy`}`,
    ),
    ...replays.slice(0, MOST_SHOWN).map(rowLine),
    ...(replays.length > MOST_SHOWN
      ? [line(dim`  … and ${replays.length - MOST_SHOWN} more receipts; all of them with --json`)]
      : []),
  ],
});

const heads: Readonly<Record<keyof typeof exits, Span>> = {
  valid: good`the policy agrees`,
  invalid: bad`the policy or the receipts disagree`,
  undecidable: attention`undecidable`,
};

const marks: Readonly<Record<ReplayState, Span>> = {
  agrees: good`agrees`,
  disagrees: bad`disagrees`,
  cannot_be_replayed: attention`cannot be replayed`,
  passed_over: dim`passed over`,
};

function rowLine({ index, state, decision, tool, policy_id, why }: ReplayRow): Line {
  const said = decision === null ? "" : `${decision}  ${tool ?? ""}  ${policy_id ?? ""}`;
  return line(dim`  ${index}  `, marks[state], plain`  ${said}`, dim`${why === null ? "" : `  ${why}`}`);
}
