// A hook's whole work between its bytes in and its bytes out: read, judge, settle, write down, answer.
// INVARIANT: whatever goes wrong on the way, the answer refuses.
import type { Judgement } from "@ces/guard";
import { printable } from "@ces/kernel";
import type { AuditEntry } from "./audit-line.ts";
import {
  answered,
  blocked,
  type Host,
  type HookAnswer,
  type JudgedCall,
  type RanCall,
  type Verdict,
} from "./hook-call.ts";
import { judgeCall, type Judge } from "./judge-call.ts";
import { alarmAnswer, alarmEntry, type LoggedAnswer, wasIgnored } from "./rewrite-alarm.ts";
import { settleVerdict, type SettlePorts } from "./settle-verdict.ts";
import { sha256 } from "./sha256.ts";

/** What a hook stands on. `session` gathers the facts of one call; `append` writes one decision down or throws. */
export interface HookPorts<Session> extends SettlePorts {
  readonly session: (call: JudgedCall) => Session;
  readonly judge: Judge<Session>;
  readonly append: (entry: AuditEntry) => void;
  /** The answers of the log, the newest first; as many as are worth looking at. */
  readonly newest: () => Iterable<LoggedAnswer>;
  /** True when decisions are only recorded, never enforced (mode `observe`). */
  readonly observe: boolean;
  /** Milliseconds since the hook began. */
  readonly elapsed: () => number;
}

/** Answers one call of one host. Never throws. */
export function answerCall<Session>(host: Host, bytes: Uint8Array, ports: () => HookPorts<Session>): HookAnswer {
  try {
    const call = host.readCall(bytes);
    if (call.kind === "malformed")
      return blocked(
        `ces guard: ${host.name} sent something else than a tool call (${printable(call.why, { max: 300 })}), so it is refused [HOOK_INPUT]`,
      );
    if (call.kind === "ran") return watch(host, call, ports());
    if (call.kind === "other") return host.answer({ kind: "pass", note: null }, nothing(call.tool));
    return host.answer(decide(host, call, ports()), call);
  } catch (error) {
    return blocked(
      `ces guard: the guard itself failed (${printable(String(error), { max: 300 })}), so nothing runs [HOOK_FAULT]`,
    );
  }
}

function watch<Session>(host: Host, call: RanCall, { newest, append, elapsed }: HookPorts<Session>): HookAnswer {
  if (!wasIgnored(call, newest(), sha256)) return answered({});
  append(alarmEntry(host.name, call, Math.round(elapsed() * 10) / 10));
  return alarmAnswer();
}

function decide<Session>(host: Host, call: JudgedCall, ports: HookPorts<Session>): Verdict {
  const judgement = judgeCall(call, ports.session(call), ports.judge);
  const verdict = ports.observe ? passed(ports.warning) : settleVerdict(judgement, call, ports);
  ports.append(entryOf(host, call, { judgement, verdict, ports }));
  return verdict;
}

const passed = (note: string | null): Verdict => ({ kind: "pass", note });

interface Decided<Session> {
  readonly judgement: Judgement;
  readonly verdict: Verdict;
  readonly ports: HookPorts<Session>;
}

function entryOf<Session>(host: Host, call: JudgedCall, { judgement, verdict, ports }: Decided<Session>): AuditEntry {
  return {
    host: host.name,
    session: call.session,
    cwd: call.cwd,
    tool: call.tool,
    command: call.kind === "files" ? call.touches.map(({ verb, path }) => `${verb} ${path}`).join("\n") : call.command,
    decision: judgement.decision,
    answer: verdict.kind,
    observed: ports.observe,
    codes: [...new Set(judgement.reasons.map(({ code }) => code))],
    rewrite: judgement.rewrite?.text ?? null,
    latency_ms: Math.round(ports.elapsed() * 10) / 10,
  };
}

const nothing = (tool: string): JudgedCall => ({
  kind: "files",
  tool,
  cwd: "/",
  session: "",
  id: "",
  roots: [],
  input: {},
  touches: [],
});
