// S26: the trash and its journal are files, and an agent can write files. What it writes there moves nothing to where it says.
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { byteText, encodePercent } from "../src/byte-text.ts";
import { FIRST, sealLine } from "../src/journal-line.ts";
import { keepCopy } from "../src/keep-copy.ts";
import { listTrash } from "../src/list-trash.ts";
import { putAside } from "../src/put-aside.ts";
import { restore } from "../src/restore.ts";
import { undoCommand, undoLast, undoSession, type UndoReport } from "../src/undo.ts";
import { homeAt, picture, rm, scratch, scratchHome, words, type Home } from "./scratch-trash.ts";

let home: Home;
let outside: string;
beforeEach(() => {
  home = scratchHome();
  outside = scratch();
  for (const name of ["target", "folder/inner"]) {
    mkdirSync(join(home.work, name, ".."), { recursive: true });
    writeFileSync(join(home.work, name), name);
  }
  writeFileSync(join(outside, "authorized_keys"), "the person's own");
});

const forgedCode = expect.objectContaining({ code: "TRASH_JOURNAL_FORGED" });

/** Everything that could put something back. */
const waysBack = (at: Home): readonly (() => UndoReport)[] => [
  () => undoLast(at.trash, at.roots),
  () => undoSession(at.trash, "session", at.roots),
  () => undoCommand(at.trash, "forged", at.roots),
  () => restore(at.trash, { which: byteText("1"), to: null, roots: at.roots }),
];

describe("an info file that is forged", () => {
  const paths: readonly (readonly [string, string])[] = [
    ["absolute", "/OUTSIDE/new"],
    ["over what stands there", "/OUTSIDE/authorized_keys"],
    ["upwards", "../../../../OUTSIDE/new"],
    ["upwards, encoded", "%2e%2e/%2e%2e/OUTSIDE/new"],
    ["with a NUL", "/OUTSIDE/new%00.txt"],
    ["with a line break", "/OUTSIDE/new%0aPath=/OUTSIDE/other"],
    ["a stray percent sign", "/OUTSIDE/%zz"],
    ["empty", ""],
  ];

  test.each(paths)("%s: is listed, and goes nowhere by itself", (_, path) => {
    listTrash(home.trash);
    writeFileSync(join(home.files, "evil"), "the agent's");
    const text = `[Trash Info]\nPath=${path.replaceAll("/OUTSIDE", outside)}\nDeletionDate=2026-01-01T00:00:00\nX-CES-Item=T-0123456789abcdef.0\n`;
    writeFileSync(join(home.info, "evil.trashinfo"), text);
    const before = [picture(outside), picture(home.work)];
    expect(listTrash(home.trash)).toMatchObject([{ id: null, what: "foreign" }]);
    for (const back of waysBack(home)) expect(goesNowhere(back)).toBe(true);
    expect([picture(outside), picture(home.work)]).toEqual(before);
    expect(existsSync(join(home.files, "evil"))).toBe(true);
  });

  test("goes where the person says, and nowhere else", () => {
    listTrash(home.trash);
    writeFileSync(join(home.files, "evil"), "the agent's");
    writeFileSync(join(home.info, "evil.trashinfo"), `[Trash Info]\nPath=${outside}/new\n`);
    const to = (path: string) => restore(home.trash, { which: byteText("1"), to: byteText(path), roots: home.roots });
    expect(to(join(outside, "new"))).toMatchObject({ kind: "blocked", blockers: [{ code: "OUTSIDE" }] });
    expect(to("target")).toMatchObject({ kind: "blocked", blockers: [{ code: "OVERWRITE" }] });
    symlinkSync(outside, join(home.work, "out"));
    expect(to("out/new")).toMatchObject({ kind: "blocked", blockers: [{ code: "OUTSIDE" }] });
    expect(to("new")).toMatchObject({ kind: "undone", restored: [join(home.work, "new")] });
    expect(readFileSync(join(home.work, "new"), "utf8")).toBe("the agent's");
    expect(readdirSync(outside)).toEqual(["authorized_keys"]);
  });
});

