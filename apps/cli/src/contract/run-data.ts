// A run as data for `--json`, and as lines for people. The output of a command is foreign text: it is shown escaped, and given as it is
// only to a file.
import type { ExecutionReceipt } from "@ces/contract";
import type { CommandOutput } from "@ces/contract-runner";
import type { Data } from "../define-command.ts";
import { exitOf, type ExitCode } from "../exit-codes.ts";
import { attention, bad, blank, dim, good, line, type Line, plain, span, type Span } from "../view/line.ts";
import type { PerformedRun } from "./perform-run.ts";

const SHOWN_LINES = 200;

/** The data of `ces contract run`. */
export function runData(done: PerformedRun) {
  const { receipt, receipt_file, outputs, decided } = done;
  return {
    status: receipt.status,
    mode: receipt.execution_mode ?? "local",
    exit_code: receipt.exit_code ?? null,
    error: receipt.error ?? "",
    refused_by: receipt.status === "blocked" ? (receipt.reason_codes?.[0] ?? null) : null,
    receipt_file,
    // A receipt is plain JSON by construction.
    receipt: receipt as unknown as Data,
    decision: decided.decision,
    findings: decided.findings.map(({ code, kind, text, command_id }) => ({
      code,
      kind,
      text,
      command_id: command_id ?? null,
    })),
    outputs: outputs.map(outputData),
  };
}

/** What a view gets. */
export type RunData = ReturnType<typeof runData>;

// Bytes that are no UTF-8 are given whole in base64: a text with holes would not have the receipt's hash.
function outputData({ command_id, stdout, stderr }: CommandOutput) {
  return { command_id, stdout: streamData(stdout), stderr: streamData(stderr) };
}

function streamData(bytes: Buffer): { readonly encoding: "utf8" | "base64"; readonly data: string } {
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes)
    ? { encoding: "utf8", data: text }
    : { encoding: "base64", data: bytes.toString("base64") };
}

/** The exit of a run: what the machine cannot hold is 5, what was refused 3, what needs a person 7, what failed 1. */
export function runExit({ receipt, decided, receipt_file }: PerformedRun): ExitCode {
  if (decided.decision === "needs_approval") return 7;
  if (decided.decision === "deny") return 3;
  if (receipt.status === "success") return receipt_file === null ? 1 : 0;
  return receipt.status === "failed" ? 1 : blockedExit(receipt);
}

// Whatever the table of the house says of the refusal's code; a code that it does not know is a plain no.
function blockedExit({ reason_codes }: ExecutionReceipt): ExitCode {
  return exitOf(reason_codes?.[0] ?? "") === 5 ? 5 : 3;
}

/** What happened, what was said, where the receipt is. */
export function runLines(data: RunData): readonly Line[] {
  return [
    line(word(data), plain`  ${data.mode} mode`, dim`  exit ${data.exit_code ?? "none"}`),
    ...(data.mode === "local" && data.outputs.length > 0
      ? [line(attention`nothing was enforced: `, plain`local mode judges before the start only; use --mode hardened`)]
      : []),
    ...(data.error === "" ? [] : [line(plain`  ${firstLine(data.error)}`)]),
    ...data.findings
      .filter(({ kind }) => kind !== "note")
      .map(({ code, text }) => line(plain`  ${text}`, dim` [${code}]`)),
    ...data.outputs.flatMap(({ command_id, stdout, stderr }) => [
      ...streamLines(`${command_id} printed`, stdout),
      ...streamLines(`${command_id} complained`, stderr),
    ]),
    data.receipt_file === null
      ? line(bad`the receipt could not be written; it is in the data of --json`)
      : line(dim`receipt ${data.receipt_file}`),
  ];
}

function word({ status }: RunData): Span {
  if (status === "success") return good`success`;
  return status === "blocked" ? attention`blocked` : bad`${status}`;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

function streamLines(
  title: string,
  { encoding, data }: { readonly encoding: string; readonly data: string },
): readonly Line[] {
  if (data === "") return [];
  if (encoding === "base64") return [line(dim`${title} ${data.length} characters of base64`)];
  const lines = data.replace(/\n$/, "").split("\n");
  const more = lines.length - SHOWN_LINES;
  return [
    blank,
    line(dim`${title}`),
    ...lines.slice(0, SHOWN_LINES).map((text) => line(span("plain", text))),
    ...(more > 0 ? [line(dim`… and ${more} more lines; --stdout-out FILE keeps them all`)] : []),
    blank,
  ];
}
