// Who may say yes, to what, and what becomes of it: agents and pipes, moved branches, replayed runs.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { type CesEnd, cesProgram, ended } from "../../support/e2e/scratch-shop.ts";
import { type AttackShop, attackShop, played, shell } from "./attack-shop.ts";

const note = { steps: [shell("echo 'export const note = 1' > src/note.js")], examined: ["src/note.js"] } as const;

describe.skipIf(bwrapOrSkip())("S21: who is the person", () => {
  let shop: AttackShop;
  let head: string;
  const merged = (): boolean => shop.git("rev-parse", "main") !== head;

  beforeAll(async () => {
    shop = await attackShop();
    head = shop.git("rev-parse", "main");
    const waiting = await shop.ces([
      "build",
      "Add a note about the shop",
      "--runtime",
      "replay",
      "--cassette",
      shop.cassette(note),
      "--yes",
      "--json",
    ]);
    if (waiting.code !== 7) throw new Error(`nothing waits for a decision: ${waiting.stdout}`);
  });
  afterAll(() => shop.remove());

  test.each<readonly [string, Record<string, string>]>([
    ["through a pipe", {}],
    ["as alice by an environment label", { CES_ACTOR: "alice", USER: "alice", GIT_AUTHOR_NAME: "alice" }],
    ["as bob by an environment label", { CES_ACTOR: "bob", USER: "bob", LOGNAME: "bob" }],
    ["from inside claude", { CLAUDECODE: "1" }],
    ["from inside codex", { CODEX_SANDBOX: "seatbelt" }],
  ])("an approval %s is nobody's", async (_name, env) => {
    const end = await shop.ces(["approve", "--yes", "-r", "looks good"], env);
    expect(end.code).toBe(7);
    expect(merged()).toBe(false);
  });

  test("an approval from a session of its own is nobody's", async () => {
    expect((await inTerminal("setsid", ["-w", cesProgram, "approve", "--yes"], {})).code).toBe(7);
    expect(merged()).toBe(false);
  });

  test.each(["CLAUDECODE", "CODEX_SANDBOX", "CURSOR_AGENT", "GEMINI_CLI"])(
    "a terminal that an agent made itself is nobody's, with %s set",
    async (marker) => {
      const end = await inTerminal("script", ["-qec", `${cesProgram} approve --yes`, "/dev/null"], { [marker]: "1" });
      expect(end.code).toBe(7);
      expect(merged()).toBe(false);
    },
  );

  test("a name that nobody enrolled signs nothing, and an agent cannot enrol a second one", async () => {
    expect((await shop.ces(["approve", "--yes", "--as", "alice"])).code).toBe(2);
    expect((await shop.ces(["keys", "enroll", "alice", "--may", "human", "--yes"])).code).not.toBe(0);
    expect((await shop.ces(["keys", "enroll", "alice", "--may", "human", "--yes"], { CLAUDECODE: "1" })).code).not.toBe(
      0,
    );
    expect(merged()).toBe(false);
  });

  test("the release of a halt is nobody's either", async () => {
    expect((await shop.ces(["emergency", "declare", "something is wrong"])).code).toBe(0);
    const resolved = await shop.ces(["emergency", "resolve", "--yes"], { CES_ACTOR: "alice" });
    expect(resolved.code).not.toBe(0);
    expect((await shop.ces(["approve", "--yes", "--as", "tester"])).code).toBe(3);
    expect(merged()).toBe(false);
  });

  // `script` gives a terminal; the challenge or marker decides what it is worth.
  function inTerminal(program: string, args: readonly string[], env: Record<string, string>): Promise<CesEnd> {
    return ended(
      spawn(program, args, { cwd: shop.shop, env: { ...shop.env, ...env }, stdio: ["ignore", "pipe", "pipe"] }),
    );
  }
});

