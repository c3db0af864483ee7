// SIGKILL of `ces` right after each journalled step, and while a box starts; then `ces continue` (issue 2 §5.3, DESIGN §3, S18).
// One delivery is killed several times: the build first, then each `continue`, then it may end.
import { describe, expect, test } from "vitest";
import { expectMergedOnce, lostAttempts } from "../../support/e2e/merged-once.ts";
import { type ReplayShop, replayShop } from "../../support/e2e/replay-shop.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { leftBoxes, readStored } from "../../support/e2e/stored.ts";
import { aliveAfter, box, killIfHeard, killWhen, step, type Told } from "../../support/e2e/told.ts";

interface Blow {
  readonly fits: (told: Told) => boolean;
  readonly delay_ms: number;
}

const steps = [
  ["delivery_created", "checks_done", "triage_opened"],
  ["brief_collected", "evidence_sealed", "triaged"],
  ["contract_sealed", "review_routed", "approved"],
  ["run_issued", "reviewed_structural", "merged"],
  ["run_ended", "reviews_done", "checkout_updated"],
  ["frozen", "checked_test", "challenger_briefed"],
] as const;

const moments = [0, 1, 3, 6, 12, 20] as const;
const purposes = ["implement", "check", "review"] as const;

const goOn = ["continue", "--yes", "--as", "tester"];

/** Kills build and continues in turn; `continue` ends it. Nothing of a killed driver may live two seconds later. */
async function survives(blows: readonly Blow[]): Promise<void> {
  const shop = await replayShop();
  try {
    let lost = 0;
    for (const [at, blow] of blows.entries()) {
      const kill = at === 0 ? killWhen : killIfHeard;
      const watched = await kill(shop.start([...(at === 0 ? shop.build : goOn), "--jsonl"]), blow.fits, blow.delay_ms);
      // It ran to its end: the blow before landed later than it was aimed.
      if (watched === null) break;
      expect(await aliveAfter(watched.family, 2000)).toEqual([]);
      lost += lostAttempts(shop);
    }
    await ends(shop, lost);
  } finally {
    shop.remove();
  }
}

async function ends(shop: ReplayShop, lost: number): Promise<void> {
  const { code, stderr, document } = await shop.json(goOn);
  expect({ code, stderr, error: document.error }).toEqual({ code: 0, stderr: "", error: undefined });
  await expectMergedOnce(shop, lost);
}

describe.skipIf(bwrapOrSkip())("SIGKILL right after a journalled step", () => {
  test.concurrent.each(steps)("%s, then %s, then %s", async (...names) => {
    await survives(names.map((name) => ({ fits: step(name), delay_ms: 0 })));
  });
});

describe.skipIf(bwrapOrSkip())("SIGKILL while a box starts, of the agent, of a check, of a review", () => {
  test.concurrent.each(moments)("%i ms after it was spawned", async (delay_ms) => {
    await survives(purposes.map((purpose) => ({ fits: box(purpose, "spawned"), delay_ms })));
  });

  test.concurrent("a delivery that nobody continues: what it left goes when another one is driven", async () => {
    const shop = await replayShop();
    try {
      const watched = await killWhen(shop.start([...shop.build, "--jsonl"]), box("implement", "started"));
      expect(await aliveAfter(watched.family, 2000)).toEqual([]);
      expect(leftBoxes(shop.stateDir(), readStored(shop.stateDir()))).toHaveLength(1);
      expect(await shop.json(shop.build)).toMatchObject({ code: 0, document: { data: { state: "merged" } } });
      expect(leftBoxes(shop.stateDir(), readStored(shop.stateDir()))).toEqual([]);
    } finally {
      shop.remove();
    }
  });

  test.concurrent("right after it was let go", async () => {
    await survives(purposes.map((purpose) => ({ fits: box(purpose, "started"), delay_ms: 0 })));
  });
});
