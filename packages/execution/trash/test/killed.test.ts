// Killed at any moment, nothing is lost: SIGKILL before each change of the disk in turn, with half a line in the journal where a
// line was due. The next command settles it, and undo brings everything back as it was.
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { listTrash } from "../src/list-trash.ts";
import { undoLast } from "../src/undo.ts";
import { mountOrSkip, mountTmpfs, withoutTrash } from "./devices.ts";
import { performs } from "./mortal-deeds.ts";
import { homeAt, picture, plant, scratch, scratchHome, type Home } from "./scratch-trash.ts";

const compiled = mkdtempSync(join(tmpdir(), "ces-mortal-"));
afterAll(() => rmSync(compiled, { recursive: true, force: true }));
const mortal = join(import.meta.dirname, "mortal-driver.ts");

function live(home: Home, what: string, at: number): Promise<string> {
  const child = spawn(process.execPath, [mortal, home.home, what, String(at)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  return new Promise((resolve) => {
    let out = "";
    child.stdout.on("data", (bytes) => (out += bytes));
    child.on("close", (_, signal) => resolve(signal === "SIGKILL" ? "killed" : out));
  });
}

/** One way to be interrupted: what was done before, what is being done, what must hold afterwards. */
type Deed = {
  readonly what: string;
  readonly before: (home: Home) => void;
  readonly holds: (home: Home, whole: Record<string, string>) => void;
};

const deeds: Readonly<Record<string, Deed>> = {
  "a delete": {
    what: "put",
    before: () => {},
    holds: (home, whole) => {
      undoLast(home.trash, home.roots);
      expect(picture(home.work, "no times")).toEqual(whole);
      expect([...namesIn(home.files), ...namesIn(home.info)]).toEqual([]);
    },
  },
  "an undo of a delete": {
    what: "undo",
    before: (home) => performs["put"]?.(home),
    holds: (home, whole) => {
      undoLast(home.trash, home.roots);
      expect(picture(home.work, "no times")).toEqual(whole);
      expect([...namesIn(home.files), ...namesIn(home.info)]).toEqual([]);
    },
  },
  "a rescue copy": {
    what: "keep",
    before: () => {},
    holds: (home, whole) => {
      expect(picture(home.work, "no times")).toEqual(whole);
      const listed = listTrash(home.trash).map(({ spot }) => String(spot.name));
      expect(namesIn(home.files)).toEqual(listed.sort());
      expect(namesIn(home.info)).toHaveLength(listed.length);
    },
  },
  "a copy of a worktree": {
    what: "worktree",
    before: () => {},
    holds: (home, whole) => expect(picture(home.work, "no times")).toEqual(whole),
  },
  "an undo of an overwrite": {
    what: "undo",
    before: (home) => {
      performs["keep"]?.(home);
      writeFileSync(join(home.work, "file"), "overwritten");
      writeFileSync(join(home.work, "nothing"), "new");
    },
    holds: (home, whole) => {
      undoLast(home.trash, home.roots);
      expect(picture(home.work, "no times")).toEqual(whole);
      const contents = namesIn(home.files).map((name) => content(join(home.files, name)));
      expect(contents).toEqual(expect.arrayContaining(["overwritten", "new"]));
    },
  },
};

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
const content = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

function fresh(makeHome: () => Home): Home {
  const home = makeHome();
  mkdirSync(join(home.work, "tree"));
  plant(join(home.work, "tree"));
  writeFileSync(join(home.work, "file"), "one", { mode: 0o640 });
  symlinkSync("tree", join(home.work, "link"));
  return home;
}

async function killAtEachStep(deed: Deed, makeHome: () => Home, every: number): Promise<void> {
  const one = async (at: number): Promise<string> => {
    const home = fresh(makeHome);
    const whole = picture(home.work, "no times");
    deed.before(home);
    const end = await live(home, deed.what, at);
    try {
      deed.holds(homeAt(home.home), whole);
    } catch (cause) {
      throw new Error(`killed before change ${at} of ${deed.what}`, { cause });
    }
    return end;
  };
  const total = Number(await one(0));
  expect(total).toBeGreaterThan(5);
  const steps = Array.from({ length: Math.ceil(total / every) }, (_, index) => 1 + index * every);
  for (let at = 0; at < steps.length; at += 4)
    expect(await Promise.all(steps.slice(at, at + 4).map(one))).not.toContain(String(total));
}

describe("on one device", () => {
  test.each(Object.keys(deeds))("%s", async (name) => {
    await killAtEachStep(deeds[name]!, () => scratchHome(), name.startsWith("a ") && name !== "a delete" ? 2 : 1);
  });
});

test("at a random moment among thousands", async () => {
  for (let round = 0; round < 3; round += 1) {
    const home = scratchHome();
    mkdirSync(join(home.work, "many"));
    for (let index = 0; index < 1500; index += 1) writeFileSync(join(home.work, `many/f${index}`), String(index));
    const whole = picture(home.work, "no times");
    const child = spawn(process.execPath, [mortal, home.home, "many", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.on("close", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await setTimeout(Math.random() * 250);
    child.kill("SIGKILL");
    await ended;
    undoLast(home.trash, home.roots);
    expect(picture(home.work, "no times")).toEqual(whole);
    expect([...namesIn(home.files), ...namesIn(home.info)]).toEqual([]);
  }
});

describe.skipIf(mountOrSkip())("across devices", () => {
  test.each(["a delete", "an undo of a delete", "an undo of an overwrite"])("%s", async (name) => {
    await killAtEachStep(deeds[name]!, acrossDevices, 5);
  });
});

test.skipIf(mountOrSkip())(
  "what is left of a half removed source and was changed since stops no later command",
  async () => {
    let settled = 0;
    for (let at = 60; at < 110; at += 7) {
      const home = fresh(acrossDevices);
      if ((await live(home, "put", at)) !== "killed") continue;
      const left = picture(home.work, "no times");
      for (const path of Object.keys(left))
        if (path === "/tree/plain.txt") writeFileSync(join(home.work, path), "changed since");
      const rows = listTrash(homeAt(home.home).trash);
      if ("/tree/plain.txt" in left)
        expect(readFileSync(join(home.work, "tree/plain.txt"), "utf8")).toBe("changed since");
      settled += rows.length;
    }
    expect(settled).toBeGreaterThan(0);
  },
);

// The worktree is on a small file system of its own, which has no place for a trash.
function acrossDevices(): Home {
  const home = homeAt(scratch());
  mkdirSync(join(home.home, "state/ces/guard"), { recursive: true, mode: 0o700 });
  mountTmpfs(join(home.home, "volume"), 16);
  withoutTrash(join(home.home, "volume"));
  mkdirSync(join(home.home, "volume/work"));
  symlinkSync("volume/work", home.work);
  return home;
}
