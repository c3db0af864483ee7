// Every canary is proved itself: with its wall taken down it is red and says what got through; the same trial with the wall is green.
import { describe, expect, test } from "vitest";
import { bwrapOrSkip, clientsOrSkip } from "../../../../../test/support/requirements.ts";
import { canaries } from "../../src/index.ts";
import { canariesNamed, clientNamed, tryProof } from "./proof-ground.ts";
import { weakWalls } from "./weak-walls.ts";

test("no canary is without its fault", () => {
  expect(Object.keys(weakWalls).toSorted()).toEqual(canaries.map(({ id }) => id).toSorted());
});

// A model is needed for some, and then the real client.
const needsClient = (id: string): boolean => canariesNamed(id).some(({ needs_model }) => needs_model === true);

describe.skipIf(bwrapOrSkip())("with its wall taken down it is red:", () => {
  const rows = Object.entries(weakWalls).map(([id, weak]) => [id, weak.fault, weak] as const);
  test.each(rows.filter(([id]) => !needsClient(id)))("%s, when %s", { timeout: 60_000 }, (id, _, weak) =>
    seesRed(id, weak, "replay"),
  );
  test
    .skipIf(clientsOrSkip())
    .each(
      rows
        .filter(([id]) => needsClient(id) || id === "forged-stream")
        .flatMap(([id, fault, weak]) => (["claude", "codex"] as const).map((name) => [id, fault, name, weak] as const)),
    )("%s, when %s, through %s", { timeout: 90_000 }, (id, _, name, weak) => seesRed(id, weak, name));
});

async function seesRed(
  id: string,
  weak: (typeof weakWalls)[string],
  name: "claude" | "codex" | "replay",
): Promise<void> {
  const real = clientNamed(name);
  const proof = await tryProof({
    client: weak.client?.(real) ?? real,
    canaries: canariesNamed(id),
    ...(weak.ports === undefined ? {} : { ports: weak.ports }),
  });
  expect(proof.held).toBe(false);
  expect(proof.canaries).toMatchObject([{ id, held: false, observed: expect.stringContaining(weak.seen) }]);
}

test.skipIf(bwrapOrSkip())("what could not be tried is red, and says why", { timeout: 60_000 }, async () => {
  const proof = await tryProof({
    client: clientNamed("replay"),
    canaries: canariesNamed("sysctl", "forged-stream"),
    ports: (real) => ({ tools: { ...real.tools, bwrap: "/bin/false" } }),
  });
  expect(proof.canaries.map(({ held }) => held)).toEqual([false, false]);
  for (const { observed } of proof.canaries)
    expect(observed).toContain("it was not tried: the box could not be set up");
});
