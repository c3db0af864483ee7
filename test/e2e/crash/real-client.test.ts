// The real clients at work while CES dies or everything is halted (issue 2 §5.3, §5.6): client, sub-processes and gateway are dead
// within two seconds, what was spent stays spent, and the delivery merges once all the same.
import { afterEach, describe, expect, test } from "vitest";
import { type ClientName, clientNames, scriptedModel, type ScriptedModel } from "../../support/e2e/client-lab.ts";
import { honestMoves, type Move } from "../../support/e2e/model-brain.ts";
import { type ScratchShop, scratchShop } from "../../support/e2e/scratch-shop.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";
import { projectFolder } from "../../support/e2e/replay-shop.ts";
import { leftBoxes, readStored, type StoredRow } from "../../support/e2e/stored.ts";
import { aliveAfter, follow, type Told, type Watched } from "../../support/e2e/told.ts";

const REQUEST = "Add input validation to the user registration endpoint";
const build = ["build", REQUEST, "--yes", "--as", "tester", "--jsonl"];
const hanging: readonly Move[] = [...honestMoves.slice(0, 1), { shell: "setsid sleep 300 & sleep 300" }];
const isCommand = (told: Told): boolean => told.kind === "call" && told["tool_kind"] === "command";
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one();
});

async function scene(
  client: ClientName,
): Promise<{ readonly shop: ScratchShop; readonly model: ScriptedModel; readonly working: Watched }> {
  const shop = await scratchShop();
  undo.push(() => shop.remove());
  const model = await scriptedModel(client, { moves: hanging });
  undo.push(() => model.close());
  const working = follow(shop.start(build, model.env));
  await working.hear(isCommand);
  while (!working.family.alive().some((command) => command.startsWith("sleep 300")))
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(working.family.alive().some((command) => command.includes("gateway.entry"))).toBe(true);
  return { shop, model, working };
}

const runs = (shop: ScratchShop): readonly StoredRow[] =>
  readStored(projectFolder(shop)).records.filter(
    ({ kind, body }) => kind === "run" && JSON.stringify(body).includes('"purpose":"implement"'),
  );

describe.skipIf(bwrapOrSkip() || clientsOrSkip()).each(clientNames)("the real %s", (client) => {
  test("CES is killed: nothing survives, what was spent is carried over, the delivery merges once", async () => {
    const { shop, model, working } = await scene(client);
    working.child.kill("SIGKILL");
    await working.ended;
    expect(await aliveAfter(working.family, 2000)).toEqual([]);
    const honest = await scriptedModel(client, { moves: honestMoves });
    undo.push(() => honest.close());
    const end = await shop.json(["continue", "--yes", "--as", "tester"], honest.env);
    expect({ code: end.code, error: end.document.error }).toEqual({ code: 0, error: undefined });
    expect(end.document.data).toMatchObject({ state: "merged", attempt: 2 });
    const [lost, done] = runs(shop).map(
      ({ body }) =>
        body as {
          outcome: string;
          usage: { requests: number; charged_tokens: number };
          limits: { name: string; asked: string }[];
        },
    );
    expect(lost).toMatchObject({ outcome: "interrupted", reason: { code: "DRIVER_DIED" } });
    expect(lost?.usage.requests).toBeGreaterThan(0);
    expect(done?.outcome).toBe("completed");
    const left = (name: string): number => Number(done?.limits.find((limit) => limit.name === name)?.asked);
    expect(left("tokens")).toBe(500_000 - (lost?.usage.charged_tokens ?? 0));
    expect(left("requests")).toBe(200 - (lost?.usage.requests ?? 0));
    expect(shop.git("log", "--format=%s").trim().split("\n")).toEqual([REQUEST, "base"]);
    expect(await shop.ces(["audit", "verify"])).toMatchObject({ code: 0 });
    expect(leftBoxes(projectFolder(shop), readStored(projectFolder(shop)))).toEqual([]);
    expect(model.requests.length).toBeGreaterThan(0);
  });

  test("an emergency is declared: dead when the declaration is, exit 3, and the record says halted", async () => {
    const { shop, model, working } = await scene(client);
    expect(await shop.json(["emergency", "declare", "stop it"])).toMatchObject({ code: 0 });
    expect(
      working.family.alive().filter((command) => command.startsWith("sleep") || command.includes("bwrap")),
    ).toEqual([]);
    expect(await aliveAfter(working.family, 2000)).toEqual([]);
    expect(await working.ended).toMatchObject({ code: 3 });
    expect(runs(shop).map(({ body }) => body["outcome"])).toEqual(["halted"]);
    expect(await shop.json(build.slice(0, -1), model.env)).toMatchObject({
      code: 3,
      document: { error: { code: "HALTED", remedy: "ces emergency status" } },
    });
  });
});
