// `ces receipts export [FILE…]`: verified receipts in the form that another store takes. What does not verify is not handed on.
import { resolve } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { createOnce } from "@ces/files";
import { CesError } from "@ces/kernel";
import type { ReceiptSigner } from "@ces/receipts";
import { type CommandContext, defineCommand } from "../../define-command.ts";
import { asBundle, asLines, asStatements, EXPORT_FORMATS, type ExportFormat } from "../../receipts/exported.ts";
import { judgeRequest } from "../../receipts/judge-request.ts";
import { anchorsIn, projectReceipts, valueOf } from "../../receipts/project-receipts.ts";
import type { ReceiptItem } from "../../receipts/receipt-items.ts";
import { namedSigner } from "../../receipts/receipt-signer.ts";
import { receiptBlockers } from "../../receipts/report-lines.ts";
import { trustedKeys, receiptsOf, type VerifyRequest } from "../../receipts/verify-request.ts";
import { plainData } from "../../story/plain-data.ts";
import { attention, bad, good, line, plain } from "../../view/line.ts";

const exits = { valid: 0, invalid: 4, undecidable: 6 } as const;

export const command = defineCommand({
  summary: "receipts as in-toto statements (DSSE), as lines or as a bundle, for other stores and verifiers",
  group: "Execution",
  args: [
    {
      name: "file",
      summary: "a receipt, a chain (a list, or one on each line) or a bundle; the chain of this project without it",
      required: false,
    },
  ],
  rest: { name: "files", summary: "more of the same, in the chain's order" },
  options: [
    { name: "format", kind: "choice", choices: EXPORT_FORMATS, summary: "the form", fallback: "jsonl" },
    { name: "keys", kind: "text", value: "FILE", summary: "the keys you trust; the public half of `--key` without it" },
    {
      name: "key",
      kind: "text",
      value: "NAME",
      summary: "the Ed25519 key, by its name or in a file, that signs the envelopes of in-toto",
    },
    { name: "out", kind: "text", value: "FILE", summary: "a new file; standard output without it" },
  ],
  examples: [
    {
      line: "ces receipts export --out receipts.jsonl",
      note: "what the deliveries of this project signed, for whoever has its public key",
    },
    {
      line: "ces receipts export chain.jsonl --format in-toto --key operator --out chain.intoto.jsonl",
      note: "a signed statement for each receipt",
    },
    {
      line: "ces receipts export 000.json 001.json --format bundle --keys keys.json",
      note: "one document, no keys in it",
    },
  ],
  exits: [0, 2, 3, 4, 5, 6],
  run: async (ctx) => {
    const format = EXPORT_FORMATS.find((one) => one === ctx.text("format")) ?? "jsonl";
    const signer = await chosenSigner(ctx, format);
    const { items, brings_keys, anchors, unusable } = await exportedFrom(ctx, signer);
    const options = { crypto: nodeCrypto, anchors };
    const request = { items, brings_keys, options, policy: null, unusable_keys: unusable };
    const { outcome, causes, report } = await judgeRequest(request, { order: "chain", end: "any" });
    // SECURITY: whoever signs a statement about a receipt vouches for it, and a form that is handed on is believed to have been checked.
    const document = outcome === "valid" ? documentOf(request.items, format, signer) : null;
    const out = ctx.text("out");
    if (document !== null && out !== undefined) writeNew(resolve(ctx.cwd, out), document);
    return {
      exit: exits[outcome],
      data: plainData({ outcome, causes, format, count: report.count, path: document === null ? null : (out ?? null) }),
      blockers: receiptBlockers(causes, report.count),
      next: null,
      ...(document !== null && out === undefined ? { document } : {}),
    };
  },
  view: ({ data: { outcome, count, format, path } }) => [
    outcome === "valid"
      ? line(
          good`exported`,
          plain`  ${count} ${count === 1 ? "receipt" : "receipts"} as ${format}${path === null ? "" : ` in ${path}`}`,
        )
      : line(outcome === "invalid" ? bad`invalid` : attention`undecidable`, plain`  nothing was exported`),
  ],
});

type Exported = Pick<VerifyRequest, "items" | "brings_keys"> & ReturnType<typeof trustedKeys>;

// Files under the keys that the person trusts; the project's own chain under the project's keys.
async function exportedFrom(ctx: CommandContext, signer: ReceiptSigner | null): Promise<Exported> {
  const { anchors, unusable } = trustedKeys(ctx);
  const named = ctx.text("keys") !== undefined;
  if (ctx.args["file"] === undefined) {
    const { receipts, keys } = await projectReceipts(ctx);
    const own = named ? anchors : anchorsIn({ keys });
    return { items: receipts.map(valueOf), brings_keys: false, anchors: own, unusable };
  }
  const trusted = !named && signer !== null ? { key: signer.public_key } : anchors;
  return { ...receiptsOf(ctx), anchors: trusted, unusable };
}

function documentOf(items: readonly ReceiptItem[], format: ExportFormat, signer: ReceiptSigner | null): string {
  if (format === "bundle") return asBundle(items);
  return signer === null ? asLines(items) : asStatements(items, signer);
}

// Null for the forms that nobody signs.
async function chosenSigner(ctx: CommandContext, format: ExportFormat): Promise<ReceiptSigner | null> {
  const key = ctx.text("key");
  const isSigned = format === "in-toto";
  if (isSigned && key !== undefined) return (await namedSigner(ctx, key)).signer;
  if (!isSigned && key === undefined) return null;
  throw new CesError(
    "USAGE_OPTION",
    "statements are signed and nothing else is: `--key` and `--format in-toto` belong together",
    {
      remedy: "ces receipts export chain.jsonl --format in-toto --key operator",
    },
  );
}

function writeNew(path: string, text: string): void {
  if (created(path, text)) return;
  throw new CesError("USAGE_FILE", `\`${path}\` is there already`, { remedy: "name a file that is not there" });
}

function created(path: string, text: string): boolean {
  try {
    return createOnce(path, text);
  } catch (cause) {
    throw new CesError("USAGE_FILE", `\`${path}\` cannot be written`, { remedy: "name a folder that is there", cause });
  }
}
