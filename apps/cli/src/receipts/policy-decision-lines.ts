// A decision of a policy: the members of the skill's contract, and the lines that people read.
import type { Lint, PolicyDecision } from "@ces/governance-rules";
import type { Data } from "../define-command.ts";
import { pairs } from "../view/layout.ts";
import { attention, bad, dim, good, line, type Line, plain, type Span } from "../view/line.ts";

/** A decision as it is printed: what a receipt hides (the action as asked) goes to the caller who asked it. */
export function decisionData(
  decision: PolicyDecision,
  { receipt_path, lints }: { readonly receipt_path: string | null; readonly lints: readonly Lint[] },
) {
  const { verdict, receipt, ...members } = decision;
  return {
    ...members,
    warnings: [...members.warnings],
    verdict: verdict.kind,
    receipt: receipt as unknown as Data, // plain JSON
    receipt_path,
    findings: lints.map(({ code, rule, place, text }) => ({
      code: code as string,
      rule,
      place: place === null ? null : `${place.file}:${place.line}`,
      text,
    })),
  };
}

const words: Readonly<Record<PolicyDecision["decision"], Span>> = {
  allow: good`allow`,
  deny: bad`deny`,
  require_approval: attention`approval required`,
  rate_limit: bad`rate limited`,
};

/** The answer, by which rule, inside which walls, and where its receipt is. */
export function policyDecisionLines(data: ReturnType<typeof decisionData>): readonly Line[] {
  const ring = data.ring === null ? "" : `, ring ${data.ring}`;
  return [
    line(words[data.decision], plain`  ${data.tool_name}`, dim`  ${data.reason}`),
    ...pairs([
      ["rule", plain`${data.policy_id}`],
      ["sandbox", plain`${data.sandbox_backend} (${data.sandbox_state})${ring}`],
      ["agent", plain`${data.agent_did}, trust ${data.trust_score}`],
      ["policy", dim`${data.policy_digest ?? "none"}`],
      ["receipt", data.receipt_path === null ? null : plain`${data.receipt_path}`],
    ]),
    ...data.warnings.map((text) => line(attention`  warning: `, plain`${text}`)),
    ...data.findings.map(({ code, rule, place, text }) =>
      line(
        attention`  finding: `,
        plain`${rule ?? ""}${place === null ? "" : ` (${place})`}: ${text}`,
        dim` [${code}]`,
      ),
    ),
  ];
}
