// The whole story: an agent needs a package and may not have it; a person brings it in by `ces deps apply`; the delivery goes on from there.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runJson, scriptedModel } from "../../support/e2e/client-lab.ts";
import { depsShop } from "../../support/e2e/deps-shop.ts";
import { claimBlock, type Move } from "../../support/e2e/model-brain.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";

const moves: readonly Move[] = [
  { shell: "npm install tidy-pad" },
  {
    write: "src/label.js",
    content: "import pad from 'tidy-pad'\n\nexport const label = (text) => pad(text, 8)\n",
  },
  {
    write: "test/label.test.js",
    content:
      "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\nimport { label } from '../src/label.js'\n\ntest('pads', () => assert.equal(label('a'), '       a'))\n",
  },
  { say: `Done.\n${claimBlock({ files_changed: ["src/label.js", "test/label.test.js"] })}` },
];
const pad = { name: "tidy-pad", version: "1.0.0", index: "export default (text, size) => text.padStart(size)\n" };

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("a delivery that was stopped for want of a package", () => {
  test(
    "goes on from the branch that has it, under the next version of its contract",
    { timeout: 180_000 },
    async () => {
      const shop = await depsShop([pad], ["tidy-pad@1.0.0"]);
      const model = await scriptedModel("claude", { moves });
      try {
        await shop.importAdvisories([]);
        const scope = ["--scope", "src/**", "--scope", "test/**"];
        const stopped = await runJson(shop, model, ["build", "Pad the labels", "--yes", "--as", "tester", ...scope]);
        const id = stopped.data.delivery_id;
        expect(stopped).toMatchObject({
          code: 3,
          data: { state: "failed", next: `ces deps apply ${id} <package>@<version>` },
        });
        expect(stopped.data.blockers.map(({ code }) => code)).toContain("DEPENDENCY_CHANGE");
        // Before the package is there another attempt would end the same way.
        expect(await runJson(shop, model, ["continue", id, "--yes"])).toMatchObject({
          document: { error: { code: "RETRY_POINTLESS" } },
        });

        const applied = await runJson(shop, model, ["deps", "apply", id, "tidy-pad@1.0.0", "--as", "boss", "--yes"]);
        expect(applied).toMatchObject({
          code: 0,
          data: { state: "merged", next: `npm ci --ignore-scripts, then: ces continue ${id}` },
        });
        installed(shop.shop, shop.home);

        const resumed = await runJson(shop, model, ["continue", id, "--yes", "--as", "tester"]);
        expect(resumed).toMatchObject({
          code: 0,
          data: { delivery_id: id, state: "merged", attempt: 2, manifest_id: stopped.data.manifest_id },
        });
        expect(resumed.data.checks).toEqual([expect.objectContaining({ outcome: "passed", passed: 2 })]);
        expect(shop.git("show", "--stat", "--format=", "HEAD")).not.toContain("package");
        expect(await shop.ces(["audit", "verify"])).toMatchObject({ code: 0 });
      } finally {
        await model.close();
        await shop.close();
      }
    },
  );
});

/** What the person types in their own checkout. */
function installed(cwd: string, home: string): void {
  const done = spawnSync("npm", ["ci", "--ignore-scripts", "--offline", `--cache=${join(home, ".npm")}`], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", HOME: home },
  });
  if (done.status !== 0) throw new Error(done.stderr);
}
