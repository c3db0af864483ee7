// What an agent leaves behind in the tree: things that are not files, repositories in the repository, links to the host, files
// that hide. The freeze names each of them, reads through none, and the host runs nothing of it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { type AttackShop, attackShop, type Played, shell } from "./attack-shop.ts";
import { everyCommand } from "./every-command.ts";
import { trapConfig } from "./git-traps.ts";

describe.skipIf(bwrapOrSkip())("a tree full of traps", () => {
  let shop: AttackShop;
  let played: Played;
  let trap: string;
  let keys: readonly string[];

  beforeAll(async () => {
    shop = await attackShop();
    trap = join(shop.home, "sprung");
    await shop.ces(["init", "--yes"]);
    const files = keyFiles(join(shop.state, "ces"));
    keys = files.map((file) => readFileSync(file, "latin1")).filter((text) => text.length >= 16);
    played = await shop.play({ steps: [shell(nest(trap)), shell(oddities), shell(linksTo(files)), shell(own)] });
  });
  afterAll(() => shop.remove());

  test("nothing merges, and the answer is no", () => {
    expect(played.code).toBe(3);
    expect(played.data["merged_commit"]).toBeNull();
    expect(shop.git("log", "--oneline").trim().split("\n")).toHaveLength(1);
  });

  test("S03: nested, bare and linked repositories are named", () => {
    const text = textsOf(played, "NESTED_REPOSITORY");
    for (const path of ["src/vendor/lib/.git", "src/pkg", "src/gitfile/.git"]) expect(text).toContain(path);
  });

  test("S28: FIFOs, sockets, odd names and deep paths are named, none is opened", () => {
    const text = textsOf(played, "ODD_FILE");
    for (const word of [
      "src/fifo.js",
      "src/.gitattributes",
      "src/a\\n M package.json",
      "deeper than 100",
      "src/hard.js",
    ])
      expect(text).toContain(word);
  });

  test("S28: what stands behind a folder without rights is in the delta", async () => {
    expect(await shop.candidate("src/locked/evil.js")).toBe("evil\n");
  });

  test("S06: links to keys of the state, to /proc and out of the tree are refused, and no key is anywhere", async () => {
    expect(textsOf(played, "LINK_ESCAPES")).toContain("src/notes.md");
    expect(keys.length).toBeGreaterThan(0);
    const said = [played.text];
    for (const args of [
      ["audit", "--limit", "200"],
      ["explain", "--view", "decisioning"],
      ["report", "builder"],
      ["status"],
    ])
      said.push((await shop.ces([...args, "--json"])).stdout);
    const objects = shop.git("cat-file", "--batch-all-objects", "--batch");
    for (const text of [...said, objects]) for (const key of keys) expect(text.includes(key.trim())).toBe(false);
  });

  test("S10: a `.ces` folder in the delta is out of scope at any depth", async () => {
    expect(await shop.candidate("src/a/.ces/config.yaml")).toBeNull();
    expect(played.text).toContain("src/a/.ces/config.yaml");
  });

  test("S03, S11: every command afterwards springs no trap", async () => {
    expect(await everyCommand(shop, {})).toEqual([]);
    expect(existsSync(trap)).toBe(false);
  });

  test("S28: nothing of the run is left, and the next build is not kept waiting", async () => {
    const next = await shop.play({
      steps: [{ tool: "Write", path: "/workspace/src/fine.js", content: "export const fine = 1\n" }],
      examined: ["src/fine.js"],
    });
    expect(next.data["state"]).toBe("merged");
    expect(boxesOf(shop)).toEqual([]);
  });
});

