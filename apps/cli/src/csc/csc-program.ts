// One run of `csc`: the reference's command line over the same decisions and verifications as `ces contract`.
import { nodeCrypto } from "@ces/crypto-node";
import { CesError, isCesError, parseJson } from "@ces/kernel";
import { type Decided, limits, verifyReceipt } from "@ces/contract";
import type { CscAnswer } from "./csc-answer.ts";
import { cscLine } from "./csc-answer.ts";
import { type CscLine, cscUsage, readCscLine } from "./csc-usage.ts";
import { keyLookup } from "./public-keys.ts";
import { readDocument } from "./read-document.ts";

/** Both streams of the process. */
export type CscStreams = { readonly out: (text: string) => void; readonly err: (text: string) => void };

/** Runs the words after `csc`; the exit code. Whatever goes wrong is one line and exit 1 or, for the command line, 2. */
export async function cscProgram(words: readonly string[], streams: CscStreams): Promise<0 | 1 | 2> {
  try {
    const line = readCscLine(words);
    if (line.kind === "help") {
      streams.out(cscUsage);
      return 0;
    }
    const answer = await answerTo(line);
    if (answer.note !== undefined) streams.err(`${answer.note}\n`);
    streams.out(cscLine(answer));
    return answer.exit;
  } catch (error) {
    return failed(error, streams);
  }
}

async function answerTo(line: Exclude<CscLine, { kind: "help" }>): Promise<CscAnswer> {
  switch (line.kind) {
    case "check": {
      // Brings the guard along, which a verification does not need.
      const { judgeContractFiles } = await import("./judged-contract.ts");
      return decidedAnswer(judgeContractFiles({ ...line, approvals: [], mode: undefined }));
    }
    case "verify":
      return verifiedAnswer(line);
    case "run":
      return (await import("./run-with-csc.ts")).runWithCsc(line.run);
  }
}

/** The line for a decision: its reasons with their codes, for `check`, and for a `run` that stops there. */
export function decidedAnswer(decided: Decided): CscAnswer {
  const deciding = decided.findings.filter(({ kind }) => kind === decided.decision);
  const text = deciding.map((one) => `${one.text} [${one.code}]`).join("; ");
  switch (decided.decision) {
    case "allow":
      return { exit: 0, word: "ALLOW", text: `every rule of ${decided.policy_profile} holds` };
    case "deny":
      return { exit: 1, word: "DENY", text };
    case "needs_approval":
      return { exit: 2, word: "NEEDS APPROVAL", text };
  }
}

function verifiedAnswer(line: Extract<CscLine, { kind: "verify" }>): CscAnswer {
  if (line.key_id === "") throw new CesError("USAGE_OPTION", "`--key-id` is empty", { remedy: "csc --help" });
  const keyOf = keyLookup({ public_key: line.public_key, key_id: line.key_id, trust: undefined });
  const bytes = readDocument(line.receipt, "receipt", limits.receipt_bytes);
  const parsed = parseJson(bytes, { maxBytes: limits.receipt_bytes, maxDepth: limits.nesting });
  if (parsed.kind === "refused") return { exit: 1, word: "ERROR", text: `receipt is no strict JSON (${parsed.cause})` };
  const verdict = verifyReceipt(parsed.value, keyOf, nodeCrypto);
  return verdict.kind === "valid"
    ? { exit: 0, word: "VALID", text: `signed by ${verdict.key_id} at ${verdict.signed_at}` }
    : { exit: 1, word: "INVALID", text: verdict.text };
}

function failed(error: unknown, streams: CscStreams): 1 | 2 {
  if (isCesError(error) && error.code.startsWith("USAGE_")) {
    streams.err(`${cscUsage}\n${error.message}\n`);
    return 2;
  }
  const text = error instanceof Error ? error.message : "unknown";
  streams.out(cscLine({ exit: 1, word: "ERROR", text }));
  if (!isCesError(error) && error instanceof Error) streams.err(`${error.stack ?? ""}\n`);
  return 1;
}
