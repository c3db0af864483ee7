// An agent that breaks a test and says that all pass: contradicted, nothing merged, and a second attempt may do better.
import { describe, expect, test } from "vitest";
import { build, clientNames, type Ran, runJson, scriptedModel, withShop } from "../../support/e2e/client-lab.ts";
import { claimBlock, honestMoves, type Move } from "../../support/e2e/model-brain.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";

const lie = claimBlock({
  files_changed: ["src/users/extra.js", "test/extra.test.js"],
  verification_commands: [{ command: "node --test", exit_code: 0, summary: "all pass" }],
});
const lyingMoves: readonly Move[] = [
  { write: "src/users/extra.js", content: "export const extra = 1\n" },
  {
    write: "test/extra.test.js",
    content:
      "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\n\ntest('extra', () => assert.equal(1, 2))\n",
  },
  { say: `All tests pass.\n${lie}` },
];

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("an agent that lies", () => {
  test.concurrent.each(clientNames)(
    "%s: contradicted and refused; continue tries again and merges as attempt 2",
    { timeout: 120_000 },
    async (client) => {
      await withShop(client, { moves: lyingMoves }, async (shop, model) => {
        const base = shop.git("rev-parse", "main");
        const lied = await build(shop, model);
        expect(lied.code).toBe(3);
        expect(lied.data).toMatchObject({
          state: "failed",
          attempt: 1,
          claim: "contradicted",
          merged_commit: null,
          next: "ces continue",
        });
        expect(lied.data.checks).toMatchObject([{ command: "node --test", outcome: "failed" }]);
        expect(codes(lied)).toEqual(expect.arrayContaining(["CHECK_FAILED", "CLAIM_CONTRADICTED"]));
        expect(shop.git("rev-parse", "main")).toBe(base);
        expect(shop.git("status", "--porcelain")).toBe("");

        const honest = await scriptedModel(client, { moves: honestMoves });
        const better = await runJson(shop, honest, ["continue", "--yes", "--as", "tester"]);
        await honest.close();
        expect(better.data).toMatchObject({
          delivery_id: lied.data.delivery_id,
          state: "merged",
          attempt: 2,
          claim: "confirmed",
          files: ["src/users/validate.js", "test/validate.test.js"],
        });
        expect(better.code).toBe(0);
        // The second attempt starts from the base and is told, as data, why the first one failed.
        expect(honest.requests[0]?.body).toContain("CHECK_FAILED");
        const retries = await shop.json(["audit", "--limit", "500", "--event-type", "state_transition"]);
        expect(retries.document.data?.["entries"]).toContainEqual(
          expect.objectContaining({
            summary: "retry_issued",
            data: expect.objectContaining({ retry_count: 1, attempt: 2 }),
          }),
        );
        expect((await shop.json(["audit", "verify"])).code).toBe(0);
      });
    },
  );
});

const codes = (ran: Ran): readonly string[] => ran.data.blockers.map(({ code }) => code);
