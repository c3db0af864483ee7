// A change of dependencies is a person's: whether the agent got to write it or was stopped, the delivery ends as
// DEPENDENCY_CHANGE and says which command the person runs (issue 2 §2).
import { describe, expect, test } from "vitest";
import { build, clientNames, withShop } from "../../support/e2e/client-lab.ts";
import { honestMoves, type Move } from "../../support/e2e/model-brain.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";

/** By command, so that only the walls can stop it. */
const addDependency: Move = { shell: "sed -i 's/\"type\": \"module\",/\"type\": \"module\", \"dependencies\": {\"left-pad\": \"1.3.0\"},/' package.json; grep -c left-pad package.json" };
/** By the client's own tool, so that the gate is asked. */
const writeLock: Move = { write: "package-lock.json", content: "{}\n" };
const scope = ["--scope", "package.json", "--scope", "src/**", "--scope", "test/**"];

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("an agent that adds a dependency", () => {
  test.concurrent.each(clientNames)("%s: ends as DEPENDENCY_CHANGE", { timeout: 90_000 }, async (client) => {
    await withShop(client, { moves: [addDependency, writeLock, ...honestMoves] }, async (shop, model) => {
      const base = shop.git("rev-parse", "main");
      const ran = await build(shop, model, scope);
      console.log(client, ran.code, JSON.stringify(ran.document, null, 1), model.requests.map((r) => r.body.slice(-900)).slice(0,4));
      expect(shop.git("rev-parse", "main")).toBe(base);
    });
  });
});
