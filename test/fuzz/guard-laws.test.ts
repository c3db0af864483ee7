// Laws of the guard (issue 3 §5.2): wrapping never frees what is stopped, quoting never changes a verdict, adding a part never lowers it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decision, judgeCommand } from "@ces/guard";
import { nodeFileFacts } from "@ces/hooks";
import { machineOf } from "../vectors/guard-machine.ts";

const folder = join(import.meta.dirname, "../vectors/guard");
const { setting } = machineOf(folder);
const judge = (command: string): Decision => judgeCommand(command, setting, nodeFileFacts()).decision;
const order: readonly Decision[] = ["allow", "rewrite", "ask", "deny"];

interface Row {
  readonly command: string;
  readonly expect: string;
  readonly class: string;
}

const rows: readonly Row[] = readFileSync(join(folder, "given.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const readable = ({ command, expect: wanted }: Row): boolean =>
  wanted === "deny" && !/^(?:fi;|\} ;|\( ls$|case x in$|ls (?:&&|\| \|)|echo 'unt|if true; then rm)/.test(command);
// A nested shell has positional parameters of its own: `$*` is another thing there.
const denied = rows
  .filter(readable)
  .filter(({ command }) => !/\$[*@1-9]/.test(command))
  .filter(({ command }) => judge(command) === "deny");
/** One program with its words: an argv prefix can stand before it. */
const simple = denied.filter(({ command }) => /^[\w./-]+(?: [\w./=:@+~-]+)*$/.test(command));

/** Wrappers of §2.7 that run a whole text. */
const ofText: readonly ((text: string) => string)[] = [
  (text) => `bash -c ${quote(text)}`,
  (text) => `sh -ec ${quote(text)}`,
  (text) => `zsh -c ${quote(text)}`,
  (text) => `dash -c ${quote(text)}`,
  (text) => `eval ${quote(text)}`,
  (text) => `( ${text}\n)`,
  (text) => `{ ${text}\n}`,
  (text) => `if true; then ${text}\nfi`,
  (text) => `while true; do ${text}\nbreak; done`,
  (text) => `case x in *) ${text}\n;; esac`,
  (text) => `law_fn() { ${text}\n}; law_fn`,
  (text) => `echo "$( ${text}\n)"`,
  (text) => `cat <( ${text}\n)`,
  (text) => `bash <<'LAW_END'\n${text}\nLAW_END`,
  (text) => `bash <<< ${quote(text)}`,
  (text) => `printf '%s\\n' ${quote(text)} | bash`,
  (text) => `xargs -I{} sh -c ${quote(text)} < list.txt`,
  (text) => `find . -maxdepth 0 -exec sh -c ${quote(text)} \\;`,
  (text) => `script -qc ${quote(text)} /dev/null`,
  (text) => `flock /tmp/law.lock -c ${quote(text)}`,
  (text) => `watch -n 9 ${quote(text)}`,
  (text) => `trap ${quote(text)} EXIT`,
  (text) => `python3 -c ${quote(`import os; os.system(${JSON.stringify(text)})`)}`,
  (text) => `perl -e ${quote(`system(${JSON.stringify(text).replaceAll("$", "\\$").replaceAll("@", "\\@")})`)}`,
  (text) => `node -e ${quote(`require('child_process').execSync(${JSON.stringify(text)})`)}`,
  (text) => `npm exec -c ${quote(text)}`,
  (text) => `git rebase -x ${quote(text)} HEAD~1`,
  (text) => `nix-shell -p jq --run ${quote(text)}`,
];

/** Wrappers that take a program and its words. */
const ofWords: readonly ((text: string) => string)[] = [
  "env",
  "env -i",
  "env A=1",
  "nohup",
  "setsid",
  "nice",
  "nice -n 5",
  "ionice -c 3",
  "timeout 5",
  "timeout -s KILL 5",
  "stdbuf -oL",
  "command",
  "command -p",
  "exec",
  "builtin command",
  "time",
  "strace -f",
  "chrt -b 0",
  "taskset -c 0",
  "setarch -R",
  "unbuffer",
  "busybox env",
  "xargs",
  "uv run",
  "poetry run",
  "bundle exec",
  "direnv exec .",
  "mise exec --",
  "dotenv --",
  "npx cross-env A=1",
  "doppler run --",
  "numactl -N 0",
  "/usr/bin/env",
  "\\env",
].map((prefix) => (text: string) => `${prefix} ${text}`);

describe("wrapping", () => {
  test("a denied command in any stack of wrappers is denied or asked", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...denied),
        fc.array(fc.constantFrom(...ofText), { minLength: 1, maxLength: 4 }),
        ({ command }, stack) => {
          const text = stack.reduce((inner, wrap) => wrap(inner), command);
          expect({ text, decision: judge(text) }).toEqual({ text, decision: expect.stringMatching(/^(?:ask|deny)$/) });
        },
      ),
      { numRuns: 4000, seed: 1 },
    );
  }, 120_000);

  test("a denied program behind argv prefixes is denied or asked", () => {
    expect(simple.length).toBeGreaterThan(50);
    fc.assert(
      fc.property(
        fc.constantFrom(...simple),
        fc.array(fc.constantFrom(...ofWords), { minLength: 1, maxLength: 4 }),
        ({ command }, stack) => {
          const text = stack.reduce((inner, wrap) => wrap(inner), command);
          expect({ text, decision: judge(text) }).toEqual({ text, decision: expect.stringMatching(/^(?:ask|deny)$/) });
        },
      ),
      { numRuns: 4000, seed: 2 },
    );
  }, 120_000);
});

