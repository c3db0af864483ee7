// `ces contract verify RECEIPT`: was it signed by a trusted key, does it fit its schema, is it of this contract. Offline.
import { CesError } from "@ces/kernel";
import { loadContract, loadPolicy } from "../../csc/load-documents.ts";
import { keyLookup } from "../../csc/public-keys.ts";
import { chainFault, verifyReceiptFiles, type VerifiedReceipt } from "../../csc/verified-receipts.ts";
import { defineCommand } from "../../define-command.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { attention, bad, dim, good, line, plain } from "../../view/line.ts";

export const command = defineCommand({
  summary: "is this execution receipt genuine, whole, and of this contract",
  group: "Execution",
  args: [{ name: "receipt", summary: "a receipt (JSON)", required: true }],
  rest: { name: "receipts", summary: "more receipts" },
  options: [
    { name: "public-key", kind: "text", value: "FILE", summary: "the runner's key: raw, PEM, DER, base64 or hex" },
    { name: "key-id", kind: "text", value: "ID", summary: "the only key id that this key answers for" },
    { name: "trust", kind: "text", value: "FILE", summary: "a file of keys with their times and revocations" },
    { name: "contract", kind: "text", value: "FILE", summary: "the contract that the receipts must be of" },
    { name: "policy", kind: "text", value: "FILE", summary: "the policy that the receipts must be of" },
    { name: "chain", kind: "flag", summary: "each receipt must name the one before it" },
  ],
  examples: [
    { line: "ces contract verify receipt.json --public-key runner.pem", note: "any key id, this key" },
    { line: "ces contract verify 1.json 2.json --trust keys.json --chain", note: "in a row, none taken out" },
  ],
  exits: [0, 2, 3, 4, 6],
  run: async (ctx) => {
    const files = [ctx.args["receipt"] ?? "", ...ctx.rest];
    const names = { public_key: ctx.text("public-key"), key_id: ctx.text("key-id"), trust: ctx.text("trust") };
    if (names.public_key === undefined && names.trust === undefined) {
      throw new CesError("CSC_NO_KEY", "without a key nothing is known about a receipt", {
        remedy: `ces contract verify ${files[0]} --public-key FILE`,
      });
    }
    const [contract, policy] = [ctx.text("contract"), ctx.text("policy")];
    const receipts = verifyReceiptFiles(files, keyLookup(names), {
      contract_sha256: contract === undefined ? undefined : loadContract(contract).sha256,
      policy_sha256: policy === undefined ? undefined : loadPolicy(policy).sha256,
    });
    const chain = ctx.flag("chain") ? chainFault(files) : null;
    return {
      exit: exitFor(receipts, chain),
      data: { receipts: receipts.map((one) => ({ ...one })), chain_fault: chain },
      blockers: [
        ...receipts.flatMap(({ verdict, file, text }) =>
          verdict === "valid"
            ? []
            : [{ code: verdict === "invalid" ? "RECEIPT_INVALID" : "CSC_NO_KEY", text: `${file}: ${text}` }],
        ),
        ...(chain === null ? [] : [{ code: "RECEIPT_CHAIN", text: chain }]),
      ],
      next: null,
    };
  },
  view: ({ data }) => [
    ...data.receipts.map((one) =>
      line(
        one.verdict === "valid" ? good`valid` : one.verdict === "invalid" ? bad`invalid` : attention`undecidable`,
        plain`  ${one.file}`,
        one.verdict === "valid"
          ? dim`  ${one.status ?? ""}, ${one.contract_id ?? ""}, signed by ${one.key_id ?? ""} at ${one.signed_at ?? ""}`
          : plain`  ${one.text ?? ""}`,
      ),
    ),
    ...(data.chain_fault === null ? [] : [line(bad`chain broken`, plain`  ${data.chain_fault}`)]),
  ],
});

function exitFor(receipts: readonly VerifiedReceipt[], chain: string | null): ExitCode {
  if (chain !== null || receipts.some(({ verdict }) => verdict === "invalid")) return 4;
  return receipts.some(({ verdict }) => verdict === "undecidable") ? 6 : 0;
}
