// The walls as they are: every canary through every client is green, tried for real, and under a command contract.
import { Proof } from "@ces/records";
import { describe, expect, test } from "vitest";
import { bwrapOrSkip, clientsOrSkip } from "../../../../../test/support/requirements.ts";
import { canaries } from "../../src/index.ts";
import { clientNamed, tryProof } from "./proof-ground.ts";

const through = (name: "claude" | "codex" | "replay") => async (): Promise<void> => {
  const proof = await tryProof({ client: clientNamed(name), canaries });
  expect(proof.canaries.filter(({ held }) => !held)).toEqual([]);
  expect(Proof.parse(proof)).toEqual(proof);
  expect(proof.held).toBe(true);
  const untried = proof.not_tried.map(({ id }) => id);
  expect(untried).toEqual(name === "replay" ? ["gateway-key", "nested-client"] : []);
  expect([...proof.canaries.map(({ id }) => id), ...untried].toSorted()).toEqual(
    canaries.map(({ id }) => id).toSorted(),
  );
  for (const { observed } of proof.canaries) expect(observed).toMatch(/refused|gate/);
  // One box for those that look, one for each of the others; each under its own contract.
  expect(proof.command_contracts.map(({ ref }) => ref.policy)).toEqual(
    Array.from({ length: name === "replay" ? 2 : 3 }, () => "tier-c"),
  );
  expect(new Set(proof.command_contracts.map(({ ref }) => ref.contract_id)).size).toBe(proof.command_contracts.length);
};

describe.skipIf(bwrapOrSkip())("the walls hold through", () => {
  test("a recording, which says what it cannot try", { timeout: 60_000 }, through("replay"));
  describe.skipIf(clientsOrSkip())("the real clients", () => {
    test("claude", { timeout: 120_000 }, through("claude"));
    test("codex", { timeout: 120_000 }, through("codex"));
  });
});
