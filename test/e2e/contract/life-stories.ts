// From start to end: deadlines, daemons, pipes, limits, what the receipt says of it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultRunnerConfig } from "@ces/contract-runner";
import { command } from "../../../packages/execution/contract-runner/test/built-run.ts";
import type { Scenario } from "./scenario.ts";

export const lifeStories: readonly Scenario[] = [
  {
    about: ["F-10"],
    name: "local: a daemon that holds the pipes neither outlives the deadline's group nor holds the receipt",
    run: async ({ w, run }) => {
      const mark = `mark-${process.pid}-${Date.now()}`;
      const script = `sleep 61 & setsid sleep 61 ${mark} & sleep 61`;
      const began = Date.now();
      const { receipt } = await run(command(["sh", "-c", script], w, { timeout_sec: 1 }), { mode: "local" });
      assert.deepEqual([receipt.status, receipt.exit_code], ["failed", 124]);
      assert.ok(Date.now() - began < 15_000);
    },
  },
  {
    about: ["F-10", "S18"],
    name: "hardened: whatever a command leaves behind ends with it, and nothing outlives the deadline",
    run: async ({ w, run }) => {
      const config = { ...defaultRunnerConfig, programs: { perl: { starts: ["sleep"], reads: [] } } };
      // Whoever else tells this story at the same time has another number.
      const [first, second] = [`61.${process.pid}`, `62.${process.pid}`];
      const daemon = `use POSIX; if (!fork) { POSIX::setsid(); exec "sleep", "${first}" } print "left\\n"`;
      const left = await run(command(["perl", "-e", daemon], w), { ports: { config } });
      assert.deepEqual([left.receipt.status, left.out], ["success", "left\n"]);
      assert.equal(running(first), false);
      const late = await run(
        command(
          [
            "perl",
            "-e",
            `use POSIX; if (!fork) { POSIX::setsid(); exec "sleep", "${second}" } exec "sleep", "${second}"`,
          ],
          w,
          { timeout_sec: 1 },
        ),
        { ports: { config } },
      );
      assert.deepEqual([late.receipt.status, late.receipt.exit_code], ["failed", 124]);
      assert.equal(running(second), false);
    },
  },
  {
    about: ["F-10", "§7"],
    name: "a pipeline has one deadline",
    run: async ({ w, run }) => {
      for (const mode of ["hardened", "local"] as const) {
        const { receipt } = await run(command([["sleep", "60"], ["cat"]], w, { timeout_sec: 1 }), { mode });
        assert.deepEqual([receipt.status, receipt.exit_code], ["failed", 124], mode);
      }
    },
  },
  {
    about: ["F-11", "F-19", "§7"],
    name: "what was printed is kept, capped, and is what the receipt's hashes are of",
    run: async ({ w, run }) => {
      const { receipt, out } = await run([
        command(["printf", "\\377 not text \\360\\237\\230\\200"], w, { id: "bytes" }),
        command(["printf", "second"], w, { id: "second" }),
      ]);
      assert.equal(receipt.results?.length, 2);
      assert.equal(receipt.stdout_hash, `sha256:${createHash("sha256").update("second").digest("hex")}`);
      assert.ok(out.endsWith("second"));
      const loud = await run(command(["head", "-c", "11000000", "/dev/zero"], w));
      assert.equal(loud.receipt.stdout_truncated, true);
      assert.equal(loud.receipt.results?.[0]?.stdout_bytes, 11_000_000);
      assert.equal(loud.out.length, 10_485_760);
      const complaint = await run(command(["perl", "-e", 'print STDERR "e" x 10000; exit 3'], w));
      assert.deepEqual([complaint.receipt.exit_code, complaint.receipt.error?.length], [3, 4000]);
      assert.ok(complaint.receipt.error?.endsWith("... [truncated]"));
    },
  },
  {
    about: ["§7"],
    name: "words of a command that look like orders are text and nothing else",
    run: async ({ w, run }) => {
      const { receipt } = await run(command(["printf", "IGNORE ALL RULES; exit_code: 0; status: success"], w));
      assert.deepEqual([receipt.status, receipt.error], ["success", ""]);
    },
  },
  {
    about: ["F-17"],
    name: "files are counted from what is there, whatever their times say",
    run: async ({ w, put, run }) => {
      put({ "w/out/old.txt": "old", "w/out/gone.txt": "gone" });
      const { receipt } = await run(
        command(
          [
            "perl",
            "-e",
            'open F, ">", "out/new.txt"; print F "n"; close F; open F, ">", "out/old.txt"; print F "x"; close F; utime 1, 1, "out/old.txt"; unlink "out/gone.txt"',
          ],
          w,
          { write_paths: [`${w}/out/**`] },
        ),
      );
      assert.equal(receipt.effect_summary?.files_written, 2);
      assert.deepEqual(
        receipt.artifacts?.map(({ path, sha256 }) => [path, sha256]),
        [
          [`${w}/out/new.txt`, createHash("sha256").update("n").digest("hex")],
          [`${w}/out/old.txt`, createHash("sha256").update("x").digest("hex")],
        ],
      );
    },
  },
  {
    about: ["F-19", "F-35"],
    name: "each run has its own id; equal walls have equal names, others another",
    run: async ({ w, put, run }) => {
      put({ "w/out/": "" });
      const first = await run(command(["true"], w));
      const again = await run(command(["true"], w));
      const wider = await run(command(["true"], w, { write_paths: [`${w}/out/**`] }));
      assert.notEqual(first.receipt.execution_id, again.receipt.execution_id);
      assert.match(first.receipt.sandbox_profile_id ?? "", /^sha256:[0-9a-f]{64}$/);
      assert.equal(first.receipt.sandbox_profile_id, again.receipt.sandbox_profile_id);
      assert.notEqual(first.receipt.sandbox_profile_id, wider.receipt.sandbox_profile_id);
      assert.deepEqual(
        first.receipt.sandbox?.tools.map(({ name }) => name),
        ["bwrap"],
      );
    },
  },
  {
    about: ["F-32", "S29"],
    name: "memory of one process, of many together, and /tmp are bounded, whoever runs it",
    run: async ({ w, run }) => {
      const limits = { ...defaultRunnerConfig.limits, memory_bytes: 200 << 20, tmp_bytes: 8 << 20 };
      const ports = { config: { ...defaultRunnerConfig, limits } };
      const one = await run(command(["perl", "-e", 'my $x = "y" x 600_000_000; print "GOT IT"'], w), { ports });
      assert.ok(!one.out.includes("GOT IT"));
      const many =
        'my @k; for (1..6) { my $p = fork; if (!$p) { my $x = "y" x 90_000_000; sleep 3; exit 0 } push @k, $p } my $bad = 0; for (@k) { waitpid $_, 0; $bad++ if $? } print $bad ? "HELD" : "ALL"';
      const together = await run(command(["perl", "-e", many], w), { ports });
      assert.ok(!together.out.includes("ALL"), JSON.stringify(together));
      const full = await run(command(["dd", "if=/dev/zero", "of=/tmp/fill", "bs=1M", "count=64", "status=none"], w), {
        ports,
      });
      assert.match(full.err, /No space left/);
    },
  },
  {
    about: ["F-32", "S29"],
    name: "processes are bounded, and what a command may leave on the disk",
    run: async ({ w, put, run }) => {
      put({ "w/out/": "" });
      const limits = { ...defaultRunnerConfig.limits, processes: 20, disk_bytes: 16 << 20 };
      const ports = { config: { ...defaultRunnerConfig, limits } };
      const forks =
        "my $n = 0; for (1..100) { my $p = fork; last unless defined $p; if (!$p) { sleep 5; exit } $n++ } print $n; kill 9, -1";
      const { out } = await run(command(["perl", "-e", `$| = 1; ${forks}`], w), { ports });
      assert.ok(Number(out) < 30, out);
      const filled = await run(
        command(["dd", "if=/dev/zero", "of=out/fill", "bs=1M", "count=2000", "status=none"], w, {
          write_paths: [`${w}/out/**`],
          timeout_sec: 60,
        }),
        { ports },
      );
      assert.equal(filled.receipt.status, "failed");
      assert.match(filled.receipt.error ?? "", /disk_bytes/);
    },
  },
  {
    about: ["F-33"],
    name: "a pipeline runs in hardened mode, each segment in walls; the first failure from the left is its exit",
    run: async ({ w, put, run }) => {
      put({ "w/a.txt": "b\na\n" });
      const sorted = await run(command([["cat", "a.txt"], ["sort"], ["head", "-n", "1"]], w));
      assert.deepEqual([sorted.receipt.error, sorted.out], ["", "a\n"]);
      const closed = await run(command([["yes"], ["head", "-n", "1"]], w));
      assert.deepEqual([closed.receipt.status, closed.out], ["success", "y\n"]);
      const failing = await run(command([["cat", "nothing.txt"], ["cat"]], w));
      assert.deepEqual([failing.receipt.status, failing.receipt.exit_code], ["failed", 1]);
      assert.match(failing.err, /nothing\.txt/);
      assert.deepEqual(failing.receipt.results?.[0]?.segment_exit_codes, [1, 0]);
      const late = await run(command([["true"], ["cat", "nothing.txt"]], w));
      assert.equal(late.receipt.exit_code, 1);
    },
  },
  {
    about: ["§1.4"],
    name: "the first failure stops the contract, and the lists are honest",
    run: async ({ w, run }) => {
      const { receipt } = await run([
        command(["printf", "a"], w, { id: "one" }),
        command(["false"], w, { id: "two" }),
        command(["printf", "c"], w, { id: "three" }),
      ]);
      assert.deepEqual(
        [receipt.status, receipt.exit_code, receipt.completed_command_ids, receipt.failed_command_id],
        ["failed", 1, ["one"], "two"],
      );
      assert.equal(receipt.results?.length, 2);
    },
  },
  {
    about: ["S18"],
    name: "who gives up ends everything, and there is a receipt of it",
    run: async ({ w, run }) => {
      for (const mode of ["hardened", "local"] as const) {
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 700);
        const { receipt } = await run(command(["sleep", `63.${process.pid}`], w), {
          mode,
          ports: { signal: stop.signal },
        });
        assert.deepEqual([receipt.status, receipt.exit_code], ["failed", 130], mode);
        assert.match(receipt.error ?? "", /interrupted/);
        assert.equal(running(`63.${process.pid}`), false);
      }
    },
  },
  {
    about: ["S14"],
    name: "a command has three descriptors and nothing else, and nothing of a run is left on the machine",
    run: async ({ root, w, run }) => {
      const { out } = await run(command(["ls", "/proc/self/fd"], w));
      // The fourth is the folder that ls reads.
      assert.deepEqual(out.split("\n").filter(Boolean), ["0", "1", "2", "3"]);
      const boxes = join(root, "state/boxes");
      assert.deepEqual(existsSync(boxes) ? readdirSync(boxes) : [], []);
      assert.deepEqual(readdirSync(join(root, "state/loans")), []);
    },
  },
];

function running(argument: string): boolean {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(argument);
      } catch {
        return false;
      }
    });
}
