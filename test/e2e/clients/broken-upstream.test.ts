// A model service that answers 429, 500 or cuts its streams: the client recovers, or the delivery ends honestly, with
// nothing merged (issue 2 §5.1).
import { describe, expect, test } from "vitest";
import { build, clientNames, withShop } from "../../support/e2e/client-lab.ts";
import { honestMoves } from "../../support/e2e/model-brain.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";

const failure = (status: number, type: string) => ({ error: { status, type, code: type, message: "scripted" } });

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("ces build with a broken model service", () => {
  test.concurrent("claude gets over 429, 500 and a cut stream", { timeout: 90_000 }, async () => {
    const first = [failure(429, "rate_limit_error"), failure(500, "api_error"), { disconnect: true }];
    await withShop("claude", { moves: honestMoves, first }, async (shop, model) => {
      const { code, data } = await build(shop, model);
      expect(data).toMatchObject({ state: "merged", claim: "confirmed", tool_gate: { asked: 3 } });
      expect(code).toBe(0);
    });
  });

  test.concurrent("codex gets over 500 and a cut stream", { timeout: 90_000 }, async () => {
    await withShop(
      "codex",
      { moves: honestMoves, first: [failure(500, "server_error"), { disconnect: true }] },
      async (shop, model) => {
        const { code, data } = await build(shop, model);
        expect(data).toMatchObject({ state: "merged", claim: "confirmed", tool_gate: { asked: 3 } });
        expect(code).toBe(0);
      },
    );
  });

  test.concurrent.each(clientNames)(
    "%s against a service that only fails: refused, and it says so",
    { timeout: 90_000 },
    async (client) => {
      const first = Array.from({ length: 40 }, () =>
        client === "codex" ? failure(429, "rate_limit_exceeded") : failure(500, "api_error"),
      );
      await withShop(client, { moves: honestMoves, first }, async (shop, model) => {
        const base = shop.git("rev-parse", "main");
        const { code, document, data } = await build(shop, model);
        expect(code).toBe(3);
        expect(document.ok).toBe(false);
        expect(data).toMatchObject({ state: "failed", merged_commit: null, files: [], next: "ces continue" });
        expect(data.evidence_id).toMatch(/^EP-/);
        expect(data.blockers.map(({ code }) => code)).toContain("RUN_NOT_COMPLETED");
        expect(data.blockers.map(({ text }) => text).join()).toContain("api_error");
        expect(shop.git("rev-parse", "main")).toBe(base);
      });
    },
  );
});
