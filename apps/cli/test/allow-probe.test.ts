// Programs of this machine are asked for their version under a command contract, or not at all.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openKnownPrograms } from "@ces/files";
import { expect, test } from "vitest";
import { findRuntime } from "../src/wire/find-runtime.ts";
import { resolveToolchain } from "../src/wire/toolchain.ts";
import { ces, rows, scene } from "./run-ces.ts";

/** A program that leaves a mark when it is started. */
function fake(folder: string, name: string, says: string): { readonly path: string; readonly started: () => boolean } {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\ntouch '${path}.started'\necho '${says}'\n`);
  chmodSync(path, 0o755);
  return { path, started: () => existsSync(`${path}.started`) };
}

test("a client's version is asked under a contract that names its words; a remembered answer starts nothing", async () => {
  const place = scene({ git: false });
  const client = fake(join(place.root, "bin"), "claude", "2.1.328 (Claude Code)");
  const known = openKnownPrograms(place.root);
  const find = () =>
    findRuntime(
      {
        cwd: place.project,
        env: { ...place.env, CES_CLAUDE_BIN: client.path },
        secrets: { get: () => undefined, names: [] },
      },
      { config: {}, repository: { root: place.project }, known },
      "claude",
    );
  const first = await find();
  expect(first).toMatchObject({
    kind: "found",
    found: { version: "2.1.328", asked_under: { ref: { policy: "probe", decision: "allow" } } },
  });
  expect(JSON.stringify(first)).toContain(JSON.stringify(JSON.stringify([client.path, "--version"])).slice(1, -1));
  expect(client.started()).toBe(true);
  const again = await find();
  expect(again).toMatchObject({ kind: "found", found: { version: "2.1.328" } });
  expect(again).not.toHaveProperty("found.asked_under");
});

test("a program that the policy does not let start is sealed without its version, and is not started", async () => {
  const place = scene({ git: false });
  const folder = join(place.root, "bin");
  const [fetcher, linter] = [fake(folder, "xh", "xh 1.0"), fake(folder, "some-linter", "some-linter 3.2")];
  const known = openKnownPrograms(place.root);
  const search = { path: folder, forbiddenRoots: [place.project], home: place.root, known };
  const tools = await resolveToolchain(["xh", "some-linter"], [], search);
  expect(tools.map(({ program, version }) => [program, version])).toEqual([
    ["xh", ""],
    ["some-linter", "some-linter 3.2"],
  ]);
  expect([fetcher.started(), linter.started()]).toEqual([false, true]);
});

test("doctor says under which contracts it started what it started", async () => {
  const place = scene({ git: false });
  const client = fake(join(place.root, "bin"), "claude", "2.1.328 (Claude Code)");
  const found = rows(await ces(place, ["doctor", "--json"], { env: { CES_CLAUDE_BIN: client.path } }), "findings");
  const of = (name: string) => found.find((one) => one["name"] === name)?.["contracts"];
  expect(of("claude")).toMatchObject([{ contract_id: "command-probe-claude", policy: "probe" }]);
  // Nothing was started for it.
  expect(of("node")).toBeUndefined();
});
