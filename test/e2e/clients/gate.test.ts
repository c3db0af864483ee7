// The tool gate with real clients: sub-agents are asked too, and a denied call is an answer, not an end (issue 2 §5.1).
import { describe, expect, test } from "vitest";
import { build, clientNames, withShop } from "../../support/e2e/client-lab.ts";
import { honestMoves, type Move } from "../../support/e2e/model-brain.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";

/** Protected below tier A: the gate says no, and the mount would. */
const outside: Move = { write: ".github/workflows/ci.yml", content: "on: push\n" };

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("the tool gate of ces build", () => {
  test.concurrent.each(clientNames)(
    "%s is denied a call, hears why, goes on and completes",
    { timeout: 90_000 },
    async (client) => {
      await withShop(client, { moves: [outside, ...honestMoves] }, async (shop, model) => {
        const { code, data } = await build(shop, model);
        expect(data).toMatchObject({
          state: "merged",
          tool_gate: { asked: 4, allowed: 3, denied: 1 },
          claim: "confirmed",
          files: ["src/users/validate.js", "test/validate.test.js"],
        });
        expect(code).toBe(0);
        expect(shop.git("ls-files", ".github")).toBe("");
        if (client === "claude") expect(model.requests[1]?.body).toMatch(/SCOPE_FORBIDDEN/);
      });
    },
  );

  test.concurrent(
    "claude's sub-agent is asked for each of its calls, named, and counted",
    { timeout: 90_000 },
    async () => {
      const [validate, ...rest] = honestMoves;
      const subAgent = {
        marker: "write-the-validator",
        moves: [outside, ...(validate === undefined ? [] : [validate]), { say: "the validator is written" }],
      };
      const hand: Move = {
        raw: {
          tool: "Task",
          input: { description: "validator", prompt: "write-the-validator", subagent_type: "general-purpose" },
        },
      };
      await withShop("claude", { moves: [hand, ...rest], subAgent }, async (shop, model) => {
        const { code, data } = await build(shop, model);
        expect(data).toMatchObject({
          state: "merged",
          tool_gate: { asked: 5, allowed: 4, denied: 1 },
          usage: { agents: 2 },
          claim: "confirmed",
        });
        expect(code).toBe(0);
        expect(data.files).toEqual(["src/users/validate.js", "test/validate.test.js"]);
      });
    },
  );
});
