// Judging what was asked for: the receipts, in their order or each by itself, and the policy that they have to be under.
import { nodeThreads } from "@ces/crypto-node";
import {
  type ChainReport,
  type Finding,
  outcomeOf,
  type ReceiptReport,
  verifyReceipts,
  verifyReceiptsInThreads,
} from "@ces/receipts";
import { type Said, saidBy } from "./said-by.ts";
import type { VerifyRequest } from "./verify-request.ts";

/** The answer; `said` has the words of each valid receipt. */
export type JudgedRequest = {
  readonly outcome: ChainReport["outcome"];
  readonly causes: readonly Finding[];
  readonly report: ChainReport;
  readonly said: readonly (Said | null)[];
};

/** `each`: whatever names what; `complete`: a chain that nothing outside vouches for is not decided. */
export type HowJudged = { readonly order: "chain" | "each"; readonly end: "complete" | "any" };

/** Judges a request, signatures in threads. Never throws for anything in the files. */
export async function judgeRequest(request: VerifyRequest, { order, end }: HowJudged): Promise<JudgedRequest> {
  const { items, options, policy, brings_keys } = request;
  const report = order === "each" ? eachByItself(request) : await verifyReceiptsInThreads(items, options, nodeThreads);
  const open = end === "complete" && report.completeness === "not_established";
  const causes = [
    ...(policy?.causes ?? []).map((one) => ({ ...one, path: `/policy${one.path}`, text: `the policy: ${one.text}` })),
    ...report.causes.map((one) => (brings_keys ? withoutAnchor(one) : one)),
    ...(open ? [OPEN_END] : []),
  ];
  const said = items.flatMap((item, at) => {
    const one: ReceiptReport | undefined = report.receipts[at];
    return one === undefined ? [] : [saidBy(item, one)];
  });
  return { outcome: outcomeOf(causes), causes, report, said };
}

function eachByItself({ items, options }: VerifyRequest): ChainReport {
  const reports = items.map((item) => verifyReceipts([item], options));
  const all = verifyReceipts([], options);
  const causes = reports.flatMap((one, index) => one.causes.map((cause): Finding => ({ ...cause, index })));
  return {
    ...all,
    outcome: outcomeOf(causes),
    causes,
    warnings: reports.flatMap((one, index) => one.warnings.map((warning) => ({ ...warning, index }))),
    count: reports.length,
    receipts: reports.flatMap(({ receipts }) => receipts),
  };
}

const OPEN_END: Finding = {
  code: "completeness_required",
  path: "",
  text: "whether receipts are missing at the end is not established, and that was asked for",
};

function withoutAnchor(cause: Finding): Finding {
  if (cause.code !== "no_public_key" && cause.code !== "embedded_key_rejected") return cause;
  const text = "only the bundle's own keys are there, and they are no trust source";
  return { ...cause, code: "keys_not_anchored", text };
}
