// Every command that can be found in a shell line, for rules that deny: carriers such as `sudo` are taken off, and where a word may be a
// program or an option's value, it is taken for both. What hides deeper (another program's own language) is the command guard's business
// (@ces/guard).

import { lastName } from "./shell-words.ts";

const MOST_COMMANDS = 256;
const MOST_CARRIERS = 16;
const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const KEYWORDS = words("! if then elif else while until do { time coproc function");
const CARRIERS = words(
  "sudo doas su runuser env command builtin exec nohup nice ionice setsid stdbuf xargs parallel timeout chroot flock watch busybox " +
    "strace ltrace unshare nsenter systemd-run script trap sh bash dash zsh ksh ash fish eval",
);
// Before the command stands a word of their own, a folder or a file; or perhaps one, a user.
const AFTER_WORD = words("chroot flock");
const PERHAPS_AFTER_WORD = words("su runuser script");
// Letters of options whose value is the next word: `sudo -u root rm`, `exec -a ls rm`.
const WITH_VALUE: ReadonlyMap<string, string> = new Map([
  ["sudo", "ugChprtTUDR"],
  ["doas", "uC"],
  ["env", "uC"],
  ["exec", "a"],
  ["bash", "oO"],
  ["zsh", "o"],
  ["sh", "o"],
  ["nice", "n"],
  ["ionice", "cnp"],
  ["stdbuf", "ioe"],
  ["timeout", "ks"],
  ["xargs", "IinPLdEsa"],
  ["strace", "oepsuE"],
  ["nsenter", "tSG"],
  ["runuser", "ugs"],
  ["systemd-run", "puEMtH"],
]);
// After these of any program stands a command: `find . -exec rm {} +`.
const BEFORE_COMMAND = words("-exec -execdir -ok -okdir {");

/** Words of each command, the program by its last name and as it stands; null for a line that hides too much to be judged. */
export function commandsIn(line: string): readonly (readonly string[])[] | null {
  // $'\x72m' is `rm`: a text in this quote is whatever its escapes say.
  if (/\$'[^']*\\/.test(line)) return null;
  const parts = line.split(/([;&|<>()$`\n\r]+)/);
  if (parts.length > 2 * MOST_COMMANDS) return null;
  const found = new Map<string, readonly string[]>();
  for (let at = 0; at < parts.length; at += 2) {
    const begun = starts(looseWords(parts[at] ?? ""), parts[at - 1] ?? "");
    if (begun === null || !begun.every((all) => unwrap(all, found))) return null;
  }
  return found.size > MOST_COMMANDS ? null : [...found.values()];
}

// Where a command may begin: at the first word, after the target of a redirection, after a word that announces one, in braces. Null for
// more places than are looked at.
function starts(all: readonly string[], before: string): readonly (readonly string[])[] | null {
  const announcing = all.flatMap((word, at) => (at > 0 && BEFORE_COMMAND.has(word) ? [at + 1] : []));
  if (announcing.length > MOST_CARRIERS) return null;
  const redirected = /[<>]/.test(before) ? [all.slice(1)] : [];
  const braced = (all[0] ?? "").startsWith("{") ? [looseWords(all.join(" ").replaceAll(/[{},]/g, " "))] : [];
  return [all, ...redirected, ...announcing.map((at) => all.slice(at)), ...braced];
}

// Quotes and backslashes only hide; they are taken out, so that `r\m` and `'rm'` are `rm`.
function looseWords(text: string): readonly string[] {
  return text
    .replaceAll(/['"\\]/g, "")
    .split(/[ \t]+/)
    .filter((word) => word !== "");
}

// Notes a command and, for a carrier, the commands it may carry; a shell carries the text of its words. False when it never ends.
function unwrap(all: readonly string[], found: Map<string, readonly string[]>): boolean {
  const note = (command: readonly string[]): void => void found.set(command.join("\0"), command);
  let open: readonly (readonly string[])[] = [skipAssignments(all)];
  for (let level = 0; open.length > 0; level += 1) {
    if (level > MOST_CARRIERS || open.length > MOST_CARRIERS) return false;
    open = open.flatMap((rest) => carried(rest, note));
  }
  return true;
}

// Notes the command that stands here; gives what it carries.
function carried(rest: readonly string[], note: (command: readonly string[]) => void): readonly (readonly string[])[] {
  const [first] = rest;
  if (first === undefined) return [];
  const name = lastName(first);
  if (!KEYWORDS.has(name)) note([name, ...rest.slice(1)]);
  if (name !== first) note(rest);
  if (!KEYWORDS.has(name) && !CARRIERS.has(name)) return [];
  const after = skipOptions(rest.slice(1), WITH_VALUE.get(name) ?? "");
  // `su root -c rm`, `sudo --user root rm`: whether this word is the command or not is the carrier's to know, so it is taken for both.
  if (AFTER_WORD.has(name)) return [skipOptions(after.slice(1), "")];
  const isDoubtful = PERHAPS_AFTER_WORD.has(name) || /^--[^=]+$/.test(rest[rest.length - after.length - 1] ?? "");
  return isDoubtful ? [after, skipOptions(after.slice(1), "")] : [after];
}

function skipAssignments(all: readonly string[]): readonly string[] {
  return from(all, (word) => !/^\w+\+?=/.test(word));
}

// `timeout 5 rm`, `env -i A=1 rm`, `nice -n 10 rm`, `sh -c rm`.
function skipOptions(all: readonly string[], withValue: string): readonly string[] {
  return from(all, (word, before) => {
    const isValue = /^-[A-Za-z]$/.test(before) && withValue.includes(before.charAt(1));
    return !isValue && !/^(?:-|\w+\+?=|\d+(?:\.\d+)?[smhd]?$)/.test(word);
  });
}

function from(all: readonly string[], holds: (word: string, before: string) => boolean): readonly string[] {
  const first = all.findIndex((word, at) => holds(word, all[at - 1] ?? ""));
  return first < 0 ? [] : all.slice(first);
}
