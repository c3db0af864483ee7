// `ces emergency declare` in a second process (issue 2 §5.6, S33): boxes die whatever their driver does, everything refuses, the
// halt outlives the folder's contents, clones are other projects, and only a person ends it.
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReplayShop, replayShop } from "../../support/e2e/replay-shop.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { leftBoxes, readStored, type StoredRow } from "../../support/e2e/stored.ts";
import { aliveAfter, follow, killWhen, step, type Told, type Watched } from "../../support/e2e/told.ts";

const hangs = [{ tool: "Bash", command: "setsid sleep 300 & sleep 300" }];
const isCommand = (told: Told): boolean => told.kind === "call" && told["tool"] === "Bash";

async function working(shop: ReplayShop): Promise<Watched> {
  const build = follow(shop.start([...shop.build, "--jsonl"]));
  await build.hear(isCommand);
  while (!build.family.alive().some((command) => command.includes("sleep 300")))
    await new Promise((resolve) => setTimeout(resolve, 5));
  return build;
}

const plan = (shop: ReplayShop): readonly string[] => ["manifest", ...shop.build.slice(1, 7)];
const declare = (shop: ReplayShop) => shop.json(["emergency", "declare", "somebody broke in"]);

describe.skipIf(bwrapOrSkip())("an emergency while a run is under way", () => {
  test("its driver is stopped: the box is dead when the declaration is; the driver wakes to nothing it may do", async () => {
    const shop = await replayShop(hangs, { person: true });
    try {
      const build = await working(shop);
      build.child.kill("SIGSTOP");
      expect(await declare(shop)).toMatchObject({ code: 0, document: { data: { status: "active", boxes_ended: 1 } } });
      expect(build.family.alive()).toEqual([]);
      const before = readStored(shop.stateDir());
      build.child.kill("SIGCONT");
      expect(await build.ended).toMatchObject({ code: 3 });
      expect(build.told.at(-1)).toMatchObject({ ok: false, error: { code: "HALTED", remedy: "ces emergency status" } });
      const after = readStored(shop.stateDir());
      expect(after.snapshot).toMatchObject({ state: "in_flight", attempt: 2, retry_count: 0, candidate_tree: null });
      const isOld = (row: StoredRow): boolean =>
        before.records.some(({ kind, id }) => kind === row.kind && id === row.id);
      const added = after.records.filter((row) => !isOld(row));
      expect(added.map(({ kind }) => kind)).toEqual(["run", "receipt"]);
      expect(after.records.find(({ kind }) => kind === "run")?.body).toMatchObject({
        outcome: "halted",
        order: { attempt: 1 },
      });
      expect(leftBoxes(shop.stateDir(), after)).toEqual([]);
    } finally {
      shop.remove();
    }
  });

  test("its driver lives: it ends by itself, with what there is of evidence", async () => {
    const shop = await replayShop(hangs);
    try {
      const build = await working(shop);
      expect(await declare(shop)).toMatchObject({ code: 0 });
      expect(await aliveAfter(build.family, 0)).toEqual([]);
      expect(await build.ended).toMatchObject({ code: 3 });
      const run = readStored(shop.stateDir()).records.find(({ kind }) => kind === "run");
      expect(run?.body).toMatchObject({ outcome: "halted", tool_gate: { asked: 3, allowed: 3, denied: 0 } });
    } finally {
      shop.remove();
    }
  });
});

