// Ending processes: one of one's own by its number or its plain name passes; everyone's, or whoever happens to match, does not.
import { type Arg, HOLE, known } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

type Judge = (call: Call, on: Evaluation) => EffectKind | null;

interface Killed {
  readonly signal: string;
  readonly pids: readonly Arg[];
  readonly lists: boolean;
}

/** Words of kill: `-9`, `-s KILL`, then processes, groups (`-PGID`) and jobs (`%1`). */
function readKill(args: readonly Arg[]): Killed {
  let signal = "";
  let at = 0;
  for (; at < args.length; at += 1) {
    const text = args[at]?.text ?? "";
    if (/^(?:-[lL]|--list(?:=.*)?|--table)$/.test(text)) return { signal, pids: [], lists: true };
    if (text === "--") return { signal, pids: args.slice(at + 1), lists: false };
    if (/^(?:-[snq]|--signal|--queue)$/.test(text)) {
      signal = args[at + 1]?.text ?? "";
      at += 1;
    } else if (/^--(?:signal|queue)=/.test(text)) signal = text.slice(text.indexOf("=") + 1);
    else if (/^--(?:verbose|all|pid|require-handler)$|^-[pva]$/.test(text)) continue;
    else if (signal === "" && /^-[A-Z0-9]/.test(text)) signal = text.slice(1);
    else break;
  }
  return { signal, pids: args.slice(at), lists: false };
}

const kill: Judge = ({ args }) => {
  const { signal, pids, lists } = readKill(args);
  if (lists || signal === "0") return null;
  if (pids.length === 0) return signal === "1" ? "system.kill" : null;
  const kinds = pids.map(pidKind);
  return kinds.includes("system.kill") ? "system.kill" : (kinds.find((kind) => kind !== null) ?? null);
};

function pidKind(pid: Arg): EffectKind | null {
  const { text } = pid;
  // A number the shell or a file keeps is one process; what another program prints may be all of them.
  const own = [...pid.taints].every((taint) => taint === "variable" || taint === "file");
  if (/^-?0*1$/.test(text) || (/^-\0/.test(text) && !own)) return "system.kill";
  // `0` also stands for `$!` and its like, which the shell knows.
  if (/^\d+\0?$|^%/.test(text)) return null;
  if (/^-\d|^-\0/.test(text)) return "system.service";
  return text === HOLE && own ? null : "system.service";
}

// Ended by name, these take the session, the agent or everyone's work with them.
const vital =
  /^(?:systemd.*|init|launchd|loginwindow|windowserver|finder|dock|kernel.*|sshd?|login|getty|agetty|bash|zsh|sh|dash|fish|tmux.*|screen|dbus.*|xorg|x|xwayland|wayland.*|gnome.*|kde.*|kwin.*|plasma.*|gdm.*|sddm|lightdm|networkmanager|containerd.*|dockerd?|kubelet|claude.*|codex.*|gemini.*|cursor.*|copilot.*|opencode.*)$/i;
// So many things run in these that a name says nothing.
const broad =
  /^(?:node|nodejs|python[\d.]*|java|ruby|perl|php|go|bun|deno|electron|chrome|code|npm|npx|firefox|safari|ssh.*|git|make|user|usr|bin|home|dev|lib)$/i;

/** How a name or pattern reaches: null for one plain program. */
function nameKind(pattern: Arg, on: Evaluation): EffectKind | null {
  const pieces = pattern.text.split(/[|]/).map((piece) => piece.replaceAll(/\\./g, "").replaceAll(/[\^$()]/g, ""));
  if (
    pieces.some((piece) =>
      on.setting.own_names.some((name) => new RegExp(`(?:^|[\\s/])${name}(?:$|[\\s])`).test(piece)),
    )
  )
    return "self-protect.tamper";
  // SECURITY: letters that stand together decide; a pattern of signs, or one that is not known, matches anything.
  const words = pieces.map((piece) => longest(piece));
  if (words.some((word) => word.length < 3)) return "system.kill";
  if (pieces.some((piece) => vital.test(piece.trim()))) return "system.kill";
  return pieces.some((piece) => broad.test(piece.trim())) ? "system.service" : null;
}

const longest = (piece: string): string =>
  (piece.match(/[A-Za-z0-9_@-]+/g) ?? []).reduce((a, b) => (b.length > a.length ? b : a), "");

const pkillOptions = grammar(
  "signal= e,echo q,queue= d,delimiter= l,list-name a,list-full f,full c,count n,newest o,oldest O,older= w,lightweight g,pgroup= G,group= i,ignore-case P,parent= s,session= t,terminal= u,euid= U,uid= x,exact F,pidfile= L,logpidfile r,runstates= A,ignore-ancestors v,inverse cgroup= env= ns= nslist= H,require-handler m,mrelease j= T= I N= M=",
);
const signalWord =
  /^-(?:\d{1,2}|(?:SIG)?(?:HUP|INT|QUIT|ILL|TRAP|ABRT|BUS|FPE|KILL|USR[12]|SEGV|PIPE|ALRM|TERM|CHLD|CONT|STOP|TSTP|TTIN|TTOU|URG|WINCH|IO|POLL|PWR|SYS))$/i;

