// Ctrl-C: exit 130, the box is dead, what was journalled stays, `continue` goes on. A second Ctrl-C does not wait (issue 2 §3).
import { describe, expect, test } from "vitest";
import { expectMergedOnce } from "../../support/e2e/merged-once.ts";
import { replayShop } from "../../support/e2e/replay-shop.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { readStored } from "../../support/e2e/stored.ts";
import { aliveAfter, follow, type Told } from "../../support/e2e/told.ts";

const hangs = [{ tool: "Bash", command: "sleep 300" }];
const isCommand = (told: Told): boolean => told.kind === "call" && told["tool"] === "Bash";

describe.skipIf(bwrapOrSkip())("Ctrl-C during a run", () => {
  test.each([
    ["once", 1],
    ["twice", 2],
  ])("%s", async (_, presses) => {
    const shop = await replayShop(hangs);
    try {
      const build = follow(shop.start([...shop.build, "--jsonl"]));
      await build.hear(isCommand);
      for (let press = 0; press < presses; press += 1) {
        build.child.kill("SIGINT");
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(await build.ended).toMatchObject({ code: 130, signal: null, stderr: "" });
      expect(await aliveAfter(build.family, 2000)).toEqual([]);
      // The second one may end the process before the interruption is recorded: then `continue` records it.
      expect(readStored(shop.stateDir()).snapshot).toMatchObject({ state: "in_flight", retry_count: 0 });
      shop.record([]);
      expect(await shop.json(["continue", "--yes", "--as", "tester"])).toMatchObject({
        code: 0,
        document: { data: { state: "merged", attempt: 2 } },
      });
      await expectMergedOnce(shop, 1);
    } finally {
      shop.remove();
    }
  });
});
