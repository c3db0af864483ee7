// Attacks from inside a real box: credentials, host files, kernel doors, network, other processes.
import { spawn } from "node:child_process";
import { lstatSync, readdirSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { finish, readAll, runBox, say, scratchFolder, scratchPlan, scratchTree } from "./scratch-box.ts";
import { startBox } from "../src/index.ts";

const CANARY = "canary-1f6c9b-host-secret";

describe.skipIf(bwrapOrSkip())("the walls", () => {
  test("S01: no environment and no argument list inside holds a value or a path of the host", async () => {
    const names = ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "CES_AUDIT_HMAC_SECRET", "GITHUB_TOKEN", "LD_PRELOAD_X"];
    for (const name of names) process.env[name] = CANARY;
    try {
      const plan = scratchPlan(
        "for p in /proc/[0-9]*; do tr '\\0' '\\n' <$p/environ; tr '\\0' '\\n' <$p/cmdline; done; env",
      );
      const { out } = await runBox(plan);
      expect(out).toContain("--args");
      expect(out).not.toContain(CANARY);
      expect(out).not.toContain(plan.root);
      expect(out).not.toContain(process.env["HOME"] === "/" ? CANARY : `${process.env["HOME"]}/`);
    } finally {
      for (const name of names) delete process.env[name];
    }
  });

  test("S01: the environment is exactly the plan", async () => {
    const out = await say('/usr/bin/env -0 | tr "\\0" "\\n" | sort', { env: { TERM: "xterm", CES_X: "1" } });
    expect(out).toBe("CES_X=1\nHOME=/home/agent\nLANG=C.UTF-8\nPATH=/usr/bin:/bin\nPWD=/workspace\nTERM=xterm\n");
  });

  test("S02: nothing below /proc/sys opens for writing", async () => {
    const out = await say(
      'n=0; for f in $(find /proc/sys -type f 2>/dev/null); do ( : >>"$f" ) 2>/dev/null && echo "OPEN $f"; n=$((n+1)); done; echo $n',
    );
    expect(out).not.toContain("OPEN");
    expect(Number(out.trim())).toBeGreaterThan(100);
  });

  test("S02: set-id modes are refused, and what the box makes belongs to no privileged user", async () => {
    const plan = scratchPlan(
      "cp /bin/sh s; chmod 4755 s; echo $?; chmod 2755 s; echo $?; chmod 755 s; echo $?; mkdir d; mknod f p",
      {
        tree: {
          source: scratchTree({}),
          writable: [{ kind: "dir", path: "" }],
          protect: [],
          dependencies: [],
          scratch: [],
        },
      },
    );
    const { out, err } = await runBox(plan);
    expect(out).toBe("1\n1\n0\n");
    expect(err).toContain("Operation not permitted");
    const source = plan.tree?.source ?? "";
    for (const name of readdirSync(source)) {
      const stat = lstatSync(join(source, name));
      expect([name, stat.uid, stat.mode & 0o6000]).toEqual([name, plan.user.uid, 0]);
    }
    expect(plan.user.uid).not.toBe(0);
    expect(statSync(plan.root).mode & 0o777).toBe(0o700);
  });

  test("S02: a fork bomb hits the process limit", async () => {
    const { out, end } = await runBox(
      scratchPlan("for i in $(seq 200); do sleep 5 & done 2>/dev/null; echo survived", {
        limits: { ...scratchPlan("").limits, processes: 40 },
      }),
    );
    expect([out, end]).not.toEqual(["survived\n", { kind: "exited", code: 0 }]);
  });

  test("S14: an inherited descriptor is refused before anything starts, and 0–2 are all there is", async () => {
    const { err } = await startWithDescriptors("raw");
    expect(err).toContain("BOX_DESCRIPTOR_LEAKED");
  });

  test("S14: started with a file, a folder and a socket open, CES closes them and the box sees 0–2 only", async () => {
    const { out } = await startWithDescriptors("closed");
    expect(out.trim().split("\n").at(-1)).toBe("0 1 2");
  });

  test("S17: ptrace, pidfd_getfd and process_vm_readv of another process are refused", async () => {
    const numbers = process.arch === "x64" ? { ptrace: 101, vm: 310 } : { ptrace: 117, vm: 270 };
    const out = await say(
      `sleep 5 & perl -e 'for my $c ([${numbers.ptrace},16,$ARGV[0],0,0],[438,3,0,0],[${numbers.vm},$ARGV[0],0,0,0,0,0]) { $! = 0; my @c = @$c; syscall($c[0], @c[1..$#c]); print 0+$!, " " }' $!; kill $!`,
    );
    expect(out.trim()).toBe("1 1 1");
  });

  test("the network is one loopback, and host ports and abstract sockets do not exist", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as net.AddressInfo; // listening on TCP
    const out = await say(
      `ls /sys/class/net 2>/dev/null; grep -c : /proc/net/dev; perl -MIO::Socket::INET -e 'print defined IO::Socket::INET->new(PeerAddr=>"127.0.0.1:${port}",Timeout=>2) ? "CONNECTED" : "refused"; print defined IO::Socket::INET->new(PeerAddr=>"1.1.1.1:80",Timeout=>2) ? "CONNECTED" : "refused"'`,
    );
    server.close();
    expect(out).toBe("1\nrefusedrefused");
  });

  test("S25: AF_VSOCK, AF_ALG, AF_PACKET and AF_KEY sockets are refused", async () => {
    const out = await say(
      `perl -e 'use Socket; for my $f (40,38,17,15) { $! = 0; socket(my $s, $f, SOCK_DGRAM, 0) and print "MADE"; print 0+$!, " " }'`,
    );
    expect(out).toBe("1 1 1 1 ");
  });

  test("S25: the keyrings of the host user stay unread", async () => {
    const out = await say(
      `cat /proc/keys /proc/key-users 2>/dev/null; perl -e '$! = 0; syscall(${process.arch === "x64" ? 250 : 219}, 6, -3, 0, 0); print 0+$!'`,
    );
    expect(out).toBe("1");
  });

  test("signals to the first process, TIOCSTI and hard links out of read-only mounts fail", async () => {
    const out = await say(
      `kill -9 1; kill -STOP 1; ln /usr/bin/env /tmp/e 2>/dev/null; ls /tmp; perl -e '$! = 0; open(my $t, "+<", "/dev/ptmx") or die; my $b = "x"; ioctl($t, 0x5412, $b); print 0+$!'`,
    );
    expect(out).toBe("1");
  });

  test("standard input is a socket: another process cannot open it and write an approval", async () => {
    const box = await startBox(scratchPlan("( : >/proc/$$/fd/0 ) 2>&2; ls -l /proc/self/fd/0"));
    const run = await finish(box);
    expect(run.out).toContain("socket:");
    expect(run.err).toContain("No such device or address");
  });

  test("the system, /etc, /run and /dev are read-only, /tmp and /dev/shm are small", async () => {
    const plan = scratchPlan(
      'for d in / /usr /etc /run /dev /proc /workspace /var /run/ces /opt; do touch $d/x 2>/dev/null && echo "WRITABLE $d"; done; df -B1 --output=size /tmp /dev/shm | tail -2',
    );
    const { out } = await runBox(plan);
    expect(out.trim().split("\n").map(Number)).toEqual([plan.limits.tmp_bytes, plan.limits.shm_bytes]);
  });

  test("users, hosts and groups are made up; nothing of the host's /etc that tells about people is there", async () => {
    expect(
      await say(
        "id -un; cat /etc/hostname /etc/shadow /etc/ssh /etc/ssl/private 2>/dev/null; hostname; wc -l </etc/passwd",
      ),
    ).toBe("agent\nsandbox\n3\n");
  });
});

// Runs a small driver the way a careless shell would: with 9, 63 and 200 open on a file, a folder and a socket.
async function startWithDescriptors(mode: "raw" | "closed"): Promise<{ out: string; err: string }> {
  const folder = scratchFolder();
  writeFileSync(join(folder, "secret"), CANARY);
  const careless =
    'use POSIX; use Socket; $^F = 255; my ($file, @run) = @ARGV; open(my $f, "<", $file); socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0); ' +
    'my $d = POSIX::open("/", 0); POSIX::dup2(fileno($f), 9); POSIX::dup2($d, 63); POSIX::dup2(fileno($a), 200); exec @run';
  const child = spawn("/usr/bin/perl", [
    "-e",
    careless,
    join(folder, "secret"),
    process.execPath,
    join(import.meta.dirname, "descriptor-driver.ts"),
    mode,
    folder,
  ]);
  const [out, err] = await Promise.all([readAll(child.stdout), readAll(child.stderr)]);
  return { out, err };
}
