// What the policy says of an action: rules and Cedar policies each for themselves, the stricter answer counts, and an agent that is hardly
// trusted is never allowed without a person.

import { readAction } from "../action/read-action.ts";
import { agentRequests } from "../cedar/agent-requests.ts";
import type { CedarGate } from "../cedar/cedar-gate.ts";
import { type Judgement, judgementOf, question, refusal, stricterJudgement } from "../decide/judgement.ts";
import type { RequestContext } from "../decide/rule-book.ts";
import { holdsRules } from "../load/policy-file.ts";
import type { Policy } from "../load/load-policy.ts";

/** Who is asked about what. */
export type Asked = {
  readonly action: string;
  readonly context: RequestContext;
  readonly agent: string;
  /** 0–1000. */
  readonly trust: number;
  readonly ring: number;
};

/** What answers. */
export type Judges = { readonly policy: Policy; readonly cedar: CedarGate | null; readonly threshold: number };

/** The answer and the name of the action. Never throws. */
export function judgeAction(judges: Judges, asked: Asked): Judgement & { readonly tool_name: string } {
  const read = readAction(asked.action);
  const tool_name = "why" in read ? "other" : read.tool_name;
  const ruled = byRules(judges.policy, asked);
  const judged = judges.cedar === null ? ruled : stricter(ruled, byCedar(judges.cedar, asked, read));
  return { ...held(judged ?? refusal("RULE_NONE", "no policy"), judges.threshold, asked), tool_name };
}

// Null when the policy has Cedar files only: then no rule was meant to match.
function byRules({ files, book }: Policy, { action, context, trust }: Asked): Judgement | null {
  if (files.length > 0 && !files.some(({ name }) => holdsRules(name))) return null;
  // SECURITY: the score is ours; what a caller says of it is not read.
  return judgementOf(book.rule(action, { ...context, trust_score: trust / 1000 }));
}

function byCedar(gate: CedarGate, { agent, trust, ring }: Asked, read: ReturnType<typeof readAction>): Judgement {
  if ("why" in read) return refusal("ACTION_UNREADABLE", read.why);
  const answers = agentRequests(read, { agent_id: agent, trust, ring }).map((request) => gate.judge(request));
  return answers.reduce(stricterJudgement);
}

function stricter(one: Judgement | null, other: Judgement): Judgement {
  return one === null ? other : stricterJudgement(one, other);
}

function held(judged: Judgement, threshold: number, { trust }: Asked): Judgement {
  if (judged.verdict.kind !== "allow" || trust >= threshold * 1000) return judged;
  return question("TRUST_LOW", `trust ${trust / 1000} is below ${threshold}: a person decides`, judged);
}
