// What needs a person waits for one, and the person's decision merges exactly what was measured (DESIGN §2, S22).
import { mkdirSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { REQUEST, runJson, withShop } from "../../support/e2e/client-lab.ts";
import { claimBlock, honestMoves, type Move } from "../../support/e2e/model-brain.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("a delivery that needs a decision", () => {
  test.concurrent("waits without `--as`, and `approve` merges the measured tree", { timeout: 90_000 }, async () => {
    await withShop("codex", { moves: honestMoves }, async (shop, model) => {
      const base = shop.git("rev-parse", "main");
      const waits = await runJson(shop, model, ["build", REQUEST, "--yes"]);
      expect(waits.code).toBe(7);
      expect(waits.document).toMatchObject({
        ok: false,
        error: { code: "NEEDS_APPROVAL", remedy: `ces approve ${waits.data.evidence_id}` },
      });
      expect(waits.data).toMatchObject({ state: "under_review", merged_commit: null, claim: "confirmed" });
      expect(shop.git("rev-parse", "main")).toBe(base);

      // `continue` with the same nobody asks the same question; it runs nothing again.
      const requests = model.requests.length;
      expect(await runJson(shop, model, ["continue", "--yes"])).toMatchObject({
        code: 7,
        data: { state: "under_review", evidence_id: waits.data.evidence_id },
      });
      const approved = await runJson(shop, model, ["approve", "--as", "tester", "--yes", "-r", "read the diff"]);
      expect(approved).toMatchObject({
        code: 0,
        data: { state: "merged", evidence_id: waits.data.evidence_id, attempt: 1 },
      });
      expect(model.requests).toHaveLength(requests);
      const [approval] = (await entries(shop, "approval")).filter(({ refs }) =>
        refs.includes(waits.data.evidence_id ?? ""),
      );
      expect(approval).toMatchObject({ decision: "approve", rationale: "read the diff", actor: "tester" });
      expect(approval?.refs).toContain(shop.git("rev-parse", "main^{tree}").trim());
      expect(shop.git("status", "--porcelain")).toBe("");
      expect(await runJson(shop, model, ["approve", "--as", "tester", "--yes"])).toMatchObject({
        code: 3,
        document: { error: { code: "TRANSITION_REFUSED" } },
      });
    });
  });

  test.concurrent(
    "from an empty folder: repository and commit by `--yes`, and no checks is never green",
    { timeout: 90_000 },
    async () => {
      const moves: readonly Move[] = [
        { write: "src/hello.js", content: "export const hello = () => 'hello'\n" },
        { say: `Done.\n${claimBlock({ files_changed: ["src/hello.js"] })}` },
      ];
      await withShop("claude", { moves }, async (shop, model) => {
        rmSync(shop.shop, { recursive: true });
        mkdirSync(shop.shop);
        const ask = (more: readonly string[]) => runJson(shop, model, ["build", "Write a hello function", ...more]);
        expect(await ask([])).toMatchObject({
          code: 3,
          document: { error: { code: "NEEDS_CONSENT", remedy: "ces init --yes" } },
        });
        // Nobody is enrolled in a project that did not exist; that is said before a model is asked.
        expect(await ask(["--yes", "--as", "tester"])).toMatchObject({
          code: 2,
          document: { error: { code: "IDENTITY_UNKNOWN" } },
        });
        expect(model.requests).toHaveLength(0);
        expect((await shop.ces(["keys", "enroll", "tester", "--may", "hybrid", "--yes"])).code).toBe(0);

        const { code, data } = await ask(["--yes", "--as", "tester"]);
        expect(data.blockers).toEqual([
          expect.objectContaining({ code: "NEEDS_APPROVAL", text: expect.stringContaining("NO_CHECKS") }),
        ]);
        expect(data).toMatchObject({
          state: "under_review",
          files: ["src/hello.js"],
          checks: [],
          merged_commit: null,
          triage: "yellow",
          required_gate: "human",
        });
        expect(code).toBe(7);
        expect(shop.git("log", "--format=%s").trim()).toBe("Start of the project, before CES");
      });
    },
  );
});

interface Recorded {
  readonly decision: string | null;
  readonly actor: string;
  readonly refs: readonly string[];
}

async function entries(shop: Parameters<typeof runJson>[0], type: string): Promise<readonly Recorded[]> {
  const { document } = await shop.json(["audit", "--event-type", type]);
  // The form of the entries is asserted by the caller.
  return (document.data?.["entries"] ?? []) as readonly Recorded[];
}
