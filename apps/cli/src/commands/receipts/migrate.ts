// `ces receipts migrate DIR`: what a policy of the openshell or sb-runtime skill becomes here. Nothing is written.
import { resolve } from "node:path";
import { CesError } from "@ces/kernel";
import { type Anchors, readAnchor } from "@ces/receipts";
import { readDocument } from "../../csc/read-document.ts";
import { type CommandContext, defineCommand } from "../../define-command.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { migratePolicy, migrateReceipts } from "../../receipts/migration.ts";
import { migrationLines } from "../../receipts/migration-lines.ts";

export const command = defineCommand({
  summary: "what a policy and receipts of the openshell or sb-runtime skill become here; nothing is changed",
  group: "Execution",
  args: [{ name: "policy", summary: "the folder of its `.yaml` files", required: true }],
  options: [
    {
      name: "receipts",
      kind: "text",
      value: "DIR",
      summary: "a folder of its receipts: why they do not verify, and what they would say",
    },
    {
      name: "public-key",
      kind: "text",
      value: "FILE",
      summary: "the operator's public key (PEM, JWK or hex), from outside the receipts",
    },
  ],
  examples: [
    {
      line: "ces receipts migrate policy",
      note: "problems with file and line, prefixes that fool, anchored conditions to write instead",
    },
    {
      line: "ces receipts migrate policy --receipts receipts/nono --public-key operator-public.pem",
      note: "old receipts one by one",
    },
  ],
  exits: [0, 2, 3],
  run: async (ctx) => {
    const policy = migratePolicy(resolve(ctx.cwd, ctx.args["policy"] ?? ""));
    const folder = ctx.text("receipts");
    const old =
      folder === undefined
        ? { receipts: [], imports: null }
        : migrateReceipts(resolve(ctx.cwd, folder), anchorsOf(ctx));
    const refused = policy.problems.length > 0;
    return {
      exit: refused ? (3 as ExitCode) : (0 as ExitCode),
      data: {
        rules: policy.rules,
        problems: policy.problems.map(({ file, line, text }) => ({ place: `${file}:${line}`, text })),
        findings: policy.findings.map(({ code, rule, text }) => ({ code: code as string, rule, text })),
        rewrites: policy.rewrites.map(({ rule, place, instead }) => ({
          rule,
          place,
          instead: instead.map(({ field, operator, value }) => ({
            field,
            operator: operator as string,
            value: typeof value === "object" ? [...value] : value,
          })),
        })),
        receipts: old.receipts.map((one) => ({
          ...one,
          causes: [...one.causes],
          becomes: JSON.stringify(one.becomes),
        })),
        imports: old.imports,
      },
      blockers: policy.problems.map(({ file, line, text }) => ({
        code: "POLICY_INVALID",
        text: `${file}:${line}: ${text}`,
      })),
      next: refused
        ? null
        : `ces receipts check-policy --policy-dir ${ctx.args["policy"] ?? ""} --action ACTION --no-sign`,
    };
  },
  view: ({ data }) => migrationLines(data),
});

function anchorsOf(ctx: CommandContext): Anchors {
  const file = ctx.text("public-key");
  if (file === undefined) return {};
  const read = readAnchor(readDocument(resolve(ctx.cwd, file), "key", 1024 * 1024));
  if (read.kind === "read") return read.anchors;
  throw new CesError("USAGE_FILE", `\`${file}\` ${read.text}`, {
    remedy: "name a public key: PEM, JWK, JWK Set or 64 hex digits",
  });
}