describe.skipIf(bwrapOrSkip())("while everything is halted", () => {
  let shop: ReplayShop;
  const inFolder = (folder: string): ReplayShop => ({
    ...shop,
    json: (args, more) => shop.json([...args, "--project-root", folder], more),
  });
  const halted = async (): Promise<unknown> => (await shop.json(["emergency", "status"])).document.data?.["halted"];

  beforeAll(async () => {
    shop = await replayShop([], { person: true });
    await killWhen(shop.start([...shop.build, "--jsonl"]), step("contract_sealed"));
    await declare(shop);
  });
  afterAll(() => shop.remove());

  test.each([["build"], ["execute"], ["approve"], ["continue"], ["review"], ["triage"], ["manifest"]])(
    "`ces %s` refuses",
    async (name) => {
      const words =
        name === "build" ? shop.build : name === "manifest" ? ["manifest", "something else", "--yes"] : [name, "--yes"];
      const before = readStored(shop.stateDir());
      const { code, document } = await shop.json(words);
      expect({ code, ok: document.ok, error: document.error }).toEqual({
        code: 3,
        ok: false,
        error: {
          code: "HALTED",
          message: expect.stringMatching(/^everything is halted since .*: somebody broke in$/),
          remedy: "ces emergency status",
        },
      });
      expect(readStored(shop.stateDir())).toEqual(before);
    },
  );

  test("a second declaration is told of the first", async () => {
    expect(await declare(shop)).toMatchObject({
      code: 3,
      document: { error: { code: "EMERGENCY_ACTIVE", remedy: "ces emergency status" } },
    });
  });

  test("`git clean -fdx` does not undo it", async () => {
    shop.git("clean", "-fdxq");
    expect(await halted()).toBe(true);
    expect(await shop.json(["continue", "--yes"])).toMatchObject({ code: 3, document: { error: { code: "HALTED" } } });
  });

  test("a lost pointer, or one of somebody else, does not undo it", async () => {
    rmSync(join(shop.shop, ".ces"), { recursive: true, force: true });
    expect(await halted()).toBe(true);
  });

  test("nobody ends it from a pipe, nor automation with its key, nor a stranger", async () => {
    expect(await shop.json(["emergency", "resolve"])).toMatchObject({
      code: 3,
      document: {
        error: { code: "RELEASE_NEEDS_PERSON", remedy: expect.stringContaining("ces emergency resolve --as NAME") },
      },
    });
    expect(await shop.json(["emergency", "resolve", "--yes"])).toMatchObject({
      code: 3,
      document: { error: { code: "RELEASE_NEEDS_PERSON" } },
    });
    expect(await shop.json(["emergency", "resolve", "--as", "tester", "--yes"])).toMatchObject({
      code: 3,
      document: { error: { code: "RELEASE_NEEDS_PERSON" } },
    });
    expect(await shop.json(["emergency", "resolve", "--as", "mallory"])).toMatchObject({
      code: 2,
      document: { error: { code: "IDENTITY_UNKNOWN" } },
    });
    expect(await halted()).toBe(true);
  });

  test("a clone elsewhere is another project: not halted", async () => {
    const other = join(dirname(shop.shop), "other");
    shop.git("clone", "-q", shop.shop, other);
    const planned = await shop.ces([...plan(shop), "--project-root", other]);
    expect({ code: planned.code, stderr: planned.stderr }).toMatchObject({ code: 0 });
    expect((await inFolder(other).json(["emergency", "status"])).document.data).toMatchObject({ halted: false });
    expect(await halted()).toBe(true);
  });

  test("a person with an enrolled key ends it; the work goes on", async () => {
    expect(await shop.json(["emergency", "resolve", "--as", "boss", "-r", "false alarm"])).toMatchObject({
      code: 0,
      document: { data: { by: "boss" }, ok: true },
    });
    expect(await halted()).toBe(false);
    expect(await shop.json(["continue", "--yes", "--as", "tester"])).toMatchObject({
      code: 0,
      document: { data: { state: "merged" } },
    });
  });
});

describe.skipIf(bwrapOrSkip())("a new clone put where a halted one was", () => {
  test("is a project of its own", async () => {
    const shop = await replayShop([]);
    try {
      await declare(shop);
      const kept = join(dirname(shop.shop), "kept");
      shop.git("clone", "-q", "--bare", shop.shop, kept);
      rmSync(shop.shop, { recursive: true });
      mkdirSync(shop.shop);
      shop.git("clone", "-q", kept, ".");
      const planned = await shop.json(plan(shop));
      expect({ code: planned.code, error: planned.document.error }).toEqual({ code: 0, error: undefined });
      expect((await shop.json(["emergency", "status"])).document.data).toMatchObject({ halted: false });
    } finally {
      shop.remove();
    }
  });
});
