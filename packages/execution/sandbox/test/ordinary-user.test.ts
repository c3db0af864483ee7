// As an ordinary user: the same walls. Under root the checks run in a child with another uid; else they run as we are.
import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { canReach } from "../src/hoist.ts";
import { probeWalls } from "../src/index.ts";
import { scratchFolder } from "./scratch-box.ts";

const PROBE = join(import.meta.dirname, "probe-driver.ts");
const STRANGER = { uid: 12_345, gid: 12_345 };
const HELD = [
  "sysctl_read_only",
  "no_set_id",
  "no_capabilities",
  "no_new_privileges",
  "filtered",
  "loopback_only",
  "empty_environment",
  "system_read_only",
  "no_nested_user_name_space",
];

// A checkout below a closed folder (root's own) cannot be read by a stranger; nothing of CES is wrong then.
const hidden = process.geteuid?.() === 0 && !(canReach(PROBE, STRANGER) && canReach(process.execPath, STRANGER));
if (hidden)
  process.stderr.write("\nSKIPPED: the checkout cannot be read by another user, so the walls are not probed as one\n");

test.skipIf(bwrapOrSkip())("the walls hold for whoever runs this", async () => {
  const verdict = await probeWalls({ bwrap: "/usr/bin/bwrap", base: join(scratchFolder(), "boxes"), run: "probe" });
  expect(verdict).toEqual({ kind: "ok", version: expect.stringMatching(/^\d/), facts: HELD });
});

test.skipIf(bwrapOrSkip() || hidden)("the walls hold for an ordinary user", () => {
  const folder = scratchFolder();
  if (process.geteuid?.() === 0) chownSync(folder, STRANGER.uid, STRANGER.gid);
  const base = join(folder, "own");
  const identity = process.geteuid?.() === 0 ? STRANGER : {};
  const run = spawnSync(process.execPath, [PROBE, base], { ...identity, encoding: "utf8", env: {} });
  expect(run.stderr).toBe("");
  expect(JSON.parse(run.stdout)).toMatchObject({
    uid: process.geteuid?.() === 0 ? 12_345 : process.geteuid?.(),
    verdict: { kind: "ok", facts: HELD },
  });
});

test("a machine without bubblewrap is told what to install", async () => {
  expect(await probeWalls({ bwrap: undefined, base: "/nowhere", run: "probe" })).toMatchObject({
    kind: "cannot",
    code: "WALLS_UNAVAILABLE",
    remedy: expect.stringContaining("apt-get install bubblewrap"),
  });
});

test("a bwrap that cannot build a box is told with its own words", async () => {
  const verdict = await probeWalls({ bwrap: "/bin/false", base: join(scratchFolder(), "boxes"), run: "probe" });
  expect(verdict).toMatchObject({ kind: "cannot", code: "WALLS_UNAVAILABLE" });
});
