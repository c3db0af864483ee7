// The main job with the real clients inside the real walls (issue 2 §5.1): request in, merged change out, and the real key
// seen by the vendor and by nobody else.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { build, clientNames, REQUEST, runJson, withShop } from "../../support/e2e/client-lab.ts";
import { honestMoves, type Move } from "../../support/e2e/model-brain.ts";
import { bwrapOrSkip, clientsOrSkip } from "../../support/requirements.ts";

/** Looks for the key wherever a process inside could look; the pattern does not match itself. */
const search: Move = {
  shell:
    "env | grep -c '^PATH='; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n' | grep -E 'KEY|TOKEN|canar[y]'; " +
    "grep -rIohs 'canar[y][.][0-9a-f]*' /proc/[0-9]*/environ /proc/[0-9]*/cmdline /home /tmp /run /etc /opt /var /workspace; echo searched",
};

describe.skipIf(bwrapOrSkip() || clientsOrSkip())("ces build with a real client", () => {
  test.concurrent.each(clientNames)(
    "%s completes the main job, and the key stays outside",
    { timeout: 90_000 },
    async (client) => {
      const [validate, testFile, tests, claim] = honestMoves;
      const moves = [search, validate, testFile, tests, claim].filter((move) => move !== undefined);
      await withShop(
        client,
        { moves },
        async (shop, model) => {
          const { code, document, data } = await build(shop, model);
          expect(document.error).toBeUndefined();
          expect(code).toBe(0);
          expect(document).toMatchObject({ schema: "ces.build/v1", ok: true });
          expect(data).toMatchObject({
            state: "merged",
            tier: "B",
            triage: "yellow",
            runtime: client,
            model: client === "claude" ? "claude-sonnet-4-6" : "gpt-5.5",
            claim: "confirmed",
            tool_gate: { asked: 4, allowed: 4, denied: 0 },
            usage: { requests: 5, agents: 1 },
            files: ["src/users/validate.js", "test/validate.test.js"],
            left_behind: [],
            blockers: [],
            next: 'ces build "…"',
          });
          expect(data.checks).toMatchObject([{ command: "node --test", outcome: "passed", failed: 0 }]);

          const commit = shop.git("rev-parse", "main").trim();
          expect(data.merged_commit).toBe(commit);
          const message = shop.git("log", "-1", "--format=%B");
          expect(message.split("\n")[0]).toBe(REQUEST);
          const trailers = spawnSync("git", ["interpret-trailers", "--parse"], {
            input: message,
            encoding: "utf8",
          }).stdout;
          expect(trailers).toMatch(new RegExp(`^CES-Manifest: ${data.manifest_id}@\\d+ [0-9a-f]{64}$`, "m"));
          expect(trailers).toMatch(new RegExp(`^CES-Evidence: ${data.evidence_id} [0-9a-f]{64}$`, "m"));
          expect(trailers).toMatch(/^CES-Approved-By: tester \(hybrid, AP-[0-9a-f]+\)$/m);
          expect(shop.git("diff", "--name-only", "HEAD^", "HEAD").trim().split("\n")).toEqual(data.files);
          expect(shop.git("status", "--porcelain")).toBe("");
          expect(readFileSync(join(shop.shop, "src/users/validate.js"), "utf8")).toContain("isEmail");

          const verify = await shop.json(["audit", "verify"]);
          expect(verify).toMatchObject({ code: 0, document: { ok: true, data: { status: "valid" } } });

          expect(model.requests.length).toBeGreaterThanOrEqual(6);
          expect(
            model.requests.map(({ headers }) => headers["x-api-key"] ?? headers.authorization?.replace("Bearer ", "")),
          ).toEqual(model.requests.map(() => model.key));
          const told = model.requests.map(({ body }) => body).join("\n");
          expect(told).toContain("searched");
          expect(told).toMatch(/(GATE|ANTHROPIC_API)_KEY=dummy/);
          // Not toContain: a failure would print every body.
          expect(told.includes(model.key)).toBe(false);
          expect(JSON.stringify(document)).not.toContain(model.key);
          expect(filesWith(model.key, dirname(shop.shop))).toEqual([]);
          expect(filesWith(model.key, "/var/lib/ces")).toEqual([]);
        },
        { guard: "observe" },
      );
    },
  );

  test.concurrent(
    "stdout is exactly one document, and stderr and the other modes do not show the key either",
    { timeout: 90_000 },
    async () => {
      await withShop("codex", { moves: honestMoves }, async (shop, model) => {
        const end = await shop.ces(["build", REQUEST, "--yes", "--as", "tester", "--jsonl"], {
          ...model.env,
          CES_LOG_LEVEL: "debug",
        });
        expect(end.code).toBe(0);
        const lines = end.stdout
          .trimEnd()
          .split("\n")
          .map((line): unknown => JSON.parse(line));
        expect(lines.at(-1)).toMatchObject({ schema: "ces.build/v1", ok: true, data: { state: "merged" } });
        expect(lines.length).toBeGreaterThan(10);
        expect(end.stdout + end.stderr).not.toContain(model.key);

        const again = await runJson(shop, model, ["continue"]);
        expect(again).toMatchObject({ code: 0, data: { state: "merged", next: 'ces build "…"' } });
      });
    },
  );
});

/** Files below `folder` that hold `text`; grep says 1 for none. */
function filesWith(text: string, folder: string): readonly string[] {
  const found = spawnSync("grep", ["-rlsF", "--", text, folder], { encoding: "utf8" });
  return found.stdout.split("\n").filter((path) => path !== "");
}
