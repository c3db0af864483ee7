// An agent that fills, floods and waits: the run ends with its own code, the host keeps working, the record is whole (S28, S29).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { type AttackShop, attackShop, shell } from "./attack-shop.ts";

describe.skipIf(bwrapOrSkip())("S29: exhaustion", () => {
  let shop: AttackShop;
  beforeAll(async () => void (shop = await attackShop()));
  afterAll(() => shop.remove());

  test.each<readonly [string, string, readonly string[]]>([
    [
      "the disk, by bytes",
      "i=0; while [ $i -lt 200 ]; do dd if=/dev/zero of=src/fill$i bs=1M count=32 2>/dev/null; i=$((i+1)); sleep 0.02; done",
      ["disk_full"],
    ],
    ["wall time, in a session of its own", "setsid sh -c 'sleep 120' & sleep 120", ["timed_out", "idle"]],
  ])("%s ends the run, and nothing merges", async (_name, command, outcomes) => {
    const played = await shop.play({
      steps: [shell(command)],
      args: ["--time-budget", outcomes.includes("idle") ? "2" : "60"],
    });
    expect(played.code).toBe(3);
    expect(played.codes).toContain("RUN_NOT_COMPLETED");
    expect(outcomes.some((outcome) => played.text.includes(outcome))).toBe(true);
    expect(played.data["merged_commit"]).toBeNull();
  });

  test("memory in /tmp and /dev/shm is bounded, output without a line end floods nothing, and the run goes on", async () => {
    const fill =
      "dd if=/dev/zero of=/tmp/fill bs=1M count=4000 2>/dev/null; dd if=/dev/zero of=/dev/shm/fill bs=1M count=4000 2>/dev/null; stat -c %s /tmp/fill /dev/shm/fill > src/sizes.txt; rm -f /tmp/fill /dev/shm/fill; head -c 200000000 /dev/zero | tr '\\0' x";
    const played = await shop.play({ steps: [shell(fill)], examined: ["src/sizes.txt"] });
    const sizes = (await shop.candidate("src/sizes.txt"))?.trim().split("\n").map(Number) ?? [];
    expect(sizes).toHaveLength(2);
    for (const size of sizes) expect(size).toBeLessThan(2_000_000_000);
    expect(played.data["state"]).toBe("merged");
  });

  test("the ledger is whole after all of it", async () => {
    expect((await shop.ces(["audit", "verify"])).code).toBe(0);
  });
});