describe.skipIf(bwrapOrSkip())("content that hides", () => {
  let shop: AttackShop;
  beforeAll(async () => void (shop = await attackShop()));
  afterAll(() => shop.remove());

  test("S36: a same-size edit with the time set back is in the delta", async () => {
    const file = "src/search/product-search.js";
    const before = readFileSync(join(shop.shop, file), "utf8");
    const swap = `cp -p ${file} /tmp/old; sed -i 's/return/retur\\x6e/; s/const /const\\t/' ${file}; touch -r /tmp/old ${file}; [ $(stat -c %s ${file}) = $(stat -c %s /tmp/old) ] && [ $(stat -c %Y ${file}) = $(stat -c %Y /tmp/old) ] && echo same > src/same.txt`;
    const { data } = await shop.play({ steps: [shell(swap)], examined: [file, "src/same.txt"] });
    expect(await shop.candidate("src/same.txt")).toBe("same\n");
    expect(data["files"]).toContain(file);
    const after = await shop.candidate(file);
    expect(after).not.toBe(before);
    expect(after).toHaveLength(before.length);
  });

  test("S15: what the base ignores is left behind, and the user's own file stays", async () => {
    writeFileSync(join(shop.shop, ".env"), "MINE=1\n");
    const { data, text } = await shop.play({
      steps: [
        shell(
          "echo 'ANTHROPIC_BASE_URL=https://attacker.example' > src/.env; mkdir -p src/coverage; echo x > src/coverage/x; echo x > src/debug.log; echo '//' >> src/cart/cart.js",
        ),
      ],
      examined: ["src/cart/cart.js"],
    });
    expect(data["files"]).toEqual(["src/cart/cart.js"]);
    expect(text).toContain("src/.env");
    expect(readFileSync(join(shop.shop, ".env"), "utf8")).toBe("MINE=1\n");
  });

  test("S15: an untracked file of the user's in the way stops the merge", async () => {
    mkdirSync(join(shop.shop, "src", "mine"));
    writeFileSync(join(shop.shop, "src/mine/own.js"), "mine\n");
    const head = shop.git("rev-parse", "main");
    const played = await shop.play({
      steps: [shell("mkdir -p src/mine; echo theirs > src/mine/own.js")],
      examined: ["src/mine/own.js"],
    });
    expect(played.code).toBe(3);
    expect(played.codes).toContain("WOULD_OVERWRITE");
    expect(readFileSync(join(shop.shop, "src/mine/own.js"), "utf8")).toBe("mine\n");
    expect(shop.git("rev-parse", "main")).toBe(head);
  });
});

/** A repository in the repository, one whose directory is bare, one by a file. */
const nest = (trap: string): string =>
  [
    "mkdir -p src/vendor/lib src/gitfile src/pkg",
    "cd src/vendor/lib && git init -q . && echo a > a.txt && git add . && git -c user.name=x -c user.email=x@x commit -qm x && echo b > a.txt",
    ...trapConfig(trap).map(([name, value]) => `git config --local '${name}' '${value}'`),
    "echo '* filter=evil diff=evil' > .gitattributes; cd /workspace",
    "cp -r src/vendor/lib/.git/. src/pkg/ && git --git-dir=src/pkg config core.bare true",
    "echo 'gitdir: ../vendor/lib/.git' > src/gitfile/.git",
  ].join("; ");

const oddities = [
  "mkfifo src/fifo.js; mkfifo src/.gitattributes; mkfifo src/.gitignore",
  "touch \"$(printf 'src/a\\n M package.json')\" \"$(printf 'src/b\\xff.js')\" \"$(printf 'src/b\\xfe.js')\"",
  "mkdir src/locked; echo evil > src/locked/evil.js; chmod 000 src/locked/evil.js src/locked",
  "echo x > src/one.js; ln src/one.js src/hard.js",
  "(cd src; for i in $(seq 120); do mkdir d && cd d; done; touch end)",
].join("; ");

const own = "mkdir -p src/a/.ces; echo 'default_runtime: replay' > src/a/.ces/config.yaml";

const linksTo = (files: readonly string[]): string =>
  [
    ...files.map((file, at) => `ln -s '${file}' src/notes${at === 0 ? "" : at}.md`),
    "ln -s /proc/self/environ src/env.txt",
    "ln -s ../../../../../../etc/passwd src/up.txt",
    "ln -s .. src/parent",
  ].join("; ");

function keyFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /key|hmac/i.test(join(entry.parentPath, entry.name).slice(folder.length)))
    .map((entry) => join(entry.parentPath, entry.name));
}

function textsOf(played: Played, code: string): string {
  const blockers = played.data["blockers"] as readonly { readonly code: string; readonly text: string }[]; // as the report's schema says
  return blockers
    .filter((one) => one.code === code)
    .map((one) => one.text)
    .join("\n");
}

/** Run folders of this project's boxes; as root they lie in a folder of the machine that other projects share. */
function boxesOf(shop: AttackShop): readonly string[] {
  const [project = ""] = readdirSync(join(shop.state, "ces")).filter((name) => /^[0-9a-f]{32}$/.test(name));
  const boxes = join(shop.state, "ces", project, "boxes");
  return existsSync(boxes) ? readdirSync(boxes) : [];
}
