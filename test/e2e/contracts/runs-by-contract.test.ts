// Manifest, command contract, decision and run of a delivery join by id and hash (issue 4 §7).
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { replayShop } from "../../support/e2e/replay-shop.ts";
import { readStored } from "../../support/e2e/stored.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";

interface Started {
  readonly order: { readonly purpose: string; readonly manifest_hash: string };
  readonly command_contract: Record<
    "contract_id" | "contract_sha256" | "policy" | "policy_sha256" | "decision_sha256",
    string
  >;
  readonly command_contract_texts: Record<"contract" | "policy" | "decision", string>;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe.skipIf(bwrapOrSkip())("the processes of a delivery", () => {
  test(
    "each run carries its command contract, and the record of the agent's run names the same",
    { timeout: 90_000 },
    async () => {
      const shop = await replayShop();
      try {
        const { code } = await shop.ces(shop.build);
        expect(code).toBe(0);
        const { records } = readStored(shop.stateDir());
        const started = records.filter(({ kind }) => kind === "run_started");
        expect(new Set(started.map(({ body }) => (body as unknown as Started).order.purpose))).toEqual(
          new Set(["implement", "check", "review"]),
        );
        const [manifest] = records.filter(({ kind }) => kind === "manifest");
        for (const { id, body } of started) {
          const { order, command_contract: ref, command_contract_texts: texts } = body as unknown as Started;
          expect(order.manifest_hash).toBe(manifest?.body["content_hash"]);
          expect(ref.contract_id).toBe(`command-${id}`);
          expect(ref).toMatchObject({
            policy: expect.stringMatching(/^tier-[abc]$/),
            decision: "allow",
            contract_sha256: sha256(texts.contract),
            policy_sha256: sha256(texts.policy),
            decision_sha256: sha256(texts.decision),
          });
          expect(texts.contract).toContain(order.manifest_hash);
          expect(JSON.parse(texts.decision)).toMatchObject({ decision: "allow", contract_sha256: ref.contract_sha256 });
          const run = records.find((one) => one.kind === "run" && one.id === id);
          if (run !== undefined) expect(run.body["command_contract"]).toEqual(ref);
        }
        expect(records.some(({ kind, body }) => kind === "run" && body["command_contract"] !== undefined)).toBe(true);
        const told = await shop.ces(["explain", "--view", "decisioning"]);
        const many = started.length;
        expect(told.stdout).toContain(`${many} started, ${many} under a command contract; policy tier-`);
      } finally {
        shop.remove();
      }
    },
  );
});
