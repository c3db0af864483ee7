// What is done once, when the hook's snapshot is built, so that no call has to: every profile proves its examples, and the way
// of an everyday call is walked until node has compiled it.
import { allProfiles, judgeCommand, noFacts, type Setting } from "@ces/guard";
import { answerCall, type HookPorts } from "./answer-call.ts";
import { auditLine, GENESIS } from "./audit-line.ts";
import { canaryEvent } from "./canary.ts";
import { hostNames } from "./hook-call.ts";
import { hostOf } from "./hosts.ts";
import { sha256 } from "./sha256.ts";

/** Lets every profile prove its examples; the answers stay in memory. Takes a second or two. */
export function proveGuard(): void {
  for (const { matches, spares } of allProfiles) {
    const first = matches[0]?.line ?? spares[0];
    if (first !== undefined) judgeCommand(first, setting, noFacts);
  }
}

const lines = [
  "git status && npm test",
  "git add -A && git commit -m 'a message'",
  "git diff HEAD~1 -- src | head -50",
  "ls -la src | grep 'a b' > out.txt",
  'cd "$X" && cat a.txt',
  "find . -name '*.ts' | xargs grep -n foo",
  "mkdir -p a/b && cp x a/b/ && mv a/b/x y",
  "sed -n '1,20p' a.ts; echo \"done $?\"",
  "node --test 2>&1 | tail -5",
  "python3 -c 'print(1)'",
  "rm -rf dist",
  "sudo id",
];

/** Judges, answers and formats without touching a disk. */
export function warmGuard(): void {
  for (const host of hostNames)
    for (const line of lines) answerCall({ ...known(host) }, encode(canaryEvent(host, line, "/work")), () => ports);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function known(name: (typeof hostNames)[number]) {
  const host = hostOf(name);
  if (host === undefined) throw new Error(`no host ${name}`);
  return host;
}

const setting: Setting = {
  cwd: "/work",
  home: "/home/nobody",
  user: "nobody",
  workspaces: ["/work"],
  path: ["/usr/bin", "/bin"],
  variables: new Map(),
  mode: "standard",
  own_names: ["ces"],
  trash_command: "ces trash put",
  own_places: [],
  advisories: null,
  allow_rules: [],
  governed: false,
  now: 0,
};

const ports: HookPorts<Setting> = {
  session: () => setting,
  judge: (command, given) => judgeCommand(command, given, noFacts),
  rescue: () => ({ kind: "kept" }),
  rescuesOfOriginal: () => null,
  append: (entry) => void auditLine(entry, { seq: 1, prev: GENESIS, ts: "1970-01-01T00:00:00.000Z" }, sha256),
  warning: null,
  observe: false,
  elapsed: () => 0,
};
