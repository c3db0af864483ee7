// S07, S10: where the state lives, and to which folder it belongs.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectState } from "../src/project-state.ts";
import { stateDirectory } from "../src/state-directory.ts";
import { codeOf, remove, scratch } from "./folder.ts";

let folder: string;
let state: string;
let root: string;
const random = (n: number) => new Uint8Array(randomBytes(n));
beforeEach(() => {
  folder = scratch();
  state = join(folder, "state", "ces");
  root = join(folder, "shop");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  mkdirSync(join(root, ".git"), { recursive: true });
});
afterEach(() => remove(folder));
const find = (at = root, first_commit: string | null = "c1") =>
  projectState({ state_directory: state, project_root: at, first_commit }, random);
const pointer = () => join(root, ".ces", "project");

describe("stateDirectory", () => {
  const place = (xdg_state_home: string | undefined, home: string | undefined = folder) =>
    stateDirectory({ xdg_state_home, home, project_root: root });

  it("is XDG_STATE_HOME/ces, else ~/.local/state/ces", () => {
    expect(place(join(folder, "xdg"))).toBe(join(folder, "xdg", "ces"));
    expect(place(undefined)).toBe(join(folder, ".local/state/ces"));
    expect(place("")).toBe(join(folder, ".local/state/ces"));
  });

  it.each([
    ["relative", () => place("state")],
    ["no home", () => place(undefined, "")],
    ["inside the project", () => place(join(root, ".state"))],
    [
      "inside another repository",
      () => {
        mkdirSync(join(folder, "other", ".git"), { recursive: true });
        return place(join(folder, "other", "deep", "state"));
      },
    ],
    [
      "inside a worktree, whose .git is a file",
      () => {
        mkdirSync(join(folder, "tree"));
        writeFileSync(join(folder, "tree", ".git"), "gitdir: elsewhere");
        return place(join(folder, "tree", "state"));
      },
    ],
    [
      "through a link into the project",
      () => {
        symlinkSync(root, join(folder, "link"));
        return place(join(folder, "link", "state"));
      },
    ],
    ["with dots", () => place(`${folder}/x/../shop/state`)],
    [
      "writable by the group",
      () => {
        mkdirSync(join(folder, "g", "ces"), { recursive: true });
        chmodSync(join(folder, "g", "ces"), 0o770);
        return place(join(folder, "g"));
      },
    ],
  ])("%s is refused", (_name, run) => expect(codeOf(run)).toBe("STATE_UNSAFE"));
});

describe("projectState", () => {
  it("makes a random id once and finds it again", () => {
    const first = find();
    expect(first).toMatchObject({ kind: "new", replaced: null, directory: join(state, first.project_id) });
    expect(first.project_id).toMatch(/^[0-9a-f]{32}$/);
    expect(readFileSync(pointer(), "utf8")).toBe(`${first.project_id}\n`);
    expect(readFileSync(join(root, ".ces", ".gitignore"), "utf8")).toBe("*\n");
    expect(find()).toMatchObject({ kind: "found", project_id: first.project_id });
  });

  it("survives `git clean -fdx`: a halt cannot be undone by deleting `.ces`", () => {
    const { project_id } = find();
    rmSync(join(root, ".ces"), { recursive: true });
    expect(find()).toMatchObject({ kind: "found", project_id });
    expect(existsSync(pointer())).toBe(true);
  });

  it("stays with a folder that is moved, and with an unborn repository that gets its first commit", () => {
    const { project_id } = find(root, null);
    expect(find(root, "c1")).toMatchObject({ kind: "found", project_id });
    renameSync(root, join(folder, "moved"));
    expect(find(join(folder, "moved"))).toMatchObject({ kind: "moved", project_id });
    expect(find(join(folder, "moved"))).toMatchObject({ kind: "found", project_id });
  });

  it("gives a copy, a new clone at the same path and another history their own state", () => {
    const { project_id } = find();
    cpSync(root, join(folder, "copy"), { recursive: true });
    const copy = find(join(folder, "copy"));
    expect(copy).toMatchObject({ kind: "new" });
    expect(copy.project_id).not.toBe(project_id);
    expect(find()).toMatchObject({ kind: "found", project_id });
    expect(find(root, "c2")).toMatchObject({ kind: "new", replaced: project_id });
    const now = find(root, "c2").project_id;
    renameSync(root, join(folder, "old"));
    mkdirSync(root);
    cpSync(join(folder, "old", ".ces"), join(root, ".ces"), { recursive: true });
    expect(find(root, "c2")).toMatchObject({ kind: "new", replaced: now });
  });

  it("is not confused by a new folder that got the old one's inode number", () => {
    const { project_id } = find();
    for (let i = 0; i < 5; i += 1) {
      rmSync(root, { recursive: true });
      mkdirSync(root);
      expect(find().kind).toBe("new");
    }
    expect(find().project_id).not.toBe(project_id);
  });

  it("does not follow a pointer that came with the clone", () => {
    const mine = find();
    const evil = join(folder, "evil");
    for (const text of [`${mine.project_id}\n`, "../../.ssh\n", "x".repeat(5000), `${mine.project_id}/../x`, ""]) {
      rmSync(evil, { recursive: true, force: true });
      mkdirSync(join(evil, ".ces"), { recursive: true });
      writeFileSync(join(evil, ".ces", "project"), text);
      const state = find(evil);
      expect(state.kind).toBe("new");
      expect(state.project_id).not.toBe(mine.project_id);
    }
  });

  it("refuses a `.ces` that is a link or holds one, before writing anything", () => {
    symlinkSync(folder, join(root, ".ces"));
    expect(codeOf(() => find())).toBe("PROJECT_POINTER_UNSAFE");
    rmSync(join(root, ".ces"));
    mkdirSync(join(root, ".ces"));
    symlinkSync("/etc/passwd", pointer());
    expect(codeOf(() => find())).toBe("PROJECT_POINTER_UNSAFE");
    rmSync(pointer());
    mkdirSync(pointer());
    expect(codeOf(() => find())).toBe("PROJECT_POINTER_UNSAFE");
  });

  it("refuses a damaged or open binding", () => {
    const { project_id } = find();
    writeFileSync(join(state, project_id, "project.json"), "{}", { mode: 0o600 });
    rmSync(join(root, ".ces"), { recursive: true });
    expect(find()).toMatchObject({ kind: "found", project_id });
    const binding = join(state, "projects");
    chmodSync(binding, 0o755);
    expect(codeOf(() => find())).toBe("STATE_UNSAFE");
  });
});