const pkill: Judge = ({ args }, on) => {
  const read = readOptions(
    args.filter(({ text }) => !signalWord.test(text)),
    pkillOptions,
  );
  if (read.unknown.length > 0) return "unknown.option";
  if (read.has("inverse")) return "system.kill";
  if (read.operands.length > 0) return strictest(read.operands.map((pattern) => nameKind(pattern, on)));
  // Children of one process, or the one in a file.
  return read.has("parent", "pidfile") && !read.has("euid", "uid", "group", "session", "terminal")
    ? null
    : "system.kill";
};

const killallOptions = grammar(
  "e,exact I,ignore-case g,process-group i,interactive l,list q,quiet r,regexp s,signal= u,user= v,verbose V,version w,wait n,ns= Z,context= o,older-than= y,younger-than= m d c= t= z",
);

const killall: Judge = ({ args }, on) => {
  const read = readOptions(
    args.filter(({ text }) => !signalWord.test(text)),
    killallOptions,
  );
  if (read.has("list", "version")) return null;
  if (read.unknown.length > 0) return "unknown.option";
  const named = [...read.operands, ...read.values("c")];
  return named.length === 0 ? "system.kill" : strictest([...named.map((name) => nameKind(name, on)), everyoneOf(read)]);
};

const everyoneOf = (read: Options): EffectKind | null => (read.has("user", "t") ? "system.kill" : null);

function strictest(kinds: readonly (EffectKind | null)[]): EffectKind | null {
  const order: readonly (EffectKind | null)[] = ["self-protect.tamper", "system.kill", "system.service"];
  return order.find((kind) => kinds.includes(kind)) ?? kinds.find((kind) => kind !== null) ?? null;
}

/** `fuser -k 3000/tcp`: whoever holds a port of this machine; a path may be held by everyone. */
const fuser: Judge = ({ args }) => {
  if (!args.some(({ text }) => /^-[a-zA-Z]*k|^--kill|^\0/.test(text))) return null;
  const targets = args.filter(({ text }) => !text.startsWith("-"));
  return targets.length > 0 && targets.every((arg) => /^\d+(?:\/(?:tcp|udp))?$|^(?:tcp|udp)$/.test(known(arg) ?? ""))
    ? null
    : "system.kill";
};

const judges: Readonly<Record<string, Judge>> = {
  kill,
  pkill,
  killall,
  fuser,
  killall5: () => "system.kill",
  skill: ({ args }) => (args.every(({ text }) => /^(?:-l|-L)$/.test(text)) ? null : "system.kill"),
  snice: () => "system.service",
  slay: () => "system.kill",
  xkill: () => "system.service",
  renice: ({ args }) => (args.some(({ text }) => /^(?:-[ug]|--user|--pgrp)/.test(text)) ? "system.service" : null),
  fkill: ({ args }) => (args.some((arg) => /^:?\d+$/.test(known(arg) ?? "")) ? null : "system.service"),
  "kill-port": () => null,
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "ends processes",
  judge: (call, on): Outcome => {
    const kind = asksForHelp(call.args) ? null : (judges[call.name]?.(call, on) ?? null);
    return kind === null ? on.fine() : on.effect(kind, `run \`${callShown(call)}\``);
  },
  matches: [
    { line: "kill -9 -1", decision: "deny", effect: "system.kill" },
    { line: "kill -s KILL -- -1", decision: "deny", effect: "system.kill" },
    { line: "kill -TERM 1", decision: "deny", effect: "system.kill" },
    { line: "kill -9 $(ps aux | awk '{print $2}')", decision: "ask", effect: "system.service" },
    { line: "pkill -9 -u dev", decision: "deny", effect: "system.kill" },
    { line: "pkill -f .", decision: "deny", effect: "system.kill" },
    { line: "killall -u dev", decision: "deny", effect: "system.kill" },
    { line: "killall node", decision: "ask", effect: "system.service" },
    { line: "pkill -f ces", decision: "deny", effect: "self-protect.tamper" },
    { line: "killall5", decision: "deny", effect: "system.kill" },
  ],
  spares: [
    "kill 48213",
    "kill -9 48213 48214",
    "kill -0 $PID",
    "kill %1",
    "kill $!",
    "kill $(cat dist/server.pid)",
    "pkill -f vite",
    "pkill -f 'next dev'",
    "killall webpack-dev-server",
    "fuser -k 3000/tcp",
  ],
};
