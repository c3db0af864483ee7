// A decision as lines for people.
import { attention, bad, dim, good, line, type Line, plain, type Span } from "../view/line.ts";
import type { decidedData } from "./judged-contract.ts";

type DecisionData = ReturnType<typeof decidedData>;

const words: Readonly<Record<DecisionData["decision"]["decision"], Span>> = {
  allow: good`allow`,
  deny: bad`deny`,
  needs_approval: attention`needs approval`,
};

/** The answer, under which profile, and the notes; what stands in the way is shown as blockers. */
export function decisionLines({ decision, policy_sha256, findings }: DecisionData): readonly Line[] {
  return [
    line(words[decision.decision], plain`  ${decision.contract_id}`, dim` under ${decision.policy_profile}`),
    ...findings
      .filter(({ kind }) => kind === "note")
      .map((one) => line(plain`  ${findingText(one)}`, dim` [${one.code}]`)),
    line(
      dim`  contract ${decision.contract_sha256.slice(0, 12)}, policy ${policy_sha256.slice(0, 12)}, until ${decision.expires_at}`,
    ),
  ];
}

/** A finding with the command that it is about. */
export function findingText({
  text,
  command_id,
}: {
  readonly text: string;
  readonly command_id: string | null;
}): string {
  return command_id === null ? text : `${command_id}: ${text}`;
}
