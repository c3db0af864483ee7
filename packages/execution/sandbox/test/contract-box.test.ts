// What a box of a command contract needs besides: places at their own paths, programs by name, a first process that leaves no
// shell behind, pipes between boxes, sealed files, a network of one door, limits over the whole box.
import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, openSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { handOver, openResourceGroup, processTree, readSystem, startBox, startNetRoom } from "../src/index.ts";
import type { BoxPlan } from "../src/index.ts";
import { finish, readAll, runBox, scratchFolder, scratchPlan, scratchTree } from "./scratch-box.ts";

const PROGRAMS = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"];

// Node has no pipe(2): a fifo is one, opened for both first so that neither end waits for the other.
function kernelPipe(): { readonly read: number; readonly write: number } {
  const path = join(scratchFolder(), "pipe");
  spawnSync("mkfifo", [path]);
  const both = openSync(path, "r+");
  const ends = { read: openSync(path, "r"), write: openSync(path, "w") };
  closeSync(both);
  return ends;
}

// A plan in which only `names` can be started, and `argv` is.
function bare(argv: readonly [string, ...string[]], names: readonly string[], change: Partial<BoxPlan> = {}): BoxPlan {
  return scratchPlan("", {
    command: argv,
    system: { ...readSystem(), covers: PROGRAMS },
    tools: names.map((name) => ({ source: `/usr/bin/${name}`, inside: `/usr/bin/${name}` })),
    home: { kind: "none" },
    envStart: "bare",
    env: { PATH: "/usr/bin" },
    startShell: "descriptor",
    goOn: "channel",
    cwd: "/",
    ...change,
  });
}

