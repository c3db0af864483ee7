// Collects findings without repeats and without end: a program that does a thousand things is summed up, never milder.
import type { CodeFinding, CodeReading } from "./finding.ts";

/** Takes findings one by one. */
export interface Gathering {
  readonly report: (finding: CodeFinding) => void;
  readonly reading: () => CodeReading;
}

type Kind = CodeFinding["kind"];

// INVARIANT: the shares sum to 64.
const shares: Readonly<Record<Kind, number>> = {
  spawn: 10,
  shell: 8,
  "spawn-unknown": 3,
  delete: 6,
  write: 8,
  read: 8,
  metadata: 3,
  network: 3,
  dynamic: 3,
  load: 6,
  environment: 2,
  unknown: 4,
};

const most = 64;
const many = "more than can be named";

// What stands for the rest of a kind once its share is used up, in the last place of that share.
function rest(finding: CodeFinding): CodeFinding {
  switch (finding.kind) {
    case "spawn":
    case "shell":
      return { kind: "spawn-unknown", what: many };
    case "delete":
    case "read":
    case "metadata":
      return { kind: finding.kind, path: null, what: many };
    case "write":
      return { kind: "write", path: null, mode: "overwrite", what: many };
    case "load":
      return { kind: "unknown", what: many };
    default:
      return finding;
  }
}

/** An empty collection. `isDecoder` tells at the end whether the program decodes anything: then its dynamic code is decoded code. */
export function gather(isDecoder: () => boolean): Gathering {
  const kept = new Map<string, CodeFinding>();
  const counts = new Map<Kind, number>();
  const keep = (finding: CodeFinding): void => {
    const id = JSON.stringify(finding);
    if (kept.has(id)) return;
    const count = (counts.get(finding.kind) ?? 0) + 1;
    if (count > shares[finding.kind]) return;
    counts.set(finding.kind, count);
    kept.set(id, finding);
  };
  const report = (finding: CodeFinding): void => {
    const left = shares[finding.kind] - (counts.get(finding.kind) ?? 0);
    keep(left > 1 || kept.has(JSON.stringify(finding)) ? finding : rest(finding));
  };
  return { report, reading: () => readingOf([...kept.values()], isDecoder()) };
}

const remoteShell: CodeFinding = { kind: "dynamic", what: "a shell that a network feeds", decoded: false };
const shells =
  /^(?:\S*\/)?(?:(?:ba|z|da|k|a|fi|tc|c|mk)?sh|busybox|cmd(?:\.exe)?|pwsh|powershell(?:\.exe)?|python[\d.]*|perl|ruby|node|socat|nc|ncat)$/;

// A shell without a program of its own: what it carries out comes from elsewhere.
function isBareShell(finding: CodeFinding): boolean {
  const words =
    finding.kind === "spawn" ? finding.argv : finding.kind === "shell" ? finding.text.trim().split(/\s+/) : [];
  const [program = "", ...rest] = words;
  return shells.test(program) && rest.every((word) => /^(?:-(?!c$|e$|lc$)|[<>&|\d]|sh$|exec$)/.test(word));
}

function readingOf(found: readonly CodeFinding[], decodes: boolean): CodeReading {
  const fed = found.some(({ kind }) => kind === "network") && found.some(isBareShell);
  const findings = [...found, ...(fed ? [remoteShell] : [])]
    .slice(-most)
    .map((finding) => (finding.kind === "dynamic" && decodes ? { ...finding, decoded: true } : finding));
  return { pure: findings.every(({ kind }) => kind === "read"), findings };
}

/** The reading of a text that is not a program as far as can be told. */
export const unreadable = (why: string): CodeReading => ({
  pure: false,
  findings: [{ kind: "dynamic", what: `cannot be read: ${why}`, decoded: false }],
});
