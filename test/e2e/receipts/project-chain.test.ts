// A project's receipts leave it: exported, verified by a stranger under published keys, counted by a checkpoint, and gone on with across keys.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReplayShop, replayShop } from "../../support/e2e/replay-shop.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";

describe.skipIf(bwrapOrSkip())("the chain of a project", () => {
  let shop: ReplayShop;
  let outside: string;
  const away = (name: string): string => join(outside, name);
  beforeAll(async () => {
    shop = await replayShop();
    outside = join(dirname(shop.shop), "stranger");
    mkdirSync(outside, { mode: 0o700 });
    const { code } = await shop.ces(shop.build);
    if (code !== 0) throw new Error("the build did not merge");
  });
  afterAll(() => shop.remove());

  const keys = async (): Promise<string> => {
    const { stdout, code } = await shop.ces(["receipts", "public-key", "--format", "jwks"]);
    expect(code).toBe(0);
    writeFileSync(away("keys.json"), stdout);
    return stdout;
  };
  const exported = async (name: string): Promise<readonly string[]> => {
    expect(await shop.ces(["receipts", "export", "--out", away(name)])).toMatchObject({ code: 0 });
    return readFileSync(away(name), "utf8").trim().split("\n");
  };
  const verify = (name: string, ...more: string[]) =>
    shop.json(["receipts", "verify", away(name), "--keys", away("keys.json"), ...more]);

  it("is judged without naming it, counted, and shown to a stranger", async () => {
    const chain = await shop.json(["receipts", "chain", "--checkpoint-out", away("held.json")]);
    const count = Number(chain.document.data?.["count"]);
    expect(chain).toMatchObject({ code: 0, document: { data: { outcome: "valid", files: null, breaks: 0 } } });
    expect(count).toBeGreaterThan(5);
    await keys();
    const lines = await exported("whole.jsonl");
    expect(lines).toHaveLength(count);
    const checkpoint = ["--checkpoint", away("held.json"), "--require-complete"];
    expect(await verify("whole.jsonl", ...checkpoint)).toMatchObject({ code: 0 });
    writeFileSync(away("cut.jsonl"), lines.slice(0, -1).join("\n"));
    expect(await verify("cut.jsonl")).toMatchObject({ code: 0 });
    expect(await verify("cut.jsonl", ...checkpoint)).toMatchObject({
      code: 4,
      document: { error: { code: "RECEIPT_CHAIN_TRUNCATED" } },
    });
    writeFileSync(away("changed.jsonl"), lines.join("\n").replace('"decision":"allow"', '"decision":"deny"'));
    expect((await verify("changed.jsonl")).code).toBe(4);
  });

  it("goes on across keys; of the old one only the public half is left", async () => {
    const rotated = await shop.json(["keys", "rotate-project"]);
    expect(rotated).toMatchObject({ code: 0, document: { data: { reason: "scheduled" } } });
    expect(await shop.ces(["build", "again", ...shop.build.slice(2)])).toMatchObject({ code: expect.any(Number) });
    expect(await shop.json(["keys", "rotate-project", "--reason", "compromised"])).toMatchObject({ code: 0 });
    const names = readdirSync(join(shop.stateDir(), "keys")).filter((name) => name.startsWith("receipts"));
    expect(names.toSorted()).toEqual(["receipts-0001.pub", "receipts-0002.pub", "receipts-0003.key"]);
    const published = JSON.parse(await keys()) as { readonly keys: readonly Record<string, string>[] };
    expect(published.keys).toMatchObject([
      { kid: rotated.document.data?.["old_kid"], valid_until: expect.any(String) },
      { kid: rotated.document.data?.["kid"], valid_from: expect.any(String), revoked_at: expect.any(String) },
      { valid_from: expect.any(String) },
    ]);
    await exported("later.jsonl");
    expect(await verify("later.jsonl", "--checkpoint", away("held.json"))).toMatchObject({ code: 0 });
    expect(await shop.json(["audit", "verify"])).toMatchObject({ code: 0, document: { data: { verified: true } } });
  });

  it("is told apart from no project at all", async () => {
    for (const words of [
      ["receipts", "chain"],
      ["receipts", "export"],
      ["receipts", "public-key"],
      ["keys", "rotate-project"],
    ])
      expect(await shop.json([...words, "--project-root", outside])).toMatchObject({
        code: 2,
        document: { error: { code: "NO_PROJECT" } },
      });
  });
});
