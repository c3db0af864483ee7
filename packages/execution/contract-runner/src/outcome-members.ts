// What came of the commands, as the members of a receipt (spec/csc.md §1.4). Streams are hashed as they were kept: what the receipt speaks
// of is what `--stdout-out` gives.
import { createHash } from "node:crypto";
import type { CommandResult, ReceiptNetwork, ReceiptOutcome } from "@ces/contract";
import type { ContractOrder, Done } from "./run-contract.ts";

type RanCommand = Done["ran"][number];

/** Every member but the receipt's beginning and its signature. */
export function outcomeMembers(
  order: ContractOrder,
  done: Done & Pick<ReceiptOutcome, "sandbox">,
  ended_at: string,
): ReceiptOutcome {
  const failedRun = done.ran.find(isFailed);
  const status = done.refusal?.status ?? (failedRun === undefined ? "success" : "failed");
  return {
    status,
    ended_at,
    ...exitMembers(done, failedRun),
    ...(status === "blocked" ? {} : effectMembers(done.ran)),
    completed_command_ids: done.ran.filter((one) => !isFailed(one)).map(({ command }) => command.id),
    failed_command_id: done.failed ?? null,
    error: errorText(done, failedRun),
    ...decisionMembers(order, done),
    ...(done.ran.length === 0
      ? {}
      : { results: done.ran.map(resultOf), binaries: done.ran.flatMap((one) => one.binaries) }),
    ...(done.sandbox === undefined
      ? {}
      : { sandbox: done.sandbox, sandbox_profile_id: `sha256:${done.sandbox.profile_sha256}` }),
    ...(done.approvals === undefined || done.approvals.length === 0 ? {} : { approvals: done.approvals }),
    ...networkMembers(done.ran),
    ...secretMembers(done.ran),
  };
}

function isFailed({ exit_code, why }: RanCommand): boolean {
  return exit_code !== 0 || why !== undefined;
}

function exitMembers(done: Done, failed: RanCommand | undefined): Partial<ReceiptOutcome> {
  const { refusal } = done;
  if (refusal?.status === "blocked") return refusal.exit_code === undefined ? {} : { exit_code: refusal.exit_code };
  const last = failed ?? done.ran.at(-1);
  const streams = refusal === undefined ? last : undefined;
  const [out, err] = [streams?.stdout, streams?.stderr];
  return {
    exit_code: refusal?.exit_code ?? last?.exit_code ?? 0,
    stdout_hash: streamHash(out?.kept),
    stderr_hash: streamHash(err?.kept),
    ...(out?.truncated === true ? { stdout_truncated: true } : {}),
    ...(err?.truncated === true ? { stderr_truncated: true } : {}),
  };
}

function effectMembers(ran: readonly RanCommand[]): Partial<ReceiptOutcome> {
  const last = new Map(ran.flatMap(({ delta }) => delta.artifacts.map(({ path, sha256 }) => [path, sha256])));
  return {
    artifacts: [...last].map(([path, sha256]) => ({ path, sha256 })),
    effect_summary: {
      files_written: ran.reduce((sum, { delta }) => sum + delta.written, 0),
      network_used: ran.some((one) => one.network_used),
      secrets_used: new Set(ran.flatMap(({ secrets }) => secrets)).size,
    },
  };
}

// On a failure the command's own words come first: they are what a reader looks for.
function errorText(done: Done, failed: RanCommand | undefined): string {
  if (done.refusal !== undefined) return done.refusal.error;
  return failed === undefined ? "" : (failed.why ?? failed.stderr.kept.toString("utf8"));
}

// Why the runner refused stands before why the policy allowed.
function decisionMembers({ decided, joins }: ContractOrder, { refusal }: Done): Partial<ReceiptOutcome> {
  const codes = new Set([...(refusal === undefined ? [] : [refusal.code]), ...(decided?.reason_codes ?? [])]);
  return {
    ...(decided === undefined ? {} : { decision: decided.decision }),
    ...(codes.size === 0 ? {} : { reason_codes: [...codes] }),
    ...(joins === undefined ? {} : { joins }),
  };
}

function resultOf(one: RanCommand): CommandResult {
  const { stdout, stderr } = one;
  return {
    command_id: one.command.id,
    status: isFailed(one) ? "failed" : "success",
    exit_code: one.exit_code,
    ...(one.signal === undefined ? {} : { signal: one.signal }),
    started_at: one.started_at,
    ended_at: one.ended_at,
    stdout_hash: streamHash(stdout.kept),
    stderr_hash: streamHash(stderr.kept),
    stdout_bytes: stdout.bytes,
    stderr_bytes: stderr.bytes,
    ...(stdout.truncated ? { stdout_truncated: true } : {}),
    ...(stderr.truncated ? { stderr_truncated: true } : {}),
    ...(one.segment_exit_codes === undefined ? {} : { segment_exit_codes: one.segment_exit_codes }),
  };
}

const ORDER = ["deny", "allowlisted", "full"] as const;

function networkMembers(ran: readonly RanCommand[]): Partial<ReceiptOutcome> {
  if (ran.length === 0) return {};
  const widest = Math.max(...ran.map(({ network }) => ORDER.indexOf(network.mode)));
  const counts = new Map<string, ReceiptNetwork["observed"][number]>();
  for (const one of ran.flatMap(({ network }) => network.observed)) {
    const name = `${one.outcome} ${one.host}:${one.port}`;
    counts.set(name, { ...one, count: one.count + (counts.get(name)?.count ?? 0) });
  }
  return { network: { mode: ORDER[widest] ?? "deny", observed: [...counts.values()] } };
}

function secretMembers(ran: readonly RanCommand[]): Partial<ReceiptOutcome> {
  const names = [...new Set(ran.flatMap(({ secrets }) => secrets))];
  return names.length === 0 ? {} : { secret_refs: names };
}

function streamHash(bytes: Buffer | undefined): string {
  return `sha256:${createHash("sha256")
    .update(bytes ?? "")
    .digest("hex")}`;
}