describe.skipIf(bwrapOrSkip())("a box that shows what it was asked for", () => {
  test("places stand at their own paths, parents first, written only where told", async () => {
    const tree = scratchTree({ "in.txt": "read me", "out/": "" });
    const plan = bare(["/usr/bin/cp", "in.txt", "out/copy.txt"], ["cp"], {
      cwd: tree,
      places: [
        { source: join(tree, "out"), inside: join(tree, "out"), kind: "dir", access: "write" },
        { source: tree, inside: tree, kind: "dir", access: "read" },
      ],
    });
    handOver(tree, plan.user);
    expect(await runBox(plan)).toMatchObject({ end: { kind: "exited", code: 0 }, err: "" });
    const refused = await runBox(
      bare(["/usr/bin/cp", "in.txt", "other.txt"], ["cp"], { cwd: tree, places: plan.places ?? [] }),
    );
    expect(refused.err).toContain("Read-only file system");
  });

  test("no shell can be started, by name or through the first process", async () => {
    const run = await runBox(
      bare(["/usr/bin/find", "/usr/bin", "/bin/sh", "-exec", "sh", "-c", "echo PWNED", ";"], ["find"]),
    );
    expect([run.out, run.err]).toEqual(["", expect.stringContaining("'sh': No such file or directory")]);
    const twice = await runBox(
      bare(["/usr/bin/find", "/proc", "-maxdepth", "2", "-name", "exe", "-printf", "%p %l\n"], ["find"]),
    );
    expect(twice.out).not.toMatch(/sh$/m);
  });

  test("the command sees only its own variables", async () => {
    const run = await runBox(bare(["/usr/bin/env"], ["env"], { env: { ONLY: "this" } }));
    expect(
      run.out
        .split("\n")
        .filter((line) => !line.startsWith("PWD="))
        .join("\n"),
    ).toBe("ONLY=this\n");
  });

  test("standard input is nothing unless another box feeds it", async () => {
    expect(await runBox(bare(["/usr/bin/cat"], ["cat"]))).toMatchObject({ end: { kind: "exited", code: 0 }, out: "" });
    const { read, write } = kernelPipe();
    const first = await startBox(bare(["/usr/bin/printf", "hello world"], ["printf"]), { stdout: write });
    const second = await startBox(bare(["/usr/bin/tr", "a-z", "A-Z"], ["tr"]), { stdin: read });
    for (const end of [read, write]) closeSync(end);
    const out = readAll(second.stdout);
    for (const box of [second, first]) box.go();
    expect([await first.exited, await second.exited, await out]).toEqual([
      { kind: "exited", code: 0 },
      { kind: "exited", code: 0 },
      "HELLO WORLD",
    ]);
  });

  test("a reader that leaves ends the writer by SIGPIPE", async () => {
    const { read, write } = kernelPipe();
    const first = await startBox(bare(["/usr/bin/yes"], ["yes"]), { stdout: write });
    const second = await startBox(bare(["/usr/bin/head", "-n", "1"], ["head"]), { stdin: read });
    for (const end of [read, write]) closeSync(end);
    const out = readAll(second.stdout);
    for (const box of [first, second]) box.go();
    expect([await first.exited, await second.exited, await out]).toEqual([
      { kind: "exited", code: 141 },
      { kind: "exited", code: 0 },
      "y\n",
    ]);
  });

  test("a sealed file is in the box's memory, and nowhere in environment or arguments", async () => {
    const bytes = new TextEncoder().encode("s3cr3t-value");
    const plan = bare(["/usr/bin/find", "/run/secrets", "-type", "f", "-printf", "%p %m %s\n"], ["find"], {
      sealed: [{ inside: "/run/secrets/TOKEN", bytes }],
    });
    expect((await runBox(plan)).out).toBe("/run/secrets/TOKEN 400 12\n");
    const read = await runBox(bare(["/usr/bin/cat", "/run/secrets/TOKEN"], ["cat"], { sealed: plan.sealed ?? [] }));
    expect(read.out).toBe("s3cr3t-value");
    const leaked = await runBox(
      bare(["/usr/bin/cat", "/proc/1/environ", "/proc/1/cmdline", "/proc/self/environ"], ["cat"], {
        sealed: plan.sealed ?? [],
      }),
    );
    expect(leaked).toMatchObject({ end: { code: 0 }, out: expect.not.stringContaining("s3cr3t") });
  });

  test("a link as a place is refused", async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "real"));
    symlinkSync(join(folder, "real"), join(folder, "link"));
    const place = { source: join(folder, "link"), inside: join(folder, "link"), kind: "dir", access: "write" } as const;
    await expect(startBox(bare(["/usr/bin/true"], ["true"], { places: [place] }))).rejects.toMatchObject({
      code: "BIND_ESCAPES",
    });
  });

  test("limits of memory and time of one process are read back", async () => {
    const plan = bare(["/usr/bin/true"], ["true"]);
    const box = await startBox({ ...plan, limits: { ...plan.limits, data_bytes: 64 << 20, cpu_seconds: 7 } });
    expect(box.limits.filter(({ name }) => name === "data_bytes" || name === "cpu_seconds")).toEqual([
      { name: "data_bytes", asked: `${64 << 20}`, bound: true, held_by: "kernel" },
      { name: "cpu_seconds", asked: "7", bound: true, held_by: "kernel" },
    ]);
    await box.kill();
  });

  test("a net room has one door, and what joins it sees neither its files nor its processes", async () => {
    const plan = scratchPlan("");
    const server = createServer((client) => client.end("from the host\n"));
    await new Promise<void>((resolve) => void server.listen(join(plan.root, "gate/door.sock"), resolve));
    chmodSync(join(plan.root, "gate/door.sock"), 0o666);
    const { command: _command, ...rest } = plan;
    const room = await startNetRoom({
      ...rest,
      gates: [{ source: join(plan.root, "gate"), inside: "/run/gate" }],
      bridge: {
        node: process.execPath,
        script: join(import.meta.dirname, "../src/bridge.entry.ts"),
        forwards: [{ listen: "127.0.0.1:8799", socket: "/run/gate/door.sock" }],
      },
    });
    const script = `use IO::Socket::INET; my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:8799"); print $s ? <$s> : "closed\\n"; opendir(my $d, "/proc"); print join(" ", grep { /^\\d+$/ } readdir $d), "\\n"; print -e "/run/gate" ? "gate\\n" : "", -e "/opt/ces" ? "node\\n" : ""`;
    const inside = { network: { kind: "room", pid: room.pid } } as const;
    const joining = bare(["/usr/bin/perl", "-e", script], ["perl"], inside);
    handOver(joining.root, plan.user);
    expect(await runBox({ ...joining, user: plan.user })).toEqual({
      end: { kind: "exited", code: 0 },
      out: "from the host\n1 2\n",
      err: "",
    });
    await room.close();
    expect((await runBox(bare(["/usr/bin/perl", "-e", script], ["perl"]))).out).toBe("closed\n1 2\n");
    server.close();
  });
});

describe.skipIf(bwrapOrSkip())("a group of the kernel", () => {
  test("memory of all processes together is held where a group can be made, and said where not", async () => {
    const plan = bare(
      [
        "/usr/bin/perl",
        "-e",
        'my @c; for (1..3) { my $p = fork; if (!$p) { my $x = "y" x 100_000_000; sleep 5; exit } push @c, $p } my $n = 0; for (@c) { waitpid($_, 0); $n++ if $? } print "$n ended\\n"',
      ],
      ["perl"],
    );
    const group = openResourceGroup(plan.run, { memory_bytes: 150 << 20, processes: 64 });
    if (group.held.length === 0) {
      process.stderr.write("\nSKIPPED: this machine lets us make no control group\n");
      return;
    }
    const box = await startBox(plan);
    for (const pid of processTree(box.handle.pid)) group.join(pid);
    const run = await finish(box);
    await group.close();
    expect(group.held).toContain("memory_bytes");
    expect(run.out).not.toBe("0 ended\n");
  });
});
