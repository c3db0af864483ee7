// A change of dependencies is a person's: whether the agent got to write it or was stopped, a delivery that needs it ends as
// DEPENDENCY_CHANGE and says what the person runs (issue 2 §2).
import { describe, expect, test } from "vitest";
import { build, type Ran, withShop } from "../../support/e2e/client-lab.ts";
import { claimBlock, honestMoves, type Move } from "../../support/e2e/model-brain.ts";
import type { ScratchShop } from "../../support/e2e/scratch-shop.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";

const packageJson = JSON.stringify({
  name: "freshcart",
  type: "module",
  scripts: { test: "node --test" },
  dependencies: { "left-pad": "1.3.0" },
});
const byTool: Move = { write: "package.json", content: packageJson };
const byCommand = (path: string): Move => ({ shell: `printf '%s' '${packageJson}' > ${path}; echo written` });
const needsIt: Move = {
  write: "src/users/pad.js",
  content: "import leftPad from 'left-pad'\n\nexport const pad = (text) => leftPad(text, 8)\n",
};
const itsTest: Move = {
  write: "test/pad.test.js",
  content:
    "import { test } from 'node:test'\nimport { pad } from '../src/users/pad.js'\n\ntest('pads', () => pad('a'))\n",
};
const done: Move = {
  say: `Done.\n${claimBlock({ files_changed: ["package.json", "src/users/pad.js", "test/pad.test.js"], verification_commands: [] })}`,
};
const scope = ["--scope", "package.json", "--scope", "src/**", "--scope", "test/**"];

function expectHandedOver(shop: ScratchShop, base: string, { code, document, data }: Ran): void {
  expect(code).toBe(3);
  expect(document).toMatchObject({
    ok: false,
    error: { code: "DEPENDENCY_CHANGE", remedy: `ces deps apply ${data.delivery_id} <package>@<version>` },
  });
  expect(data).toMatchObject({
    state: "failed",
    merged_commit: null,
    next: `ces deps apply ${data.delivery_id} <package>@<version>`,
  });
  expect(shop.git("rev-parse", "main")).toBe(base);
}

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("an agent that needs another dependency", () => {
  test.concurrent(
    "is denied package.json below tier A, cannot do without, and the person is told",
    { timeout: 90_000 },
    async () => {
      await withShop(
        "claude",
        {
          moves: [
            { raw: { tool: "Read", input: { file_path: "/workspace/package.json" } } },
            byTool,
            byCommand("package.json"),
            needsIt,
            itsTest,
            done,
          ],
        },
        async (shop, model) => {
          const base = shop.git("rev-parse", "main");
          const ran = await build(shop, model, scope);
          expectHandedOver(shop, base, ran);
          expect(ran.data).toMatchObject({ tool_gate: { denied: 1 }, files: ["src/users/pad.js", "test/pad.test.js"] });
          expect(ran.data.blockers[0]?.text).toContain("`package.json`");
          expect(ran.data.blockers.map(({ code }) => code)).toContain("CHECK_FAILED");
        },
      );
    },
  );

  test.concurrent("writes one where no mount can hold it: found at the freeze", { timeout: 90_000 }, async () => {
    await withShop("codex", { moves: [byCommand("src/package.json"), ...honestMoves] }, async (shop, model) => {
      const base = shop.git("rev-parse", "main");
      const ran = await build(shop, model);
      expectHandedOver(shop, base, ran);
      expect(ran.data.blockers.map(({ code }) => code)).toContain("SCOPE_VIOLATION");
    });
  });

  test.concurrent(
    "is granted package.json at tier A: the change itself still needs a person",
    { timeout: 90_000 },
    async () => {
      await withShop("codex", { moves: [byCommand("package.json"), ...honestMoves] }, async (shop, model) => {
        const base = shop.git("rev-parse", "main");
        const ran = await build(shop, model, scope, "Change the authentication of the payment service");
        expectHandedOver(shop, base, ran);
        expect(ran.data.tier).toBe("A");
        expect(ran.data.files).toContain("package.json");
      });
    },
  );

  test.concurrent("does without after all: that is a delivery like any other", { timeout: 90_000 }, async () => {
    await withShop(
      "codex",
      { moves: [{ write: "package-lock.json", content: "{}\n" }, ...honestMoves] },
      async (shop, model) => {
        expect((await build(shop, model, scope)).data).toMatchObject({ state: "merged", tool_gate: { denied: 1 } });
      },
    );
  });
});
