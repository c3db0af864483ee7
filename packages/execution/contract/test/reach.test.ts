// What an argv is and starts: interpreters by family, code in arguments, programs behind programs, denied prefixes in other spellings.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hardenedRefusal, inlineCode, reachedInterpreter } from "../src/index.ts";
import { hasDeniedPrefix } from "../src/reach/denied-prefix.ts";
import { referenceBlocks } from "../src/reference.ts";

const words = (line: string): readonly string[] => line.split(" ").map((word) => word.replaceAll("_", " "));

describe("code in the arguments", () => {
  test.each([
    ...[
      "bash -lc x",
      "sh -c x",
      "/bin/BASH -c x",
      "dash -ec x",
      "bash -o errexit -c x",
      "bash -eo pipefail -c x",
      "bash +x -c y",
      "zsh -fc x",
    ],
    ...["fish -c x", "fish --command=x", "tcsh -c x", "nu -c x", "pwsh -Command x", "pwsh -enc x", "cmd.exe /c x"],
    ...["python3 -c x", "python3 -Ic x", "python3 -cx", "python3 -u -c x", "python3.12 -W ignore -c x", "pypy3 -c x"],
    ...[
      "node -e x",
      "node --eval=x",
      "node --ev x",
      "node -pe x",
      "node -p x",
      "nodejs -r m -e x",
      "bun -e x",
      "deno eval x",
    ],
    ...[
      "perl -e x",
      "perl -lane x",
      "perl -Mstrict -e x",
      "ruby -rjson -e x",
      "php -r x",
      "php -d a=b -r x",
      "lua -e x",
      "R -e x",
      "julia -e x",
    ],
    ...[
      "timeout 5 bash -c x",
      "timeout -s KILL 5 sh -c x",
      "env A=b sh -c x",
      "env -S sh_-c_x",
      "env -Ssh",
      "nice -n 5 nice sh -c x",
      "xargs -n 1 sh -c x",
    ],
    ...[
      "find . -exec sh -c x ;",
      "find . -execdir bash -c x +",
      "busybox sh -c x",
      "flock /l -c x",
      "script -c x out",
      "su root -c x",
      "npx -c x",
    ],
    ...[
      "/lib64/ld-linux-x86-64.so.2 /bin/sh -c x",
      "setpriv --no-new-privs sh -c x",
      "strace -f -o f sh -c x",
      "unshare -p sh -c x",
    ],
    // Values that never are the next word, and a shell's that always are.
    ...["perl -i -e x", "perl -i.bak -pe x", "perl -C -ne x", "perl -F -e x", "perl -lne x", "perl -0777 -ne x"],
    ...["perl -de 0", "perl -I lib -e x", "ruby -i -e x", "ruby -Kue x", "bash -oc posix x", "sh -oec posix x"],
  ])("%s", (line) => expect(inlineCode(words(line))).not.toBeNull());

  test.each([
    ...[
      "git status",
      "python3 x.py",
      "python3 x.py -c",
      "python3 -W c x.py",
      "python3 -Wc x.py",
      "python3 -m http.server",
      "python3 -m x -c",
      "python3 -Imx -c",
      "perl -d:Trace x.pl",
      "perl -Mstrict x.pl -e",
      "bash -o posix x.sh -c",
      "python3",
    ],
    ...[
      "node x.js -e",
      "node --require ./m x.js",
      "node --env-file e x.js -p",
      "perl x.pl -e",
      "ruby x.rb -e x",
      "bash x.sh -c y",
      "bash",
    ],
    ...[
      "timeout 5 git status",
      "find . -name bash",
      "grep -c bash f",
      "env A=b git status",
      "cat -e x",
      "deno run x.ts eval",
      "sed -e x f",
    ],
  ])("none: %s", (line) => expect(inlineCode(words(line))).toBeNull());
});

