// Hardened mode with the real bubblewrap: what a command can see, write and reach.
import { mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { command, put, runOne, scratchRoot } from "./scratch-run.ts";

describe.skipIf(bwrapOrSkip())("hardened mode", () => {
  test("a plain command succeeds, and the receipt says in what walls", async () => {
    const root = scratchRoot();
    const { receipt, out } = await runOne(root, command(["printf", "hello"], join(root, "w")));
    expect(receipt.error).toBe("");
    expect(receipt).toMatchObject({
      status: "success",
      exit_code: 0,
      execution_mode: "hardened",
      completed_command_ids: ["c1"],
      effect_summary: { files_written: 0, network_used: false, secrets_used: 0 },
      binaries: [{ command_id: "c1", segment: 0, argv0: "printf", path: "/usr/bin/printf" }],
      signature: { key_id: "test-key" },
    });
    expect(receipt.sandbox_profile_id).toBe(`sha256:${receipt.sandbox?.profile_sha256 ?? ""}`);
    expect(out).toBe("hello");
  });

  test("a declared write is written, owned by whoever owned the place, counted and hashed", async () => {
    const root = scratchRoot();
    put(root, { "w/out/": "", "w/in.txt": "text\n" });
    const one = command(["cp", "in.txt", "out/copy.txt"], join(root, "w"), { write_paths: [`${root}/w/out/**`] });
    const { receipt } = await runOne(root, one);
    expect(receipt.error).toBe("");
    expect(readFileSync(join(root, "w/out/copy.txt"), "utf8")).toBe("text\n");
    expect(statSync(join(root, "w/out/copy.txt")).uid).toBe(statSync(join(root, "w")).uid);
    expect(receipt.effect_summary?.files_written).toBe(1);
    expect(receipt.artifacts?.map(({ path }) => path)).toEqual([`${root}/w/out/copy.txt`]);
  });

  test("a write outside the declared places fails and leaves nothing", async () => {
    const root = scratchRoot();
    const { receipt } = await runOne(root, command(["touch", "x.txt"], join(root, "w")));
    expect(receipt).toMatchObject({
      status: "failed",
      exit_code: 1,
      error: expect.stringContaining("Read-only file system"),
    });
  });

  test("a private folder of whoever runs it can be the working folder", async () => {
    const root = scratchRoot();
    mkdirSync(join(root, "w/private"), { mode: 0o700 });
    put(root, { "w/private/a.txt": "a" });
    const { out, receipt } = await runOne(root, command(["ls"], join(root, "w/private")));
    expect([receipt.error, out]).toEqual(["", "a.txt\n"]);
    expect(statSync(join(root, "w/private")).uid).toBe(process.geteuid?.());
  });

  test("a pipeline is joined by pipes, and a reader that leaves is no failure", async () => {
    const root = scratchRoot();
    const upper = await runOne(
      root,
      command(
        [
          ["printf", "hello world"],
          ["tr", "a-z", "A-Z"],
        ],
        join(root, "w"),
      ),
    );
    expect([upper.receipt.error, upper.out]).toEqual(["", "HELLO WORLD"]);
    const head = await runOne(root, command([["yes"], ["head", "-n", "1"]], join(root, "w")));
    expect([head.receipt.status, head.out]).toEqual(["success", "y\n"]);
    expect(head.receipt.results?.[0]?.segment_exit_codes).toEqual([141, 0]);
  });

  test("a link in a scope that leads outside is refused before anything runs", async () => {
    const root = scratchRoot();
    put(root, { "outside/secret.txt": "secret" });
    symlinkSync(join(root, "outside"), join(root, "w/link"));
    const { receipt } = await runOne(root, command(["true"], join(root, "w"), { read_paths: [`${root}/w/link/**`] }));
    expect(receipt).toMatchObject({ status: "blocked", exit_code: 126 });
  });
});
