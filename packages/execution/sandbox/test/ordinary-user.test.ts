// As an ordinary user: the same walls. Under root the checks run in a child with another uid; else they run as we are.
import { spawnSync } from "node:child_process";
import { chownSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { AllowProbe } from "@ces/contract-packs";
import { CesError } from "@ces/kernel";
import { expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { canReach } from "../src/hoist.ts";
import { askProgram, probeWalls } from "../src/index.ts";
import { allowFound } from "./allow-found.ts";
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
  const verdict = await probeWalls({
    bwrap: "/usr/bin/bwrap",
    base: join(scratchFolder(), "boxes"),
    run: "probe",
    allow: allowFound,
  });
  expect(verdict).toEqual({
    kind: "ok",
    version: expect.stringMatching(/^\d/),
    facts: HELD,
    contracts: [startOf(["/usr/bin/bwrap", "--version"]), startOf(["/bin/sh", "-c", expect.any(String)])],
  });
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

// What a start was allowed under: the three texts say the words that ran, the policy and its answer.
const startOf = (argv: readonly unknown[]): object => ({
  ref: expect.objectContaining({ policy: "probe", decision: "allow" }),
  texts: {
    contract: expect.toSatisfy((text: string) => {
      expect(JSON.parse(text).commands[0].exec.argv).toEqual(argv);
      return true;
    }),
    policy: expect.stringContaining('"name":"probe"'),
    decision: expect.stringContaining('"decision":"allow"'),
  },
});

test("nothing is started that the policy does not allow", async () => {
  const folder = scratchFolder();
  const asked: string[] = [];
  const allow = (refuses: string): AllowProbe => {
    return (start) => {
      asked.push(start.what);
      if (start.what.includes(refuses))
        throw new CesError("COMMAND_CONTRACT_REFUSED", "the policy does not allow it", { remedy: "ces doctor" });
      return allowFound(start);
    };
  };
  const probe = { bwrap: "/usr/bin/bwrap", base: join(folder, "boxes"), run: "probe" };
  await expect(probeWalls({ ...probe, allow: allow("version") })).rejects.toThrow("does not allow");
  await expect(probeWalls({ ...probe, allow: allow("attacks itself") })).rejects.toThrow("does not allow");
  expect(asked).toEqual([
    "the version of /usr/bin/bwrap",
    "the version of /usr/bin/bwrap",
    "a box that attacks itself",
  ]);
  expect(existsSync(join(folder, "boxes"))).toBe(false);
});

test("a program is asked with the words of its contract, and not at all without one", async () => {
  const question = { program: "/bin/echo", args: ["hello"], env: {}, timeout_ms: 5000 };
  const answer = await askProgram(question, allowFound);
  expect(answer.said).toBe("hello\n");
  expect(JSON.parse(answer.contract.texts.contract)).toMatchObject({
    commands: [{ exec: { argv: ["/bin/echo", "hello"] }, network: "deny", write_paths: [], timeout_sec: 5 }],
  });
  const mark = join(scratchFolder(), "ran");
  const foreign = { program: "/usr/bin/touch", args: [mark], env: {}, timeout_ms: 5000 };
  await expect(askProgram(foreign, allowFound)).rejects.toMatchObject({ code: "COMMAND_CONTRACT_REFUSED" });
  expect(existsSync(mark)).toBe(false);
});

test("a machine without bubblewrap is told what to install", async () => {
  expect(await probeWalls({ bwrap: undefined, base: "/nowhere", run: "probe", allow: allowFound })).toMatchObject({
    kind: "cannot",
    code: "WALLS_UNAVAILABLE",
    remedy: expect.stringContaining("apt-get install bubblewrap"),
  });
});

test("a bwrap that cannot build a box is told with its own words", async () => {
  const verdict = await probeWalls({
    bwrap: "/bin/false",
    base: join(scratchFolder(), "boxes"),
    run: "probe",
    allow: allowFound,
  });
  expect(verdict).toMatchObject({ kind: "cannot", code: "WALLS_UNAVAILABLE" });
});
