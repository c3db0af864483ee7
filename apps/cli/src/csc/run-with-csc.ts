// `csc run`: the reference's command line, order and exits over the executor of `ces contract run`. Source: spec/csc.md §5.
import { nodeCrypto } from "@ces/crypto-node";
import { CesError } from "@ces/kernel";
import { closeInheritedDescriptors } from "@ces/sandbox";
import type { ExecutionMode } from "@ces/contract";
import { previewContract } from "@ces/contract-runner";
import { decideRun, type DecidedRun } from "../contract/decide-run.ts";
import { loadSigner } from "../contract/load-signer.ts";
import { performRun, type PerformedRun } from "../contract/perform-run.ts";
import { openRunnerDomain, type RunnerDomain } from "../contract/runner-domain.ts";
import { takeSecrets } from "../secrets.ts";
import { nodeClock } from "../wire/node-clock.ts";
import type { CscAnswer } from "./csc-answer.ts";
import type { CscRun } from "./csc-usage.ts";

const LOCAL_NOTE =
  "local mode enforces nothing: the contract was judged before the start, and the commands could do what you can do";

/** Runs a contract as `csc run` does and writes its receipt. Throws CesError for options and files that are refused. */
export async function runWithCsc(run: CscRun): Promise<CscAnswer> {
  // SECURITY: S14, S01 — as in `ces`, before anything else.
  closeInheritedDescriptors();
  const { secrets, env } = takeSecrets(process.env);
  const mode = modeOf(run);
  const signer = signerOf(run, mode);
  const domain = await openRunnerDomain({ cwd: process.cwd(), env, secrets });
  const files = {
    contract: run.contract,
    policy: run.policy,
    approvals: run.approval === undefined ? [] : [run.approval],
    mode,
  };
  if (run.sandbox_debug && mode !== "hardened")
    throw new CesError("CSC_MODE", "`--sandbox-debug` needs `--mode hardened`", { remedy: "add --mode hardened" });
  const known = decideRun(files, domain);
  // What is not allowed ends as without it: the reference looks at the flag behind its decision.
  if (run.sandbox_debug && known.decided.decision === "allow") return preview(known, domain);
  const wish = { ...files, known, signer, signing_key: run.signing_key, receipt_out: run.receipt_out, env };
  const done = await performRun({ ...wish, form: "published", stdout_out: undefined, stderr_out: undefined }, domain);
  const answer = answerOf(done);
  // Where nothing was started there is nothing to warn of.
  return mode === "local" && done.outputs.length > 0 ? { ...answer, note: LOCAL_NOTE } : answer;
}

function modeOf({ mode }: CscRun): ExecutionMode {
  if (mode === "local" || mode === "hardened") return mode;
  throw new CesError("CSC_MODE", `there is no mode \`${mode}\`: local or hardened`, { remedy: "csc --help" });
}

// `--sign` needs both others, the others need `--sign`, hardened needs all three.
function signerOf(run: CscRun, mode: ExecutionMode) {
  const { sign, signing_key, key_id } = run;
  if (!sign && (signing_key !== undefined || key_id !== undefined))
    throw new CesError("CSC_SIGNING", "`--signing-key` and `--key-id` need `--sign`", { remedy: "add --sign" });
  if (sign && (signing_key === undefined || key_id === undefined || key_id === ""))
    throw new CesError("CSC_SIGNING", "`--sign` needs `--signing-key` and `--key-id`", { remedy: "name both" });
  if (mode === "hardened" && !sign)
    throw new CesError("CSC_SIGNING", "hardened mode needs `--sign`", {
      remedy: "add --sign, --signing-key and --key-id",
    });
  return signing_key === undefined || key_id === undefined ? undefined : loadSigner(signing_key, key_id);
}

function answerOf({ decided, receipt, receipt_file, receipt_text }: PerformedRun): CscAnswer {
  const lost = receipt_file === null ? { note: receipt_text } : {};
  const where = receipt_file === null ? "the receipt could not be written" : `receipt ${receipt_file}`;
  if (decided.decision === "deny") return { exit: 1, word: "DENY", text: receipt.error ?? "", ...lost };
  if (decided.decision === "needs_approval")
    return { exit: 2, word: "NEEDS APPROVAL", text: receipt.error ?? "", ...lost };
  if (receipt.status === "success" && receipt_file !== null) return { exit: 0, word: "SUCCESS", text: where };
  const why =
    receipt.error === undefined || receipt.error === "" ? `exit ${receipt.exit_code ?? "unknown"}` : receipt.error;
  return { exit: 1, word: receipt.status === "blocked" ? "BLOCKED" : "FAILED", text: `${why}; ${where}`, ...lost };
}

async function preview({ contract, policy, protect }: DecidedRun, domain: RunnerDomain): Promise<CscAnswer> {
  const lines = await previewContract(contract.value, policy.value, {
    ...domain,
    protect,
    crypto: nodeCrypto,
    clock: nodeClock,
  });
  const note = lines
    .map(({ command_id, argvs, blocked }) =>
      blocked === null
        ? `${command_id}: ${argvs.map((argv) => argv.join(" ")).join(" | ")}`
        : `BLOCKED ${command_id}: ${blocked}`,
    )
    .join("\n");
  return { exit: 0, word: "ALLOW", text: "nothing was run", note };
}
