// `ces contract run CONTRACT POLICY`: decides, runs in walls, writes a signed receipt. Hardened unless told otherwise.
import { resolve } from "node:path";
import { CesError } from "@ces/kernel";
import { loadSigner } from "../../contract/load-signer.ts";
import { performRun } from "../../contract/perform-run.ts";
import { runData, runExit, runLines } from "../../contract/run-data.ts";
import { signDecision } from "../../contract/run-receipts.ts";
import { openRunnerDomain, type RunnerDomain } from "../../contract/runner-domain.ts";
import { type CommandContext, defineCommand } from "../../define-command.ts";

export const command = defineCommand({
  summary: "run a command contract and write its receipt",
  group: "Execution",
  args: [
    { name: "contract", summary: "a command contract (JSON)", required: true },
    { name: "policy", summary: "a policy (YAML)", required: true },
  ],
  options: [
    {
      name: "mode",
      kind: "choice",
      choices: ["hardened", "local"],
      summary: "hardened runs in walls; local only judges before the start and enforces nothing",
      fallback: "hardened",
    },
    {
      name: "sign",
      kind: "flag",
      summary: "sign with --signing-key; hardened runs are signed anyway, by this installation",
    },
    { name: "signing-key", kind: "text", value: "FILE", summary: "an Ed25519 key: PKCS#8 PEM, or 32 or 64 raw bytes" },
    { name: "key-id", kind: "text", value: "ID", summary: "the name of that key" },
    { name: "approval", kind: "list", value: "FILE", summary: "a signed approval; twice for dual control" },
    {
      name: "receipt-out",
      kind: "text",
      value: "FILE",
      summary: "where the receipt goes",
      fallback: "out/receipt.json",
    },
    {
      name: "stdout-out",
      kind: "text",
      value: "FILE",
      summary: "keep what the commands printed: capped, secrets taken out",
    },
    { name: "stderr-out", kind: "text", value: "FILE", summary: "keep what they complained" },
  ],
  examples: [
    {
      line: "ces contract run contract.json policy.yaml",
      note: "in walls; the receipt is signed by this installation",
    },
    {
      line: "ces contract run contract.json policy.yaml --approval yes.json --receipt-out r.json --json",
      note: "one JSON document with receipt and output",
    },
  ],
  exits: [0, 1, 2, 3, 5, 6, 7],
  run: async (ctx) => {
    const domain = await openRunnerDomain(ctx);
    const mode = ctx.text("mode") === "local" ? "local" : "hardened";
    const at = (path: string | undefined): string | undefined =>
      path === undefined ? undefined : resolve(ctx.cwd, path);
    const contract = resolve(ctx.cwd, ctx.args["contract"] ?? "");
    const done = await performRun(
      {
        contract,
        policy: resolve(ctx.cwd, ctx.args["policy"] ?? ""),
        approvals: ctx.list("approval").map((path) => resolve(ctx.cwd, path)),
        mode,
        form: "house",
        signer: signerOf(ctx, domain, mode),
        signing_key: at(ctx.text("signing-key")),
        receipt_out: resolve(ctx.cwd, ctx.text("receipt-out") ?? "out/receipt.json"),
        stdout_out: at(ctx.text("stdout-out")),
        stderr_out: at(ctx.text("stderr-out")),
        env: ctx.env,
        signal: ctx.signal,
        sign_decision: (run) => signDecision(ctx, domain, run),
      },
      domain,
    );
    const data = runData(done);
    const exit = runExit(done);
    return {
      exit,
      data,
      blockers: exit === 0 ? [] : [blockerOf(data)],
      next:
        exit === 7
          ? `ces contract approve ${ctx.args["contract"] ?? ""} ${ctx.args["policy"] ?? ""}`
          : exit === 0 && ctx.text("signing-key") === undefined && mode === "hardened"
            ? `ces contract verify ${done.receipt_file ?? ""} --public-key ${domain.signer().public_file}`
            : null,
    };
  },
  view: ({ data }) => runLines(data),
});

function signerOf(ctx: CommandContext, domain: RunnerDomain, mode: "local" | "hardened") {
  const [file, id] = [ctx.text("signing-key"), ctx.text("key-id")];
  if (file === undefined && id === undefined)
    return mode === "hardened" || ctx.flag("sign") ? domain.signer() : undefined;
  if (file !== undefined && id !== undefined && ctx.flag("sign")) return loadSigner(resolve(ctx.cwd, file), id);
  throw new CesError("USAGE_OPTION", "`--sign`, `--signing-key` and `--key-id` belong together", {
    remedy: "give all three, or none: this installation has a key of its own",
  });
}

function blockerOf(data: ReturnType<typeof runData>): { readonly code: string; readonly text: string } {
  const finding = data.findings.find(({ kind }) => kind !== "note");
  if (finding !== undefined && data.decision !== "allow") return { code: finding.code, text: finding.text };
  const text = data.error === "" ? `a command ended with ${data.exit_code ?? "no exit code"}` : data.error;
  return { code: data.refused_by ?? "CONTRACT_FAILED", text };
}
