// Every command that hides in a line by the shell's own means is found, for rules that deny.
import { describe, expect, test } from "vitest";
import { commandsIn } from "../src/action/commands-in.ts";

const names = (line: string) => commandsIn(line)?.map(([name]) => name);

describe("commands in a line", () => {
  test.each([
    "find . -exec rm {} +",
    "find . -execdir rm {} \\;",
    "sudo -u root rm x",
    "sudo --user root rm x",
    "su root -c 'rm x'",
    "su -c 'rm x'",
    "runuser -u a rm x",
    "exec -a ls rm x",
    "chroot / rm x",
    "flock f rm x",
    "script -c 'rm x'",
    "strace -o f rm x",
    "unshare -r rm x",
    "nsenter -t 1 rm x",
    "systemd-run rm x",
    "parallel rm ::: x",
    "trap 'rm x' EXIT",
    "xargs -I {} rm {}",
    "env -S 'rm x'",
    ">f rm x",
    "2>&1 rm x",
    "<f rm x",
    "{rm,x}",
    "function f { rm x; }",
    "bash -o pipefail -c 'rm x'",
  ])("%s runs rm", (line) => expect(names(line)).toContain("rm"));

  test.each(["$'\\x72m' x", "echo $'\\n'"])("%s hides what it is", (line) => expect(commandsIn(line)).toBeNull());

  test.each([
    ["sudo grep rm x", ["sudo", "grep"]],
    ["env -i git rm x", ["env", "git"]],
    ["nice -n 10 npm test", ["nice", "npm"]],
    ["git log --author rm", ["git"]],
    ["git commit -m 'rm x'", ["git"]],
    ["gcc -c rm.c", ["gcc"]],
    ["flock f git status", ["flock", "git"]],
  ])("%s does not", (line, expected) => expect(names(line)).toEqual(expected));

  test.each([
    "sudo -u ".repeat(8000),
    "find -exec ".repeat(5000),
    "a -c ".repeat(12_000),
    "; find -exec x -exec y".repeat(2900),
    "; su a -c -c -c".repeat(250),
    "su ".repeat(20_000),
    "{a,".repeat(20_000),
    "sudo --a ".repeat(7000),
    "{ ".repeat(30_000),
  ])("a long line of carriers is judged or refused in time", (line) => {
    const start = performance.now();
    commandsIn(line);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
