import { describe, expect, test } from "vitest";
import { judgeCommand } from "../../src/index.ts";
import { exampleFacts, exampleSetting } from "../../src/prove-profile.ts";

const rewritten = (line: string): string | null => {
  const { decision, rewrite } = judgeCommand(line, exampleSetting, exampleFacts);
  return decision === "rewrite" ? (rewrite?.text ?? null) : null;
};

describe("a delete inside a wrapper goes to the trash in its own place", () => {
  test.each([
    ["find . -name '*.pyc' -delete", "find . -name '*.pyc' -depth -exec ces trash put --as find -- {} +"],
    [
      "find . -name '*.pyc' -type f -delete -print",
      "find . -name '*.pyc' -type f -depth -exec ces trash put --as find -- {} + -print",
    ],
    ["find . -name x -exec rm -rf {} +", "find . -name x -exec ces trash put -rf {} +"],
    ["busybox rm -rf dist", "ces trash put -rf dist"],
    ["/bin/busybox rm -f notes.md", "ces trash put -f notes.md"],
    ["coreutils --coreutils-prog=rm -rf dist", "ces trash put -rf dist"],
    ["env A=1 rm -rf dist", "env A=1 ces trash put -rf dist"],
    ["timeout 5 bash -c 'rm -rf dist && ls'", "timeout 5 bash -c 'ces trash put -rf dist && ls'"],
    ["ls *.bak | xargs rm -f", "ls *.bak | xargs ces trash put -f"],
    ["ls | xargs -I{} rm {}", "ls | xargs -I{} ces trash put {}"],
    ["fd -e pyc -X rm {}", "fd -e pyc -X ces trash put {}"],
    ["parallel rm ::: a b", "parallel ces trash put ::: a b"],
    ["watch -n 5 rm -rf dist", "watch -n 5 ces trash put -rf dist"],
    ["concurrently 'rm -rf dist' 'npm test'", "concurrently 'ces trash put -rf dist' 'npm test'"],
    [
      "hyperfine --prepare 'rm -rf dist' 'npm run build'",
      "hyperfine --prepare 'ces trash put -rf dist' 'npm run build'",
    ],
  ])("%s", (line, expected) => {
    expect(rewritten(line)).toBe(expected);
  });
});

describe("a delete that no edit can reach does not run", () => {
  test.each([
    "ls | xargs -I{} sh -c 'rm {}'",
    "at now <<< 'rm -rf dist'",
    "tmux send-keys -t x 'rm -rf dist' Enter",
    "printf 'rm -rf dist' | nohup sh",
    "make --eval='x:;rm -rf dist' x",
  ])("%s", (line) => {
    expect(judgeCommand(line, exampleSetting, exampleFacts).decision).toBe("deny");
  });
});
