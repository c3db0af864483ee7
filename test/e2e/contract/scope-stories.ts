// What a command can reach: links, globs, parents and children, the rest of the system.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../../packages/execution/contract-runner/test/built-run.ts";
import type { Scenario } from "./scenario.ts";

export const scopeStories: readonly Scenario[] = [
  {
    about: ["F-02"],
    name: "a link as a read scope that leads outside is refused, and nothing runs",
    run: async ({ root, w, put, run }) => {
      put({ "outside/secret.txt": "SECRET", "w/app/": "" });
      symlinkSync(join(root, "outside"), join(w, "link"));
      for (const path of [`${w}/link`, `${w}/link/**`, `${w}/link/secret.txt`, `${w}/link/*.txt`]) {
        const { receipt } = await run(command(["cat", `${w}/link/secret.txt`], `${w}/app`, { read_paths: [path] }));
        assert.deepEqual([receipt.status, receipt.exit_code, path], ["blocked", 126, path]);
        assert.equal(receipt.reason_codes?.[0], "READ_SCOPE_DENIED");
      }
    },
  },
  {
    about: ["F-02"],
    name: "a link as a write scope that leads outside is refused, and nothing outside is written",
    run: async ({ root, w, put, run }) => {
      put({ "outside/": "", "w/app/": "" });
      symlinkSync(join(root, "outside"), join(w, "link"));
      const { receipt } = await run(command(["touch", `${w}/link/x`], `${w}/app`, { write_paths: [`${w}/link/**`] }));
      assert.equal(receipt.status, "blocked");
      assert.equal(existsSync(join(root, "outside/x")), false);
    },
  },
  {
    about: ["F-02"],
    name: "a link that an earlier command of the contract planted is found before the next one runs",
    run: async ({ root, w, put, run }) => {
      put({ "outside/secret.txt": "SECRET", "w/app/": "", "w/free/": "" });
      const plant = command(["ln", "-s", join(root, "outside"), `${w}/free/link`], `${w}/app`, {
        id: "plant",
        write_paths: [`${w}/free/**`],
      });
      const use = command(["cat", `${w}/free/link/secret.txt`], `${w}/app`, {
        id: "use",
        read_paths: [`${w}/free/link/**`],
      });
      const { receipt, out } = await run([plant, use]);
      assert.deepEqual([receipt.completed_command_ids, receipt.failed_command_id], [["plant"], "use"]);
      assert.equal(receipt.status, "blocked");
      assert.ok(!out.includes("SECRET"));
    },
  },
  {
    about: ["F-02"],
    name: "a link inside a declared folder leads nowhere outside of it",
    run: async ({ root, w, put, run }) => {
      put({ "outside/secret.txt": "SECRET" });
      symlinkSync(join(root, "outside"), join(w, "link"));
      const { receipt, out } = await run(command(["cat", "link/secret.txt"], w, { read_paths: [`${w}/**`] }));
      assert.deepEqual([receipt.status, out], ["failed", ""]);
    },
  },
  {
    about: ["F-02"],
    name: "a write scope below a read scope cannot be led elsewhere by a link in between",
    run: async ({ root, w, put, run }) => {
      put({ "w/other/": "", "w/app/": "" });
      symlinkSync(join(root, "w/other"), join(w, "app/out"));
      const { receipt } = await run(
        command(["touch", "out/x"], `${w}/app`, { read_paths: [`${w}/app/**`], write_paths: [`${w}/app/out/**`] }),
      );
      assert.equal(receipt.status, "blocked");
      assert.equal(existsSync(join(root, "w/other/x")), false);
    },
  },
  {
    about: ["F-02"],
    name: "a prefix that is a link counts as its target, unless a contract could have put the link there",
    run: async ({ root, w, put, run }) => {
      put({ "outside/secret.txt": "SECRET", "real/a.txt": "a", "w/app/": "" });
      symlinkSync(join(root, "real"), join(root, "ln"));
      symlinkSync(join(root, "outside"), join(w, "planted"));
      const operator = await run(
        command(["cat", `${root}/ln/a.txt`], `${root}/ln`, { read_paths: [`${root}/ln/**`] }),
        {
          policy: { allowed_cwd_prefixes: [`${root}/ln`], allowed_read_prefixes: [`${root}/ln`] },
        },
      );
      assert.deepEqual([operator.receipt.error, operator.out], ["", "a"]);
      const planted = await run(
        command(["cat", `${w}/planted/secret.txt`], `${w}/app`, { read_paths: [`${w}/planted/**`] }),
        { policy: { allowed_read_prefixes: [`${w}/planted`] } },
      );
      assert.deepEqual([planted.receipt.status, planted.out], ["blocked", ""]);
    },
  },
  {
    about: ["F-03"],
    name: "a glob grants only what it matches for reading, and nothing for writing",
    run: async ({ w, put, run }) => {
      put({ "w/logs/a.log": "A", "w/logs/b.log": "B", "w/logs/key.txt": "KEY", "w/app/": "" });
      const read = await run(
        command(["find", `${w}/logs`, "-type", "f"], `${w}/app`, { read_paths: [`${w}/logs/*.log`] }),
      );
      assert.deepEqual(read.out.split("\n").filter(Boolean).toSorted(), [`${w}/logs/a.log`, `${w}/logs/b.log`]);
      const write = await run(
        command(["touch", `${w}/logs/not-a-log.txt`], `${w}/app`, { write_paths: [`${w}/logs/*.log`] }),
      );
      assert.equal(write.receipt.status, "blocked");
      assert.equal(existsSync(join(w, "logs/not-a-log.txt")), false);
    },
  },
  {
    about: ["F-23", "S19"],
    name: "nothing of /etc that tells about the host or its people is there; users and hosts are made up",
    run: async ({ w, run }) => {
      const { out } = await run(
        command(
          [
            "cat",
            "/etc/shadow",
            "/etc/hostname",
            "/etc/machine-id",
            "/etc/ssh/sshd_config",
            "/etc/passwd",
            "/etc/hosts",
          ],
          w,
        ),
      );
      assert.match(out, /^root:x:0:0:root/);
      assert.match(out, /127\.0\.0\.1 localhost sandbox/);
      assert.equal(out.split("\n").length, 6);
      const listed = await run(command(["find", "/", "-maxdepth", "1", "-printf", "%p "], w));
      assert.ok(!/\/(?:root|home|srv|opt|mnt|boot|sys) /.test(listed.out), listed.out);
    },
  },
  {
    about: ["F-24"],
    name: "a writable folder inside a read-only one can be written",
    run: async ({ w, put, run }) => {
      put({ "w/app/test-results/": "", "w/app/src.txt": "x" });
      const { receipt } = await run(
        command(["cp", "src.txt", "test-results/report.xml"], `${w}/app`, {
          read_paths: [`${w}/app/**`],
          write_paths: [`${w}/app/test-results/**`],
        }),
      );
      assert.equal(receipt.error, "");
      assert.equal(readFileSync(join(w, "app/test-results/report.xml"), "utf8"), "x");
    },
  },
  {
    about: ["F-25"],
    name: "scopes and working folders under /tmp are there, and the rest of /tmp is private and sized",
    run: async ({ w, put, run }) => {
      put({ "w/a.txt": "in tmp" });
      assert.ok(w.startsWith("/tmp/"));
      const { out } = await run(command(["cat", "a.txt"], w));
      assert.equal(out, "in tmp");
      const { out: names } = await run(command(["find", "/tmp", "-maxdepth", "1"], w));
      assert.deepEqual(names.split("\n").filter(Boolean), ["/tmp", `/tmp/${w.split("/")[2] ?? ""}`]);
    },
  },
  {
    about: ["§7"],
    name: "a working folder that is a link to outside, is missing, or a sibling with the same beginning",
    run: async ({ root, w, put, run }) => {
      put({ "outside/": "", "wx/": "" });
      symlinkSync(join(root, "outside"), join(w, "esc"));
      assert.deepEqual(await end(run(command(["true"], `${w}/esc`))), ["blocked", 126]);
      assert.deepEqual(await end(run(command(["true"], `${w}/none`))), ["failed", 126]);
      assert.deepEqual(await end(run(command(["true"], `${root}/wx`))), ["blocked", 126]);
      assert.deepEqual(await end(run(command(["true"], w, { read_paths: [`${root}/wx/**`] }))), ["blocked", 126]);
    },
  },
  {
    about: ["§7"],
    name: "a path with letters of every kind works like any other",
    run: async ({ w, put, run }) => {
      put({ "w/Ünï/文件 😀.txt": "grüße" });
      const { out, receipt } = await run(
        command(["cat", `${w}/Ünï/文件 😀.txt`], `${w}/Ünï`, { read_paths: [`${w}/Ünï/**`] }),
      );
      assert.deepEqual([receipt.error, out], ["", "grüße"]);
    },
  },
  {
    about: ["S13"],
    name: "the trust domain of ces is never seen, even where everything around it is declared",
    run: async ({ root, w, put, run }) => {
      put({ "state/approvals/key": "TRUST" });
      chmodSync(root, 0o755);
      const prefixes = { allowed_read_prefixes: [root], allowed_write_prefixes: [root], allowed_cwd_prefixes: [root] };
      const seen = await run(command(["find", `${root}/state`], w, { read_paths: [`${root}/**`] }), {
        policy: prefixes,
      });
      assert.equal(seen.out.trim(), `${root}/state`);
      assert.deepEqual(
        await end(run(command(["true"], w, { read_paths: [`${root}/state/**`] }), { policy: prefixes })),
        ["blocked", 126],
      );
      assert.deepEqual(await end(run(command(["true"], w, { write_paths: [`${root}/**`] }), { policy: prefixes })), [
        "blocked",
        126,
      ]);
    },
  },
  {
    about: ["S31"],
    name: "a policy that lies in a writable place cannot be rewritten, moved or replaced",
    run: async ({ w, put, run }) => {
      put({ "w/conf/policy.yaml": "strict" });
      const ports = { protect: [`${w}/conf/policy.yaml`] };
      const scope = { write_paths: [`${w}/**`] };
      for (const argv of [
        ["cp", "/etc/hosts", "conf/policy.yaml"],
        ["rm", "-f", "conf/policy.yaml"],
        ["mv", "conf", "other"],
        ["mv", "conf/policy.yaml", "conf/x"],
      ])
        assert.deepEqual(await end(run(command(argv, w, scope), { ports })), ["failed", 1]);
      assert.equal(readFileSync(join(w, "conf/policy.yaml"), "utf8"), "strict");
    },
  },
  {
    about: ["F-26", "F-31", "S02", "S25"],
    name: "no capability, no new privilege, a filter, name spaces of its own, and none inside that",
    run: async ({ w, run }) => {
      const status = await run(
        command(["grep", "-E", "^(CapEff|CapBnd|NoNewPrivs|Seccomp|Uid):", "/proc/self/status"], w),
      );
      assert.equal(
        status.out,
        "Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n",
      );
      const spaces = ["user", "mnt", "pid", "net", "ipc", "uts", "cgroup"];
      const inside = await run(command(["readlink", ...spaces.map((name) => `/proc/self/ns/${name}`)], w));
      const outside = spaces.map((name) => readlinkSync(`/proc/self/ns/${name}`));
      inside.out
        .split("\n")
        .filter(Boolean)
        .forEach((name, at) => assert.notEqual(name, outside[at]));
      for (const argv of [
        ["unshare", "-Ur", "true"],
        ["mount", "-o", "remount,rw,bind", w],
      ])
        assert.equal((await run(command(argv, w))).receipt.status, "failed");
    },
  },
  {
    about: ["F-26"],
    name: "a read-only scope stays read-only for root too, and what is written belongs to whoever owned the place",
    run: async ({ w, put, run }) => {
      put({ "w/ro/a.txt": "old", "w/rw/": "" });
      mkdirSync(join(w, "rw/private"), { mode: 0o700 });
      const refused = await run(command(["cp", "/etc/hosts", "a.txt"], `${w}/ro`, { read_paths: [`${w}/ro/**`] }));
      assert.deepEqual([refused.receipt.status, readFileSync(join(w, "ro/a.txt"), "utf8")], ["failed", "old"]);
      const done = await run(command(["cp", "/etc/hosts", "private/h"], `${w}/rw`, { write_paths: [`${w}/rw/**`] }));
      assert.equal(done.receipt.error, "");
      for (const path of ["rw", "rw/private", "rw/private/h"])
        assert.equal(statSync(join(w, path)).uid, process.geteuid?.() ?? 0, path);
    },
  },
  {
    about: ["F-27"],
    name: "a machine with a network card runs contracts, and a box has a loopback and nothing else",
    run: async ({ w, run }) => {
      const { out, receipt } = await run(command(["cat", "/proc/net/dev"], w));
      assert.equal(receipt.status, "success");
      assert.deepEqual(
        out.split("\n").flatMap((text) => /^\s*([\w-]+):/.exec(text)?.[1] ?? []),
        ["lo"],
      );
    },
  },
];

async function end(told: Promise<{ readonly receipt: { readonly status: string; readonly exit_code?: number } }>) {
  const { receipt } = await told;
  return [receipt.status, receipt.exit_code];
}
