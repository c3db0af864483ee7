// One driver per delivery: the second `continue` is told who drives, whether it comes at the same moment or later (issue 2 §5.3, S33).
import { describe, expect, test } from "vitest";
import { expectMergedOnce, lostAttempts } from "../../support/e2e/merged-once.ts";
import { type ReplayShop, replayShop } from "../../support/e2e/replay-shop.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { box, follow, killWhen, step } from "../../support/e2e/told.ts";

const goOn = ["continue", "--yes", "--as", "tester"];
const slow = [{ tool: "Bash", command: "sleep 2" }];

/** A shop whose first driver died at `name`. */
async function abandoned(name: string, play: (shop: ReplayShop) => Promise<void>): Promise<void> {
  const shop = await replayShop(slow);
  try {
    await killWhen(shop.start([...shop.build, "--jsonl"]), step(name));
    await play(shop);
  } finally {
    shop.remove();
  }
}

describe.skipIf(bwrapOrSkip())("two `continue` of one delivery", () => {
  test("at the same moment: one drives, the other names it", async () => {
    await abandoned("run_issued", async (shop) => {
      const lost = lostAttempts(shop);
      const both = [1, 2].map(() => follow(shop.start([...goOn, "--jsonl"])));
      const ends = await Promise.all(both.map(({ ended }) => ended));
      expect(ends.map(({ code }) => code).toSorted()).toEqual([0, 3]);
      const winner = both[ends.findIndex(({ code }) => code === 0)];
      const loser = both[ends.findIndex(({ code }) => code === 3)];
      expect(loser?.told).toEqual([
        {
          schema: "ces.continue/v1",
          ok: false,
          error: {
            code: "DELIVERY_BUSY",
            message: expect.stringContaining(`is driven by process ${winner?.child.pid} since `),
            remedy: "ces status",
          },
        },
      ]);
      await expectMergedOnce(shop, lost);
    });
  });

  test("while a run is under way: the run is left alone", async () => {
    await abandoned("contract_sealed", async (shop) => {
      const lost = lostAttempts(shop);
      const first = follow(shop.start([...goOn, "--jsonl"]));
      await first.hear(box("implement", "started"));
      const second = await shop.ces(goOn);
      expect({ code: second.code, stdout: second.stdout }).toEqual({ code: 3, stdout: "" });
      expect(second.stderr).toMatch(
        new RegExp(
          `^error: .D-[0-9a-f]{12}. is driven by process ${first.child.pid} since .*\\[DELIVERY_BUSY\\]\\nnext: ces status\\n$`,
        ),
      );
      expect(await first.ended).toMatchObject({ code: 0 });
      await expectMergedOnce(shop, lost);
    });
  });
});
