import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeCommand } from "../../src/index.ts";
import { exampleFacts, exampleSetting } from "../../src/prove-profile.ts";
import { quoteWord } from "../../src/rewrite.ts";

const decide = (line: string): string => judgeCommand(line, exampleSetting, exampleFacts).decision;

/** Wrappers that take words, and wrappers that take one text for a shell. */
const ofWords: readonly string[] = [
  "env A=1",
  "env -i PATH=/usr/bin",
  "nohup",
  "nice -n 5",
  "ionice -c3",
  "timeout -k 5 60",
  "setsid -w",
  "stdbuf -oL",
  "taskset -c 0",
  "chrt -b 0",
  "setarch x86_64 -R",
  "strace -f -o t.txt",
  "flock -n /tmp/l",
  "script -q /dev/null",
  "direnv exec .",
  "mise x --",
  "dotenv -e .env.test --",
  "cross-env A=1",
  "bundle exec",
  "conda run -n base",
  "xvfb-run -a",
  "busybox env",
  "command",
  "exec",
  "retry -t 3 --",
  "find . -maxdepth 0 -exec",
];
const ofText: readonly ((text: string) => string)[] = [
  (text) => `sh -c ${quoteWord(text)}`,
  (text) => `bash -euo pipefail -c ${quoteWord(text)}`,
  (text) => `eval ${quoteWord(text)}`,
  (text) => `env -S ${quoteWord(`sh -c ${quoteWord(text)}`)}`,
  (text) => `flock /tmp/l -c ${quoteWord(text)}`,
  (text) => `script -qec ${quoteWord(text)} /dev/null`,
  (text) => `watch -n 5 ${quoteWord(text)}`,
  (text) => `hyperfine --prepare ${quoteWord(text)} true`,
  (text) => `parallel ::: ${quoteWord(text)}`,
  (text) => `concurrently true ${quoteWord(text)}`,
  (text) => `nodemon -x ${quoteWord(text)}`,
  (text) => `ls | entr -s ${quoteWord(text)}`,
  (text) => `nix-shell --run ${quoteWord(text)}`,
  (text) => `tmux new -d ${quoteWord(text)}`,
  (text) => `ssh localhost ${quoteWord(text)}`,
  (text) => `find . -exec sh -c ${quoteWord(text)} \\;`,
  (text) => `printf '%s' ${quoteWord(text)} | sh`,
  (text) => `printf '%s' ${quoteWord(text)} | at now`,
  (text) => `python3 -c ${quoteWord(`import os; os.system(${JSON.stringify(text)})`)}`,
  (text) => `node -e ${quoteWord(`require("child_process").execSync(${JSON.stringify(text)})`)}`,
];

const denied = [
  "sudo id",
  "mkfs.ext4 /dev/sdb1",
  "rm -rf /",
  "dd if=/dev/zero of=/dev/sda",
  "chmod 4755 ./x",
  "su -c id",
];
const allowed = ["true", "ls -la", "echo ok", "grep -rn todo src", "git status", "npm test"];

const stack = fc.array(fc.oneof(fc.constantFrom(...ofWords), fc.constantFrom(...ofText)), {
  minLength: 1,
  maxLength: 4,
});

// A text of a shell goes under words as `sh -c`.
function wrapped(line: string, layers: readonly (string | ((text: string) => string))[]): string {
  return layers.reduce<string>((inner, layer) => {
    if (typeof layer === "function") return layer(inner);
    const words = /[|'";]|^(?:eval|exec|command)\b/.test(inner) ? `sh -c ${quoteWord(inner)}` : inner;
    return layer.endsWith("-exec") ? `${layer} ${words} \\;` : `${layer} ${words}`;
  }, line);
}

describe("a stack of wrappers", () => {
  test("lowers no denied command", () => {
    fc.assert(
      fc.property(fc.constantFrom(...denied), stack, (line, layers) => {
        expect(["deny", "ask"]).toContain(decide(wrapped(line, layers)));
      }),
      { numRuns: 400 },
    );
  });

  test("of words alone leaves a harmless command harmless", () => {
    const honest = fc.array(fc.constantFrom(...ofWords), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...allowed), honest, (line, layers) => {
        expect(decide(wrapped(line, layers))).toBe("allow");
      }),
      { numRuns: 300 },
    );
  });

  test("deeper than anyone needs is refused", () => {
    const deep = Array.from({ length: 40 }, () => "nice").join(" ");
    expect(decide(`${deep} true`)).toBe("deny");
  });
});
