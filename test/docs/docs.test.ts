// The documents say what the code is: names, paths, commands, exit codes and records are held against it.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { exitMeaning } from "../../apps/cli/src/exit-codes.ts";
import * as records from "../../packages/foundation/records/src/index.ts";
import { packages, root } from "../../scripts/workspace.ts";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const documents = ["README.md", ...filesIn("docs"), ...filesIn("docs/adr")].filter(
  (path) => !path.endsWith("errors.md"),
);
const rooms = packages();

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => `${folder}/${entry.name}`);
}

/** The command words of the registry: one file each, its path is its name. */
const commands = readdirSync(join(root, "apps/cli/src/commands"), { recursive: true, encoding: "utf8" })
  .filter((path) => /^[^_]*\.tsx?$/.test(path))
  .map((path) => path.replace(/\.tsx?$/, "").replaceAll("/", " "));

/** `ces a b --c` → the longest command that it begins with, or the text itself. */
function commandOf(text: string): string {
  const words = text.trim().split(/\s+/).slice(1);
  const known = [3, 2, 1].map((count) => words.slice(0, count).join(" ")).find((name) => commands.includes(name));
  return known ?? text;
}

describe("README.md", () => {
  const readme = read("README.md");
  const blocks = [...readme.matchAll(/```sh\n([^]*?)```/g)].map(([, text]) => text ?? "");

  it("opens with the two commands", () => {
    expect(blocks[0]).toMatch(/^npx -y pnpm@12 demo {3}#.*\nnpx -y pnpm@12 test {3}#.*\n$/);
  });

  it("runs only scripts that there are", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const named = [...readme.matchAll(/npx -y pnpm@12 ([a-z]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  });

  it("types only commands that there are, and leaves none out", () => {
    const typed = blocks.flatMap((block) => block.split("\n")).filter((line) => line.startsWith("ces "));
    const listed = [...readme.matchAll(/`(ces [a-z][^`]*)`/g)].map(([, text]) => text ?? "");
    const named = new Set([...typed, ...listed].map(commandOf));
    expect([...named].toSorted()).toEqual(commands.toSorted());
  });

  it("has the table of exit codes", () => {
    const rows = [...readme.matchAll(/^\| (\d+) \| ([^|]+) \|$/gm)].map(([, code, text]) => [
      code,
      text?.split(";")[0],
    ]);
    expect(Object.fromEntries(rows)).toEqual(exitMeaningShort());
  });
});

// The README says "integrity is broken: something stored was changed" as help does; nothing is paraphrased.
const exitMeaningShort = (): Record<string, string> => Object.fromEntries(Object.entries(exitMeaning));

describe("links and paths", () => {
  it.each(documents)("%s points at what exists", (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? "");
    const missing = links.filter((target) => !existsSync(join(root, dirname(path), target)));
    const files = [...read(path).matchAll(/`([\w-]+(?:\/[\w{},*.-]+)+\.tsx?)`/g)].map(([, name]) => name ?? "");
    expect([...missing, ...files.filter((name) => !isThere(name))]).toEqual([]);
  });
});

// `sandbox/src/x.ts` is short for the package of that name, `engine/src/hops` for the engine's folder.
function isThere(name: string): boolean {
  if (/[{*]/.test(name)) return true;
  const [first = "", ...rest] = name.split("/");
  const room = rooms.find(({ folder }) => folder.endsWith(`/${first}`));
  const candidates = [name, ...(room ? [join(room.folder, ...rest), join(room.folder, "src", ...rest)] : [])];
  return candidates.some((path) => existsSync(join(root, path)));
}

describe("docs/GLOSSARY.md", () => {
  it("has an entry for every record", () => {
    const glossary = read("docs/GLOSSARY.md");
    const nouns = Object.entries(records).filter(([name, value]) => /^[A-Z]/.test(name) && typeof value === "object");
    expect(nouns.map(([name]) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(glossary))).toEqual([]);
  });
});

describe("docs/security.md", () => {
  const rows = [...read("docs/security.md").matchAll(/^\| (S\d\d) \|(.*)\|$/gm)].map(([, id, text]) => ({
    id,
    cells: (text ?? "").split(" | ").map((cell) => cell.trim()),
  }));

  it("has each of the forty threats once, in order", () => {
    const all = Array.from({ length: 40 }, (_, index) => `S${String(index + 1).padStart(2, "0")}`);
    expect(rows.map(({ id }) => id)).toEqual(all);
  });

  it("claims nothing as held without code and a test", () => {
    const held = rows.filter(({ cells }) => cells.at(-1)?.startsWith("held"));
    expect(held.filter(({ cells }) => !cells[1]?.includes("/src/") || !cells[2]?.includes("test.ts"))).toEqual([]);
  });
});

describe("decisions", () => {
  it("are numbered without a gap, and none is longer than a page", () => {
    const names = filesIn("docs/adr").toSorted();
    expect(names.map((name) => Number(name.slice("docs/adr/".length).slice(0, 4)))).toEqual(
      names.map((_, index) => index + 1),
    );
    expect(names.filter((name) => read(name).length > 4000)).toEqual([]);
  });
});

describe("packages", () => {
  it.each(rooms.filter(({ folder }) => folder.startsWith("packages/")).map(({ folder }) => folder))(
    "%s says what it takes, gives, never does, and where to begin",
    (folder) => {
      const text = existsSync(join(root, folder, "README.md")) ? read(`${folder}/README.md`) : "";
      expect(["Takes", "Gives", "Never", "Read first"].filter((word) => !text.includes(word))).toEqual([]);
    },
  );
});

describe(".env.example", () => {
  it("names every variable, commented out, with a line of its own about it", () => {
    const named = [...read(".env.example").matchAll(/^#([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? "");
    expect(named.toSorted()).toEqual(
      [
        ...["ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "CLAUDE_CODE_OAUTH_TOKEN", "OPENAI_API_KEY", "OPENAI_BASE_URL"],
        ...["CES_AUDIT_HMAC_SECRET", "CES_CLAUDE_BIN", "CES_CODEX_BIN", "CES_DEFAULT_RUNTIME", "CES_DEMO_MODE"],
        ...["CES_LOG_FORMAT", "CES_LOG_LEVEL", "XDG_CONFIG_HOME", "XDG_STATE_HOME"],
      ].toSorted(),
    );
  });
});
