// The hook as a program: what the entry and `ces guard hook` both do, from standard input to answer.
import { printable } from "@ces/kernel";
import type { Advisories, AllowRule, FileFacts, Judgement, Setting } from "@ces/guard";
import { answerCall, type HookPorts } from "./answer-call.ts";
import { appendAudit, newestAnswers } from "./audit-log.ts";
import { callSetting, type HookEnvironment, type Installation } from "./call-setting.ts";
import { readGuardConfig } from "./guard-config.ts";
import { guardPlaces } from "./guard-places.ts";
import { blocked, type HookAnswer, type JudgedCall } from "./hook-call.ts";
import { hostOf } from "./hosts.ts";
import { ownCes } from "./own-ces.ts";
import { nodeFileFacts } from "./node-file-facts.ts";
import { MAX_INPUT } from "./read-call-fields.ts";
import { readInput } from "./read-input.ts";
import type { SettlePorts } from "./settle-verdict.ts";

/** What is put into the hook from outside this package. */
export interface GuardParts {
  /** `judgeCommand` of `@ces/guard`, or a test's. */
  readonly judge: (command: string, setting: Setting, facts: FileFacts) => Judgement;
  readonly rescue: SettlePorts["rescue"];
  /** What to copy aside so that the unchanged text could be undone; null when that is not known. */
  readonly rescuesOfOriginal: (
    command: string,
    setting: Setting,
    facts: FileFacts,
  ) => ReturnType<SettlePorts["rescuesOfOriginal"]>;
  readonly advisories: () => Advisories | null;
  readonly allowRules: () => readonly AllowRule[];
}

/** The process around the hook. */
export interface HookProcess {
  readonly env: HookEnvironment;
  readonly stdin: NodeJS.ReadableStream;
  /** Folders that hold the guard's program. */
  readonly programs: readonly string[];
}

/** Answers the one call on standard input. Never rejects. */
export async function runGuardHook(hostName: string, around: HookProcess, parts: GuardParts): Promise<HookAnswer> {
  return answerInput(hostName, await readInput(around.stdin, MAX_INPUT), { around, parts });
}

/** Answers a call that was read already; a text says why there is none. Never throws. */
export function answerInput(
  hostName: string,
  input: Uint8Array | string,
  { around, parts }: { readonly around: Omit<HookProcess, "stdin">; readonly parts: GuardParts },
): HookAnswer {
  const host = hostOf(hostName);
  if (host === undefined)
    return blocked(`ces guard: there is no host \`${printable(hostName, { max: 60 })}\`, so nothing runs [HOOK_HOST]`);
  if (typeof input === "string") return blocked(`ces guard: ${printable(input)}, so nothing runs [HOOK_INPUT]`);
  return answerCall(host, input, () => portsOf(around, parts));
}

function portsOf({ env, programs }: Omit<HookProcess, "stdin">, parts: GuardParts): HookPorts<Setting> {
  const places = guardPlaces(env);
  const { config, warning } = readGuardConfig(places.config);
  const { judge, rescue, rescuesOfOriginal, advisories, allowRules } = parts;
  const installation: Installation = { places, ces: ownCes(places), programs, advisories, allowRules };
  const facts = nodeFileFacts();
  const session = (call: JudgedCall): Setting => callSetting(call, env, { installation, config });
  return {
    session,
    judge: (command, setting) => judge(command, setting, facts),
    rescue,
    rescuesOfOriginal: (call) => (call.kind === "shell" ? rescuesOfOriginal(call.command, session(call), facts) : null),
    append: (entry) => appendAudit(places, entry),
    newest: () => newestAnswers(places),
    observe: config.mode === "observe",
    warning,
    // Not `performance`, which is a module of its own to load.
    elapsed: () => process.uptime() * 1000,
  };
}