/** The same word spelled otherwise. */
const spell = (word: string, ways: readonly number[]): string =>
  [...word]
    .map((char, index) => {
      const way = ways[index % ways.length] ?? 0;
      if (!/[A-Za-z0-9./]/.test(char)) return char;
      if (way === 1) return `'${char}'`;
      if (way === 2) return `"${char}"`;
      if (way === 3) return `\\${char}`;
      if (way === 4) return `$'\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}'`;
      return way === 5 ? `""${char}` : char;
    })
    .join("");

describe("quoting", () => {
  test("never changes a verdict", () => {
    // A quoted keyword is no keyword.
    const plain = rows.filter(
      ({ command }) =>
        /^[A-Za-z0-9._/-]+(?: [A-Za-z0-9._/-]+)*$/.test(command) &&
        !/^(?:case|if|for|while|time|coproc|function)\b/.test(command),
    );
    expect(plain.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(
        fc.constantFrom(...plain),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 7 }),
        ({ command }, ways) => {
          const spelled = command
            .split(" ")
            .map((word) => spell(word, ways))
            .join(" ");
          expect({ spelled, decision: judge(spelled) }).toEqual({ spelled, decision: judge(command) });
        },
      ),
      { numRuns: 3000, seed: 3 },
    );
  }, 120_000);
});

describe("adding parts", () => {
  test("never lowers a verdict", () => {
    const all = rows
      .filter(({ command }) => !command.includes("<<") && judge(command) !== "deny")
      .concat(denied.filter(({ command }) => !command.includes("<<")));
    const joins = ["; ", "\n", " && ", " || ", " | cat; "];
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.constantFrom(...all),
        fc.constantFrom(...joins),
        (first, second, join_) => {
          // `exit` and `exec` end the line: what follows does not run.
          if (
            /^(?:exec|exit|return|cd|set|shift|unset|IFS|PATH|[A-Za-z_]+=)/.test(first.command) ||
            /(?:&|#.*)$/.test(first.command)
          )
            return;
          const both = judge(`${first.command}${join_}${second.command}`);
          expect({
            first: first.command,
            join_,
            second: second.command,
            enough: order.indexOf(both) >= order.indexOf(judge(first.command)),
          }).toMatchObject({ enough: true });
        },
      ),
      { numRuns: 4000, seed: 4 },
    );
  }, 120_000);
});
