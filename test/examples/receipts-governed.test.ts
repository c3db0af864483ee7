// The worked example runs as its README says: eighteen receipts, three chains, three tricks refused.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const example = join(root, "examples/receipts-governed");

test("six actions under three backends", () => {
  const folder = mkdtempSync(join(tmpdir(), "ces-example-"));
  try {
    const ces = join(folder, "ces");
    writeFileSync(ces, `#!/bin/sh\nexec '${process.execPath}' '${join(root, "apps/cli/src/main.ts")}' "$@"\n`);
    chmodSync(ces, 0o700);
    const env = { PATH: process.env["PATH"], HOME: folder, CES: ces };
    const out = join(folder, "out");
    const { status, stdout, stderr } = spawnSync("sh", [join(example, "run.sh"), out], { encoding: "utf8", env });
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("18 / 18 receipts");
    expect(stdout.match(/: refused$/gm)).toHaveLength(3);
    const digests = new Set<string>();
    for (const [name, backend, ring] of [
      ["standalone", "sb_runtime_builtin", 3],
      ["nono", "nono", 2],
      ["openshell", "openshell", 2],
    ] as const) {
      const files = readdirSync(join(out, "receipts", name)).filter((file) => file !== ".lock");
      expect(files).toEqual(["000.json", "001.json", "002.json", "003.json", "004.json", "005.json"]);
      const payloads = files.map((file) => JSON.parse(readFileSync(join(out, "receipts", name, file), "utf8")).payload);
      expect(payloads.map(({ decision }) => decision)).toEqual(["allow", "allow", "allow", "deny", "deny", "deny"]);
      expect(payloads.every((one) => one.sandbox_backend === backend && one.ring === ring)).toBe(true);
      for (const { policy_digest } of payloads) digests.add(policy_digest);
    }
    expect(digests.size).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);