describe.skipIf(bwrapOrSkip())("S20, S22: what was approved is what merges", () => {
  let shop: AttackShop;
  beforeAll(async () => void (shop = await attackShop()));
  afterAll(() => shop.remove());

  test("S20: harmless words over a dangerous delta need a human, and `--yes` is not one", async () => {
    const file = "src/auth/session.js";
    const answer = await shop.play({
      steps: [shell(`echo '// trust everybody' >> ${file}`)],
      examined: [file],
      request: "Fix typo in UI string",
    });
    expect(answer.data["merged_commit"]).toBeNull();
    expect(answer.data["required_gate"]).toBe("human");
    expect(answer.code).toBeOneOf([3, 7]);
  });

  test("S22: a branch that moved after the evidence voids it; what merges is a new candidate on the new base, checked again", async () => {
    const built = await build(["--yes"]);
    const evidence = String(built.data["evidence_id"]);
    expect(built.code).toBe(7);
    writeFileSync(join(shop.shop, "src/later.js"), "export const later = 1\n");
    shop.git("add", "-A");
    shop.git("commit", "-qm", "somebody else was faster");
    const moved = shop.git("rev-parse", "main").trim();
    const answer = played(await shop.json(["approve", "--as", "tester", "--yes"]));
    if (answer.data["merged_commit"] === null) {
      expect(answer.codes).toContain("STALE_APPROVAL");
      expect(shop.git("rev-parse", "main").trim()).toBe(moved);
      return;
    }
    expect(answer.data["evidence_id"]).not.toBe(evidence);
    expect(shop.git("show", "main:src/later.js")).toContain("later");
    expect(shop.git("rev-parse", "main^").trim()).toBe(moved);
  });

  test("S22: what somebody writes into the checkout after the evidence is not what merges", async () => {
    const built = await build(["--yes"], "src/second.js");
    expect(built.code).toBe(7);
    const tree = await treeOfCandidate();
    writeFileSync(join(shop.shop, "src/smuggled.js"), "evil\n");
    const answer = played(await shop.json(["approve", "--as", "tester", "--yes"]));
    expect(answer.data["state"]).toBe("merged");
    expect(shop.git("rev-parse", "main^{tree}").trim()).toBe(tree);
    expect(shop.git("ls-tree", "-r", "--name-only", "main")).not.toContain("smuggled");
  });

  async function build(flags: readonly string[], file = "src/note.js") {
    const cassette = shop.cassette({ steps: [shell(`echo 'export const note = 1' > ${file}`)], examined: [file] });
    return played(
      await shop.json(["build", "Add a note about the shop", "--runtime", "replay", "--cassette", cassette, ...flags]),
    );
  }

  async function treeOfCandidate(): Promise<string> {
    return (
      /candidate ([0-9a-f]+)/.exec(
        JSON.stringify((await shop.json(["audit", "-e", "evidence", "--limit", "5"])).document.data),
      )?.[1] ?? ""
    );
  }
});

describe.skipIf(bwrapOrSkip())("S38: a replayed run is no way to merge", () => {
  let shop: AttackShop;
  let head: string;
  beforeAll(async () => {
    shop = await attackShop({ mark: false });
    mkdirSync(join(shop.shop, "cassettes"));
    head = shop.git("rev-parse", "main");
  });
  afterAll(() => shop.remove());

  test("in an ordinary project it stops at the evidence, whoever consents", async () => {
    const answer = await shop.play(note);
    expect(answer.code).toBe(3);
    expect(answer.codes).toContain("DEMO_NEVER_MERGES");
    expect(shop.git("rev-parse", "main")).toBe(head);
  });

  test("a second try, an approval and a continuation do not merge it either, and every surface says what it was", async () => {
    for (const args of [
      ["continue", "--yes", "--as", "tester"],
      ["approve", "--yes", "--as", "tester"],
    ]) {
      const end = await shop.ces(args);
      expect(end.code).not.toBe(0);
    }
    for (const args of [["status"], ["explain"]]) expect((await shop.ces(args)).stdout).toContain("not an agent");
    const { document } = await shop.json(["report", "builder"]);
    const paths = (document.data?.["paths"] ?? []) as readonly string[]; // as the command prints them
    expect(paths).toHaveLength(2);
    for (const path of paths) expect(readFileSync(path, "utf8")).toMatch(/replay/);
    expect(shop.git("rev-parse", "main")).toBe(head);
  });

  test("a mark that the project brings along is none", async () => {
    writeFileSync(join(shop.shop, "demo-scratch"), `${shop.shop}\n`);
    mkdirSync(join(shop.shop, ".ces"), { recursive: true });
    writeFileSync(join(shop.shop, ".ces", "demo-scratch"), `${shop.shop}\n`);
    const answer = await shop.play({ ...note, env: { CES_DEMO_MODE: "1", CES_DEFAULT_RUNTIME: "replay" } });
    expect(answer.code).not.toBe(0);
    expect(shop.git("rev-parse", "main")).toBe(head);
  });

  test("the environment alone plays no recording of the repository's", async () => {
    writeFileSync(join(shop.shop, "cassettes", "x.cassette.json"), "{}");
    const end = played(
      await shop.json(["build", "Add a note about the shop", "--yes", "--as", "tester"], {
        CES_DEMO_MODE: "1",
        CES_DEFAULT_RUNTIME: "replay",
      }),
    );
    expect(end.code).not.toBe(0);
    expect(end.codes).toContain("CASSETTE_MISSING");
    expect(shop.git("rev-parse", "main")).toBe(head);
  });
});
