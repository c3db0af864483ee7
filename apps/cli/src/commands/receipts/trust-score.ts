// `ces receipts trust-score`: how far an agent is trusted, and lowering or raising it.
import { randomBytes } from "node:crypto";
import { CesError } from "@ces/kernel";
import { TRUST_POLICY, type TrustBook } from "@ces/governance-rules";
import { type CommandContext, defineCommand, done } from "../../define-command.ts";
import { changeTrust, readTrust, trustPlace } from "../../receipts/trust-file.ts";
import { line, plain, strong } from "../../view/line.ts";

export const command = defineCommand({
  summary: "how far an agent is trusted (0 to 1); anyone lowers it, a person raises it",
  group: "Execution",
  args: [],
  options: [
    { name: "agent-did", kind: "text", value: "DID", summary: "the agent" },
    { name: "lower", kind: "text", value: "BY", summary: "by how much less, such as 0.15" },
    { name: "raise", kind: "text", value: "BY", summary: "by how much more; a code is asked at the terminal" },
    {
      name: "trust-file",
      kind: "text",
      value: "FILE",
      summary: "scores of agents",
      fallback: "the state folder's trust.json",
    },
  ],
  examples: [
    { line: "ces receipts trust-score --agent-did did:mesh:a", note: "1 for an agent nobody has judged" },
    {
      line: "ces receipts trust-score --agent-did did:mesh:a --lower 0.15",
      note: "below 0.5 no rule allows without a person",
    },
  ],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const agent_did = agentOf(ctx);
    const place = trustPlace(ctx);
    const change = changeOf(ctx);
    if (change > 0) await consent(ctx, agent_did, change);
    // Read and written under one lock: of two processes that lower it, both count.
    const scores = (book: TrustBook): { readonly before: number; readonly trust_score: number } => {
      const before = book.get(agent_did);
      if (change !== 0) book.adjust(agent_did, change);
      return { before, trust_score: book.get(agent_did) };
    };
    const said = change === 0 ? scores(readTrust(place)) : changeTrust(place, scores);
    return done({ agent_did, ...said, trust_policy: TRUST_POLICY as string });
  },
  view: ({ data }) => {
    const was = data.before === data.trust_score ? "" : ` (was ${data.before})`;
    return [line(strong`${data.trust_score}`, plain`  ${data.agent_did}${was}`)];
  },
});

function agentOf(ctx: CommandContext): string {
  const agent = ctx.text("agent-did");
  if (agent !== undefined && /^[\x21-\x7e]{1,256}$/.test(agent)) return agent;
  throw new CesError(
    "USAGE_OPTION",
    agent === undefined ? "`--agent-did` is missing" : "`--agent-did` is no plain name",
    {
      remedy: "ces receipts trust-score --agent-did did:mesh:a",
    },
  );
}

function changeOf(ctx: CommandContext): number {
  const [lower, raise] = [ctx.text("lower"), ctx.text("raise")];
  if (lower !== undefined && raise !== undefined)
    throw new CesError("USAGE_OPTION", "`--lower` and `--raise` are two wishes", { remedy: "give one of them" });
  const text = lower ?? raise;
  if (text === undefined) return 0;
  if (!/^(?:0?\.\d{1,3}|[01](?:\.0{1,3})?|0\.\d{1,3})$/.test(text))
    throw new CesError("USAGE_VALUE", `\`${text}\` is no number from 0 to 1 with at most three decimals`, {
      remedy: "--lower 0.15",
    });
  return lower === undefined ? Number(text) : -Number(text);
}

// SECURITY: an agent that could raise its own score would be trusted by nobody but itself.
async function consent(ctx: CommandContext, agent: string, by: number): Promise<void> {
  if (await ctx.challenge(`raise the trust of \`${agent}\` by ${by}`, randomBytes(3).toString("hex"))) return;
  throw new CesError("GATE_HUMAN", "only a person at a terminal raises trust", {
    remedy: "run this yourself, outside an agent",
  });
}
