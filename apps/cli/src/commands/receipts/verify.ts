// `ces receipts verify FILE…`: are these receipts authentic, in order, whole, and under the policy that was expected. Offline, with the
// reader's own keys.
import type { Finding, Outcome } from "@ces/receipts";
import { type CommandContext, defineCommand } from "../../define-command.ts";
import { judgeRequest } from "../../receipts/judge-request.ts";
import { receiptBlockers, reportLines } from "../../receipts/report-lines.ts";
import { verifyRequest } from "../../receipts/verify-request.ts";
import { plainData } from "../../story/plain-data.ts";

const exits = { valid: 0, invalid: 4, undecidable: 6 } as const;

export const command = defineCommand({
  summary: "are these decision receipts authentic, in order and whole",
  group: "Execution",
  args: [{ name: "file", summary: "a receipt, a chain (a list, or one on each line) or a bundle", required: true }],
  rest: { name: "files", summary: "more of the same, in the chain's order" },
  options: [
    { name: "keys", kind: "text", value: "FILE", summary: "the keys you trust: JWK Set, JWK, PEM or 64 hex digits" },
    { name: "checkpoint", kind: "text", value: "FILE", summary: "a signed checkpoint that was held apart" },
    { name: "log", kind: "text", value: "FILE", summary: "a third party's entries `{logged_at, commitment}`" },
    { name: "policy", kind: "text", value: "FILE", summary: "the published policy they have to be under" },
    { name: "disclosures", kind: "text", value: "FILE", summary: "fields shown against the receipt's commitment" },
    { name: "expect-issuer", kind: "text", value: "KID", summary: "the only issuer that counts" },
    { name: "require-complete", kind: "flag", summary: "undecidable unless something outside vouches for the end" },
    { name: "each", kind: "flag", summary: "every receipt by itself, in no order" },
    { name: "accept", kind: "list", value: "CONVENTION", summary: "an older convention, by its name: link_c" },
    { name: "ignore-revocation", kind: "flag", summary: "judge as the draft does, which knows no `revoked_at`" },
  ],
  examples: [
    { line: "ces receipts verify receipt.json --keys keys.json", note: "one receipt" },
    { line: "ces receipts verify chain.jsonl --keys key.pem --checkpoint held.json", note: "and nothing is missing" },
    { line: "ces receipts verify 000.json 001.json --keys keys.json --policy policy.json", note: "under this policy" },
  ],
  exits: [0, 2, 4, 6],
  run: async (ctx) => {
    const request = verifyRequest(ctx);
    const judged = await judgeRequest(request, {
      order: ctx.flag("each") ? "each" : "chain",
      end: ctx.flag("require-complete") ? "complete" : "any",
    });
    const { outcome, causes, report, said } = judged;
    const linked = report.count > 1 && report.terminal_hash !== null;
    return {
      exit: exits[outcome],
      data: plainData({
        ...report,
        outcome,
        causes,
        linked,
        policy: request.policy,
        said,
        unusable_keys: request.unusable_keys,
      }),
      blockers: receiptBlockers(causes, report.count),
      next: nextOf(ctx, outcome, causes),
    };
  },
  view: ({ data }) => reportLines(data),
});

// Undecidable for want of a key of the reader's, and for nothing that another key would mend.
const LACKS_KEYS: ReadonlySet<string> = new Set(["no_public_key", "embedded_key_rejected", "keys_not_anchored"]);

function nextOf(ctx: CommandContext, outcome: Outcome, causes: readonly Finding[]): string | null {
  if (ctx.text("keys") === undefined && causes.some(({ code }) => LACKS_KEYS.has(code))) return withKeys(ctx);
  return outcome === "undecidable" ? "ces receipts verify --help" : null;
}

const withKeys = (ctx: CommandContext): string =>
  `ces receipts verify ${[ctx.args["file"] ?? "FILE", ...ctx.rest].join(" ")} --keys keys.json`;
