// CES's own time in a governed build: the whole `ces build` of a small change, less what ran in boxes (agent, checks, review).
import { scriptedModel } from "../support/e2e/client-lab.ts";
import { honestMoves } from "../support/e2e/model-brain.ts";
import { scratchShop } from "../support/e2e/scratch-shop.ts";
import { needClients } from "./clients.ts";
import { type Figure, measure, median, within } from "./figures.ts";
import { build, type TakenApart } from "./governed-build.ts";

const BUILDS = 3;
const BAR_MS = 400;

needClients();

await measure("governed build, CES's own time", async () => {
  const replayed = await builds(null);
  const governed = await builds("claude");
  return [...judged("replay", replayed), ...judged("claude", governed)];
});

/** The first is not judged: a state folder that is made, programs that are digested, clients that are asked for their version. */
async function builds(client: "claude" | null): Promise<readonly TakenApart[]> {
  const shop = await scratchShop();
  const base = shop.git("rev-parse", "HEAD").trim();
  const taken: TakenApart[] = [];
  try {
    for (let i = 0; i <= BUILDS; i += 1) {
      shop.git("reset", "-q", "--hard", base);
      const model = client === null ? null : await scriptedModel(client, { moves: honestMoves });
      taken.push(await build(shop, model).finally(() => model?.close()));
    }
  } finally {
    shop.remove();
  }
  return taken;
}

function judged(name: string, [first, ...taken]: readonly TakenApart[]): readonly Figure[] {
  const names = [...new Set(taken.flatMap(({ stages }) => Object.keys(stages)))];
  const stage = (of: string): Figure => ({
    ...within(
      `  ${of}`,
      taken.map(({ stages }) => stages[of] ?? 0),
      0,
    ),
    bar: null,
    held: true,
  });
  const whole = {
    ...within(
      name,
      taken.map(({ own }) => own),
      BAR_MS,
    ),
    ours: `${median(taken.map(({ own }) => own)).toFixed(0)} of ${median(taken.map(({ total }) => total)).toFixed(0)} ms`,
  };
  const cold: Figure = { ...within("  the first one here", [first?.own ?? 0], 0), bar: null, held: true };
  return [whole, cold, ...names.map(stage)];
}
