// What is started: programs by what they are, shells nowhere, variables and secrets by name.
import assert from "node:assert/strict";
import { chmodSync, copyFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { defaultRunnerConfig } from "@ces/contract-runner";
import { command } from "../../../packages/execution/contract-runner/test/built-run.ts";
import type { Scenario } from "./scenario.ts";

export const programStories: readonly Scenario[] = [
  {
    about: ["F-01", "§7"],
    name: "a variable is inherited only when contract and policy name it, and never one that steers programs",
    run: async ({ w, run }) => {
      const env = {
        PATH: process.env["PATH"],
        HOME: "/root",
        AWS_SECRET_ACCESS_KEY: "CANARY",
        CI: "1",
        LD_PRELOAD: "/tmp/x.so",
        GIT_SSH_COMMAND: "sh",
        NODE_OPTIONS: "--require /tmp/x",
      };
      const asked = {
        env_allow: ["AWS_SECRET_ACCESS_KEY", "CI", "LD_PRELOAD", "GIT_SSH_COMMAND", "NODE_OPTIONS", "HOME"],
      };
      const silent = await run(command(["printenv"], w, asked), { ports: { env } });
      assert.deepEqual(names(silent.out), ["PATH", "PWD"]);
      const named = await run(command(["printenv"], w, asked), { ports: { env }, policy: { allowed_env: ["*"] } });
      assert.deepEqual(names(named.out), ["CI", "PATH", "PWD"]);
      assert.ok(!named.out.includes("CANARY"));
    },
  },
  {
    about: ["F-15", "S01"],
    name: "a secret is a file in the box's memory, in no environment and no argument, and not in the kept output",
    run: async ({ root, w, put, run }) => {
      put({ "keys/token": "s3cr3t-value-77\n" });
      chmodSync(join(root, "keys/token"), 0o600);
      const config = { ...defaultRunnerConfig, secrets: { TOKEN: { file: join(root, "keys/token") } } };
      const asked = { secret_refs: ["TOKEN"] };
      const read = await run(command(["cat", "/run/secrets/TOKEN"], w, asked), { ports: { config } });
      assert.deepEqual([read.receipt.error, read.out], ["", "[secret TOKEN]"]);
      assert.deepEqual(read.receipt.secret_refs, ["TOKEN"]);
      assert.equal(read.receipt.effect_summary?.secrets_used, 1);
      const length = await run(command(["wc", "-c", "/run/secrets/TOKEN"], w, asked), { ports: { config } });
      assert.equal(length.out.split(" ")[0], "15");
      const base64 = await run(command(["base64", "/run/secrets/TOKEN"], w, asked), { ports: { config } });
      assert.equal(base64.out, "[secret TOKEN]\n");
      for (const path of ["/proc/self/environ", "/proc/1/environ", "/proc/1/cmdline", "/proc/self/mountinfo"]) {
        const { out } = await run(command(["cat", path], w, asked), { ports: { config } });
        assert.ok(!out.includes("s3cr3t") && !out.includes("[secret"), path);
      }
    },
  },
  {
    about: ["F-15"],
    name: "a secret comes from a program too; one that nobody provides, or that others can read, blocks",
    run: async ({ root, w, put, run }) => {
      put({ "keys/open": "value-of-open", "bin/give": "#!/bin/sh\nprintf given-value\n" });
      chmodSync(join(root, "keys/open"), 0o644);
      chmodSync(join(root, "bin/give"), 0o755);
      const secrets = {
        GIVEN: { command: [join(root, "bin/give")], timeout_sec: 10, env: [] },
        OPEN: { file: join(root, "keys/open") },
      };
      const ports = { config: { ...defaultRunnerConfig, secrets } };
      const given = await run(command(["wc", "-c", "/run/secrets/GIVEN"], w, { secret_refs: ["GIVEN"] }), { ports });
      assert.equal(given.out.split(" ")[0], "11");
      for (const name of ["OPEN", "NONE", "../x"]) {
        const { receipt } = await run(command(["true"], w, { secret_refs: [name] }), { ports });
        assert.equal(receipt.status, "blocked", name);
        assert.ok(!(receipt.error ?? "").includes("value-of-open"));
      }
      const local = await run(command(["true"], w, { secret_refs: ["GIVEN"] }), { ports, mode: "local" });
      assert.equal(local.receipt.status, "blocked");
    },
  },
  {
    about: ["F-22", "§7"],
    name: "no allowed tool reaches a shell: there is none",
    run: async ({ w, put, run }) => {
      put({
        "w/r/.git/HEAD": "ref: refs/heads/main\n",
        "w/r/.git/config": "",
        "w/r/.git/objects/": "",
        "w/r/.git/refs/": "",
      });
      for (const argv of [
        ["find", ".", "-maxdepth", "0", "-exec", "sh", "-c", "echo PWNED", ";"],
        ["find", ".", "-maxdepth", "0", "-exec", "/bin/bash", "-c", "echo PWNED", ";"],
        ["git", "-C", "r", "-c", "alias.x=!echo PWNED", "x"],
        ["awk", 'BEGIN { system("echo PWNED") }'],
        ["awk", 'BEGIN { "echo PWNED" | getline x; print x }'],
        ["timeout", "5", "bash", "-c", "echo PWNED"],
        ["nice", "sh", "-c", "echo PWNED"],
        ["xargs", "-a", "/etc/hosts", "sh", "-c", "echo PWNED"],
        ["tar", "cf", "/dev/null", "--checkpoint=1", "--checkpoint-action=exec=echo PWNED", "/etc"],
        ["sed", "1e echo PWNED", "/etc/hosts"],
        ["find", "/proc", "-maxdepth", "2", "-name", "exe", "-exec", "{}", "-c", "echo PWNED", ";"],
      ]) {
        const { out } = await run(command(argv, w));
        assert.ok(!/^PWNED$/m.test(out), argv.join(" "));
      }
      const shells = await run(command(["find", "/bin", "/usr/bin", "/usr/sbin", "/sbin", "-name", "*sh"], w));
      assert.equal(shells.out, "");
    },
  },
  {
    about: ["F-30", "S24"],
    name: "a program is found on a list that no environment changes, hashed, and named in the receipt",
    run: async ({ root, w, put, run }) => {
      put({ "evil/printf": "#!/bin/sh\necho PWNED\n" });
      chmodSync(join(root, "evil/printf"), 0o755);
      const { out, receipt } = await run(command(["printf", "real"], w), { ports: { env: { PATH: `${root}/evil` } } });
      assert.equal(out, "real");
      const [binary] = receipt.binaries ?? [];
      assert.equal(binary?.path, "/usr/bin/printf");
      assert.match(binary?.sha256 ?? "", /^[0-9a-f]{64}$/);
      const pins = { printf: { path: "/usr/bin/printf", sha256: binary?.sha256 ?? "" } };
      assert.equal(
        (await run(command(["printf", "x"], w), { policy: { allowed_binaries: pins } })).receipt.status,
        "success",
      );
      const wrong = { printf: { path: "/usr/bin/printf", sha256: "0".repeat(64) } };
      assert.equal(
        (await run(command(["printf", "x"], w), { policy: { allowed_binaries: wrong } })).receipt.status,
        "blocked",
      );
    },
  },
  {
    about: ["F-30"],
    name: "a program in a place that the contract writes is not started, by name, by link or by an earlier command",
    run: async ({ w, run }) => {
      copyFileSync("/usr/bin/true", join(w, "tool"));
      chmodSync(join(w, "tool"), 0o755);
      symlinkSync("/usr/bin/true", join(w, "link"));
      const scope = { write_paths: [`${w}/**`] };
      for (const argv0 of [`${w}/tool`, `${w}/link`, "./tool"])
        assert.equal((await run(command([argv0], w, scope))).receipt.status, "blocked", argv0);
      // Declared for reading alone, it may be started: the policy lists it by its whole path.
      assert.equal((await run(command([`${w}/tool`], w, { read_paths: [`${w}/**`] }))).receipt.error, "");
    },
  },
  {
    about: ["F-30"],
    name: "a program that other people can write is not started",
    run: async ({ root, w, run }) => {
      copyFileSync("/usr/bin/true", join(root, "open-tool"));
      chmodSync(join(root, "open-tool"), 0o777);
      assert.equal((await run(command([join(root, "open-tool")], w))).receipt.status, "blocked");
    },
  },
  {
    about: ["§7"],
    name: "shell syntax in arguments is text, and a name that only looks like a program is not found",
    run: async ({ w, run }) => {
      const words = ["a;b", "`id`", "$(id)", "x|y", "p&&q", "*", "~"];
      const { out } = await run(command(["printf", "%s\n", ...words], w));
      assert.equal(out, `${words.join("\n")}\n`);
      for (const argv0 of ["true;", " true", "TRUE", "true\n"]) {
        const { receipt } = await run(command([argv0], w));
        assert.deepEqual([receipt.status, receipt.exit_code], ["failed", 127], argv0);
      }
      assert.equal((await run(command(["true", "a\0b"], w))).receipt.status, "blocked");
    },
  },
  {
    about: ["§1.4"],
    name: "what cannot be executed is 126, what is not there 127, a signal 128 and its number",
    run: async ({ w, run }) => {
      assert.equal((await run(command(["/etc/passwd"], w))).receipt.exit_code, 126);
      assert.equal((await run(command(["no-such-program"], w))).receipt.exit_code, 127);
      const killed = await run(command(["timeout", "-s", "KILL", "0.1", "sleep", "5"], w), {
        ports: { config: { ...defaultRunnerConfig, programs: { timeout: { starts: ["sleep"], reads: [] } } } },
      });
      assert.equal(killed.receipt.exit_code, 137);
      assert.equal(killed.receipt.results?.[0]?.signal, "SIGKILL");
    },
  },
];

function names(printed: string): readonly string[] {
  return printed
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => text.split("=")[0] ?? "")
    .toSorted();
}
