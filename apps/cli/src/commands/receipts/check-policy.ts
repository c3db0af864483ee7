// `ces receipts check-policy`: may this action be done under this policy? Nothing is run; the answer is signed.
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { type PolicyDecision, openSkill, SKILL_BACKENDS } from "@ces/governance-rules";
import { CesError } from "@ces/kernel";
import type { DecisionDraft, Receipt } from "@ces/receipts";
import { type CommandContext, defineCommand } from "../../define-command.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { keyOption, passphraseFileOption } from "../../receipts/key-options.ts";
import { loadCedar } from "../../receipts/load-cedar.ts";
import { openReceiptChain } from "../../receipts/open-receipt-chain.ts";
import { decisionData, policyDecisionLines } from "../../receipts/policy-decision-lines.ts";
import { policyQuestion } from "../../receipts/policy-question.ts";
import { readPolicyFolder } from "../../receipts/read-policy-folder.ts";
import { chainMemory } from "../../receipts/chain-memory.ts";
import { chosenSigner } from "../../receipts/receipt-signer.ts";
import { sandboxClaim } from "../../receipts/sandbox-claim.ts";
import { readTrust, trustPlace } from "../../receipts/trust-file.ts";

const exits: Readonly<Record<PolicyDecision["verdict"]["kind"], ExitCode>> = { allow: 0, deny: 3, ask: 7 };

export const command = defineCommand({
  summary: "may this action be done under this policy; the answer is signed into a chain of receipts",
  group: "Execution",
  args: [],
  options: [
    {
      name: "action",
      kind: "text",
      value: "ACTION",
      summary: "`file:read:/a`, `http:GET:host/a`, `shell:git status`; `-` from standard input",
    },
    { name: "policy-dir", kind: "text", value: "DIR", summary: "the folder of `.yaml` rules and `.cedar` policies" },
    {
      name: "context",
      kind: "text",
      value: "JSON",
      summary: "an object that rules may ask about; `-` from standard input",
    },
    { name: "agent-did", kind: "text", value: "DID", summary: "who asks; the same as `agent_did` of the context" },
    {
      name: "sandbox-backend",
      kind: "choice",
      choices: [...SKILL_BACKENDS],
      summary: "whose walls stand around the action",
      fallback: "sb_runtime_builtin",
    },
    {
      name: "ring",
      kind: "whole",
      summary: "must be the backend's: 3 for sb_runtime_builtin, 2 for nono and openshell",
    },
    { name: "prove-sandbox", kind: "flag", summary: "run canaries inside the sandbox and record what they saw" },
    { name: "production", kind: "flag", summary: "refuse a sandbox that nothing confirms" },
    {
      name: "i-understand-no-sandbox",
      kind: "text",
      value: "NAME:REASON",
      summary: "take the backend `none`, recorded under this name",
    },
    keyOption,
    passphraseFileOption,
    { name: "ephemeral", kind: "flag", summary: "sign with a key that is gone afterwards, and mark the receipt so" },
    { name: "receipts-dir", kind: "text", value: "DIR", summary: "where the chain is kept, in numbered files" },
    { name: "no-sign", kind: "flag", summary: "only answer: no receipt, and the chain stays where it is" },
    {
      name: "trust-file",
      kind: "text",
      value: "FILE",
      summary: "scores of agents",
      fallback: "the state folder's trust.json",
    },
  ],
  examples: [
    {
      line: "ces receipts check-policy --policy-dir policy --action 'shell:git status' --no-sign",
      note: "the answer and its reason",
    },
    {
      line: "ces receipts check-policy --policy-dir policy --action file:read:/workspace/a --key operator --receipts-dir receipts",
      note: "signed, linked to the receipt before it",
    },
  ],
  exits: [0, 2, 3, 4, 5, 7],
  run: async (ctx) => {
    const question = policyQuestion(ctx);
    const policies = readPolicyFolder(question.folder);
    const store = await recorder(ctx);
    const skill = openSkill({
      policies,
      cedar: policies.some(({ name }) => /\.cedar$/i.test(name)) ? await loadCedar() : null,
      sandbox: await sandboxClaim(ctx),
      record: store?.record ?? null,
      trust: readTrust(trustPlace(ctx)),
      clock: { now: () => new Date().toISOString() },
      crypto: nodeCrypto,
      random: (count) => new Uint8Array(randomBytes(count)),
    });
    for (const { code, text } of skill.sandbox.warnings) if (code === "sandbox_disabled") ctx.log.warn(text);
    const decision = await skill.checkPolicy(question.action, question.context, { sign: store !== null });
    store?.rethrow();
    return {
      exit: exits[decision.verdict.kind],
      data: decisionData(decision, { receipt_path: store?.path() ?? null, lints: skill.policy().lints }),
      blockers: decision.allowed ? [] : [{ code: decision.reason_code, text: decision.reason }],
      next: null,
    };
  },
  view: ({ data }) => policyDecisionLines(data),
});

type Recorder = {
  readonly record: (draft: DecisionDraft) => Receipt;
  readonly path: () => string | null;
  /** Throws what storing threw: a chain that is broken is more than a denial. */
  readonly rethrow: () => void;
};

// Null when nothing is to be signed.
async function recorder(ctx: CommandContext): Promise<Recorder | null> {
  const folder = ctx.text("receipts-dir");
  if (ctx.flag("no-sign")) return null;
  if (folder === undefined)
    throw new CesError("USAGE_OPTION", "`--receipts-dir` is missing: a receipt that is not stored is no receipt", {
      remedy: "--receipts-dir DIR, or --no-sign to be answered without a receipt",
    });
  const chosen = await chosenSigner(ctx);
  let path: string | null = null;
  let fault: unknown = null;
  return {
    record: (draft) => {
      try {
        const marked = chosen.ephemeral ? { ...draft, issuer_certification: "ephemeral" as const } : draft;
        const place = resolve(ctx.cwd, folder);
        const memory = chainMemory(ctx, place, chosen.signer.kid);
        const [stored] = openReceiptChain(place, chosen, memory).append([marked]);
        if (stored === undefined) throw new Error("a receipt was stored and not given");
        path = join(place, stored.name);
        return stored.receipt;
      } catch (error) {
        fault = error;
        throw error;
      }
    },
    path: () => path,
    rethrow: () => {
      if (fault !== null) throw fault;
    },
  };
}