describe("a journal that is forged", () => {
  const intent = (path: string) =>
    [
      {
        kind: "begin",
        txid: "T-1",
        at: "2026-01-01T00:00:00Z",
        what: "put",
        session: "session",
        command: "forged",
        argv: [],
        cwd: "/",
        undoes: [],
      },
      {
        kind: "intent",
        txid: "T-1",
        n: 0,
        how: "move",
        path: encodePercent(byteText(path)),
        facts: null,
        spot: { root: encodePercent(byteText(join(home.files, ".."))), name: "evil" },
        from: null,
      },
      { kind: "settled", txid: "T-1", n: 0, result: "done", ino: null },
      { kind: "end", txid: "T-1", whole: true, recovered: false },
    ] as const;

  function forge(path: string, key: string): void {
    let before = FIRST;
    for (const entry of intent(path)) {
      const { line, code } = sealLine(entry, before, homeAt(home.home, { key: Buffer.from(key) }).trash.mac);
      appendFileSync(home.journal, `${line}\n`, { mode: 0o600 });
      before = code;
    }
  }

  test.each(["/OUTSIDE/new", "/OUTSIDE/../OUTSIDE/new", "/etc/cron.d/evil"])("%s", (path) => {
    listTrash(home.trash);
    rmSync(home.journal);
    writeFileSync(join(home.files, "evil"), "the agent's");
    forge(path.replaceAll("/OUTSIDE", outside), "another key");
    for (const back of waysBack(home)) expect(back).toThrow(forgedCode);
    expect(() => putAside(home.trash, words("target"), rm())).toThrow(forgedCode);
    expect(readFileSync(join(home.work, "target"), "utf8")).toBe("target");
    expect(readdirSync(outside)).toEqual(["authorized_keys"]);
  });

  test("a link, or a file of another mode, is no journal", () => {
    symlinkSync(join(outside, "authorized_keys"), home.journal);
    expect(() => putAside(home.trash, words("target"), rm())).toThrow(/ELOOP|no entry/);
    rmSync(home.journal);
    writeFileSync(home.journal, "", { mode: 0o666 });
    chmodSync(home.journal, 0o666);
    expect(() => putAside(home.trash, words("target"), rm())).toThrow(forgedCode);
    expect(readFileSync(join(outside, "authorized_keys"), "utf8")).toBe("the person's own");
  });

  test("an entry of another journal, a changed, dropped or repeated one is not believed", () => {
    putAside(home.trash, words("target"), rm());
    keepCopy(home.trash, words("folder/inner"), { absent: "record", most_bytes: 1e6 });
    const whole = readFileSync(home.journal, "utf8").split("\n").slice(0, -1);
    const changes: readonly (readonly string[])[] = [
      whole.toSpliced(1, 1),
      whole.toSpliced(1, 0, whole[1] ?? ""),
      whole.toSpliced(0, 2, whole[1] ?? "", whole[0] ?? ""),
      whole.with(1, (whole[1] ?? "").replace("/work/target", "/work/folder/evil")),
      [...whole, whole.at(-1) ?? ""],
      whole.slice(1),
    ];
    for (const lines of changes) {
      writeFileSync(home.journal, `${lines.join("\n")}\n`);
      expect(() => undoLast(home.trash, home.roots)).toThrow(forgedCode);
    }
    writeFileSync(home.journal, `${whole.join("\n")}\n`);
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone" });
  });

  test("no changed byte is believed; a torn end is cut off", () => {
    putAside(home.trash, words("target", "folder"), rm());
    const whole = readFileSync(home.journal);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ flip;
        writeFileSync(home.journal, changed);
        const before = picture(home.work);
        try {
          // The very last byte is the line break: without it the last line counts as torn, and its item as not settled.
          undoCommand(home.trash, "nothing", home.roots);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/TRASH_(JOURNAL_FORGED|UNKNOWN)/) });
        }
        expect(picture(home.work)).toEqual(before);
      }),
      { numRuns: 150 },
    );
    writeFileSync(home.journal, whole);
    appendFileSync(home.journal, '{"mac":"torn');
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "undone", restored: [{}, {}] });
  });

  test("a shorter one loses undo, and nothing else", () => {
    putAside(home.trash, words("target"), rm());
    truncateSync(home.journal, 0);
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "nothing" });
    expect(listTrash(home.trash)).toMatchObject([{ id: null, what: "foreign", path: join(home.work, "target") }]);
  });
});

describe("what lies in the trash", () => {
  test("is not put back when it is another thing by now", () => {
    for (const change of ["content", "a link", "another file", "a hard link of another file"]) {
      const path = join(home.work, "target");
      writeFileSync(path, "target");
      putAside(home.trash, words("target"), rm());
      const trashed = join(home.files, listTrash(home.trash)[0]?.spot.name ?? "");
      if (change === "content") writeFileSync(trashed, "TARGET");
      else rmSync(trashed);
      if (change === "a link") symlinkSync(join(outside, "authorized_keys"), trashed);
      if (change === "another file") writeFileSync(trashed, "tarket");
      if (change === "a hard link of another file") linkSync(join(outside, "authorized_keys"), trashed);
      const report = undoLast(home.trash, home.roots);
      expect([change, report]).toMatchObject([change, { kind: "blocked", blockers: [{ code: "CHANGED" }] }]);
      expect(existsSync(path)).toBe(false);
      rmSync(trashed);
      truncateSync(home.journal, 0);
    }
  });

  test("is not put back through a link, or where a folder became one", () => {
    putAside(home.trash, words("folder/inner"), rm());
    renameSync(join(home.work, "folder"), join(home.work, "was"));
    symlinkSync(outside, join(home.work, "folder"));
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "blocked", blockers: [{ code: "LINK" }] });
    expect(readdirSync(outside)).toEqual(["authorized_keys"]);
  });

  test("is not put back outside of the roots", () => {
    const other = { ...home, trash: { ...home.trash, place: { ...home.trash.place, workspaces: [] } } };
    writeFileSync(join(outside, "gone"), "x");
    putAside(other.trash, words(join(outside, "gone")), rm());
    expect(undoLast(other.trash, words(home.work))).toMatchObject({ kind: "blocked", blockers: [{ code: "OUTSIDE" }] });
    expect(undoLast(other.trash, words(join(outside, "gone")))).toMatchObject({ kind: "blocked" });
    expect(undoLast(other.trash, words(outside))).toMatchObject({ kind: "undone" });
  });

  test("a folder that was made a link inside of a worktree's copies leads nowhere", () => {
    keepCopy(home.trash, words("folder"), { absent: "record", most_bytes: 1e6 });
    const name = listTrash(home.trash)[0]?.spot.name ?? "";
    rmSync(join(home.files, name), { recursive: true });
    symlinkSync(outside, join(home.files, name));
    writeFileSync(join(home.work, "folder/inner"), "changed");
    expect(undoLast(home.trash, home.roots)).toMatchObject({ kind: "blocked", blockers: [{ code: "CHANGED" }] });
  });
});

function goesNowhere(back: () => UndoReport): boolean {
  try {
    return back().kind !== "undone";
  } catch (error) {
    return error instanceof Error && "code" in error && /TRASH_(UNKNOWN|NEEDS_TO)/.test(String(error.code));
  }
}
