// Shells: what they are given as a text, a file or on standard input is read like the line itself.
import { type Arg, known, literal } from "../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";

export const profile: Profile = {
  names: [
    "sh",
    "bash",
    "dash",
    "ash",
    "ksh",
    "ksh93",
    "mksh",
    "pdksh",
    "zsh",
    "rbash",
    "yash",
    "posh",
    "fish",
    "csh",
    "tcsh",
    "pwsh",
    "powershell",
    "powershell.exe",
    "nu",
    "xonsh",
    "elvish",
  ],
  summary: "runs shell programs",
  judge: (call, on) => {
    const { text, file, args, noexec, inject } = readShell(call.args);
    const outcomes: Outcome[] = inject.map((word) =>
      on.effect("code-injection.environment", `start a shell with \`${word}\``),
    );
    if (noexec) return on.join(...outcomes, on.fine());
    if (text === undefined && file !== undefined && /^(?:pwsh|powershell)/.test(call.name))
      outcomes.push(on.effect("unknown.shell", `run \`${file.text}\` by \`${call.name}\``));
    outcomes.push(run(call, on, { text, file, args }));
    return on.join(...outcomes);
  },
  matches: [
    { line: "sh -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "bash -euo pipefail -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: 'bash -c "$SCRIPT"', decision: "deny", effect: "code-injection.dynamic" },
    { line: "echo 'sudo id' | sh", decision: "deny", effect: "privilege.elevate" },
    { line: "bash <<'EOF'\nsudo id\nEOF", decision: "deny", effect: "privilege.elevate" },
    { line: "bash scripts/evil.sh", decision: "deny", effect: "privilege.elevate" },
    { line: "bash -c 'rm -rf dist'", decision: "rewrite", effect: "delete.trash" },
    { line: "powershell Remove-Item -Recurse -Force dist", decision: "ask", effect: "unknown.shell" },
    { line: "fish -c 'ls'", decision: "ask", effect: "unknown.shell" },
  ],
  spares: ["bash -n scripts/build.sh", "bash --version", "bash -c 'cd src && echo ok'", "sh scripts/build.sh"],
};

interface Read {
  readonly text: Arg | undefined;
  readonly file: Arg | undefined;
  readonly args: readonly Arg[];
  readonly noexec: boolean;
  readonly inject: readonly string[];
}

/** Options of a shell: `-c TEXT`, `-o NAME`, `-s`, clusters; the first word that is none is the script. */
function readShell(args: readonly Arg[]): Read {
  const inject: string[] = [];
  let noexec = false;
  let wantsText = false;
  let stdin = false;
  let at = 0;
  for (; at < args.length; at += 1) {
    const word = args[at]?.text ?? "";
    if (word === "--" || word === "-") {
      at += 1;
      break;
    }
    if (/^(?:--?(?:c|Command|command|EncodedCommand|ec?|File))$/i.test(word) && word.length > 2) {
      wantsText = true;
      if (/^--?e/i.test(word)) inject.push(word);
      continue;
    }
    if (word.startsWith("--")) {
      if (/^--(?:rcfile|init-file)/.test(word)) inject.push(word);
      if (/^--(?:rcfile|init-file|emacs)$/.test(word)) at += 1;
      noexec ||= word === "--version" || word === "--help" || word === "--noexec";
      continue;
    }
    if (!/^[-+]/.test(word)) break;
    if (/^[-+][a-zA-Z]*[oO]$/.test(word)) {
      noexec ||= word.startsWith("-") && args[at + 1]?.text === "noexec";
      at += 1;
    }
    if (word.startsWith("-")) {
      wantsText ||= word.slice(1).includes("c");
      stdin ||= word.slice(1).includes("s");
      noexec ||= /^-[a-zA-Z]*n/.test(word);
    }
  }
  const rest = args.slice(at);
  if (wantsText) return { text: rest[0], file: undefined, args: rest.slice(1), noexec, inject };
  return stdin
    ? { text: undefined, file: undefined, args: rest, noexec, inject }
    : { text: undefined, file: rest[0], args: rest.slice(1), noexec, inject };
}

function run(call: Call, on: Evaluation, { text, file, args }: Pick<Read, "text" | "file" | "args">): Outcome {
  const zero = literal(call.name);
  if (text !== undefined)
    return on.script(text, { shell: call.name, args: args.length === 0 ? [zero] : args, stdin: call.stdin });
  if (file !== undefined && !/^\/dev\/(?:stdin|fd\/0)$/.test(known(file) ?? ""))
    return on.programFile(file, "shell", args);
  if (
    call.stdin.from === "none" &&
    call.args.length > 0 &&
    args.length === 0 &&
    file === undefined &&
    call.args.some(({ text: word }) => word === "--login" || word === "-l" || word === "-i")
  )
    return on.effect("unknown.script", `start an interactive \`${call.name}\``);
  return on.scriptFrom(call.stdin, { shell: call.name, args: [zero, ...args] });
}
