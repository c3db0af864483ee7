// `revoked_at` is no field of the draft: judged with and without honouring it.
import { anchorsOf, caseFiles, outcomeReasons, receiptText } from "./acta-case.ts";
import { agreed, onBoth } from "./receipts.ts";

export const revocation = caseFiles("revocation", (file) => {
  const [text, anchors, expected] = [receiptText(file), anchorsOf(file), file.object("expect")];
  if (file.plain["expect"] !== undefined && expected.plain["outcome"] !== undefined) {
    const both = onBoth(text, { anchors, revocation: "ignore" });
    return [agreed(both), ...outcomeReasons(expected, both[0])];
  }
  const base = onBoth(text, { anchors, revocation: "ignore" });
  const honoured = onBoth(text, { anchors, revocation: "honour" });
  return [
    agreed(base),
    agreed(honoured),
    ...outcomeReasons(expected.object("base"), base[0]),
    ...outcomeReasons(expected.object("honouring_revocation"), honoured[0]),
  ];
});