describe("shells and interpreters", () => {
  test.each([
    ["/usr/bin/bash", "bash"],
    ["rbash x", "rbash"],
    ["ash", "ash"],
    ["nodejs x", "nodejs"],
    ["perl5.36 x", "perl5.36"],
    ["tclsh", "tclsh"],
    ["bash/ x", "bash"],
    ["nice bash", "bash"],
    ["setsid -w bash", "bash"],
    ["unshare -p bash", "bash"],
    ["find . -exec sh ;", "sh"],
    ["/lib64/ld-linux-x86-64.so.2 /bin/bash", "bash"],
    ["git status", null],
    ["grep bash f", null],
    ["make", null],
    ["awk p", null],
  ])("%s is or starts %s", (line, name) => expect(reachedInterpreter(words(line))).toBe(name));

  test("hardened mode refuses no less than the reference's list, wherever it stands", () => {
    const names =
      "sh bash fish perl ruby node php env busybox xargs nohup strace sudo su doas chroot unshare nsenter firejail python3.9 PyPy".split(
        " ",
      );
    for (const name of names) {
      expect(referenceBlocks([name])).toBeDefined();
      expect(hardenedRefusal([name])).not.toBeNull();
      expect(hardenedRefusal(["timeout", "5", `/usr/bin/${name}`, "x"])).not.toBeNull();
    }
    expect(hardenedRefusal(["git", "status"])).toBeNull();
  });

  test("a wrapper never hides a shell, whatever options stand between", () => {
    const option = fc.constantFrom(["-x"], ["--long"], ["--long=1"], ["-n", "5"], ["-x", "5"], ["--long", "v"]);
    const wrapper = fc.constantFrom(
      "env",
      "nice",
      "timeout",
      "setsid",
      "unshare",
      "strace",
      "xargs",
      "sudo",
      "ionice",
      "stdbuf",
      "prlimit",
    );
    fc.assert(
      fc.property(
        wrapper,
        fc.array(option, { maxLength: 4 }),
        fc.constantFrom("bash", "/bin/sh", "python3"),
        (name, options, shell) => {
          expect(reachedInterpreter([name, ...options.flat(), shell, "x"])).not.toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("denied prefixes", () => {
  test.each([
    ["python3 -Ic x", "python3 -c"],
    ["python3 -cx", "python3 -c"],
    ["python3 -u -c x", "python3 -c"],
    ["bash -l -c x", "bash -lc"],
    ["node --eval=x", "node -e"],
    ["node -p x", "node -e"],
    ["perl -E x", "perl -e"],
    ["python3 -mpip install", "python3 -m pip"],
    ["python3 -B -m pip", "python3 -m pip"],
    ["git push --force", "git push --force"],
    ["git push origin --force", "git push --force"],
    ["git -C dir push --force", "git push --force"],
    ["git --no-pager push --force", "git push --force"],
    ["git push --forc", "git push --force"],
    ["rm -fr x", "rm -rf"],
    ["rm -r -f x", "rm -rf"],
    ["tar -xf a", "tar -x"],
    ["pip --quiet install x", "pip install"],
    ["git", "git"],
  ])("%s is denied by %s", (line, prefix) => expect(hasDeniedPrefix(words(line), words(prefix))).toBe(true));

  test.each([
    ["python3 x.py -c", "python3 -c"],
    ["python3 -Wc x.py", "python3 -c"],
    ["python3 -m x -c", "python3 -c"],
    ["python3 -m pytest", "python3 -m pip"],
    ["python3 -W ignore x.py", "python3 -W error"],
    ["git push", "git push --force"],
    ["git push --force-with-lease", "git push --force"],
    ["git status --force", "git push --force"],
    ["git push -- --force", "git push --force"],
    ["bash -c x", "bash -lc"],
    ["gitpush", "git"],
    ["cat push", "git push"],
  ])("%s is not denied by %s", (line, prefix) => expect(hasDeniedPrefix(words(line), words(prefix))).toBe(false));

  test("an argv that starts with the prefix is always denied", () => {
    const argv = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(argv, fc.nat(4), (line, cut) => {
        expect(hasDeniedPrefix(line, line.slice(0, (cut % line.length) + 1))).toBe(true);
      }),
    );
  });
});
