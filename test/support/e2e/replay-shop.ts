// A project of two files with a recording that changes it: everything of CES is real, only the client is a cassette, so that a
// whole build takes about a second. Its state is marked as a demo's scratch state, the only place where a replay may merge (S38).
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ScratchShop, scratchShop } from "./scratch-shop.ts";

export interface ReplayShop extends ScratchShop {
  /** Arguments of a build that merges; `tester` consents. */
  readonly build: readonly string[];
  /** Records the cassette anew, with these steps between the edits and the claim. */
  record(steps: readonly Step[]): void;
  /** This project's folder in the trust domain. */
  stateDir(): string;
}

const REQUEST = "Greet people by name";

/** Steps of a recording, as `ces.cassette/v1` has them. */
export type Step = Readonly<Record<string, unknown>>;

const write: readonly Step[] = [
  { tool: "Write", path: "src/greet.js", content: ["export const greet = (name) => `hello ${name}`;"] },
  {
    tool: "Write",
    path: "test/greet.test.js",
    content: [
      "import assert from 'node:assert/strict';",
      "import { test } from 'node:test';",
      "import { greet } from '../src/greet.js';",
      "test('by name', () => assert.equal(greet('Ada'), 'hello Ada'));",
    ],
  },
];

const claim: Step = {
  claim: {
    summary: "greets",
    files_changed: ["src/greet.js", "test/greet.test.js"],
    criteria_satisfied: [],
    open_questions: [],
    scope_deviations: [],
    verification_commands: [],
  },
};

const files: Readonly<Record<string, string>> = {
  "package.json": '{"name":"tiny","type":"module","scripts":{"test":"node --test"}}\n',
  "src/add.js": "export const add = (a, b) => a + b;\n",
  "test/add.test.js":
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { add } from '../src/add.js';\ntest('adds', () => assert.equal(add(1, 2), 3));\n",
  // A checkout's `.ces` holds only a pointer and is never tracked.
  ".gitignore": ".ces/\n",
};

/** Makes the project; `steps` are played between the edits and the claim; `person`: `boss`, who may satisfy human gates, is enrolled too; `enrol: false`: nobody is. */
export async function replayShop(
  steps: readonly Step[] = [],
  options: { readonly person?: boolean; readonly enrol?: boolean } = {},
): Promise<ReplayShop> {
  const made = await scratchShop({ enrol: false });
  const base = dirname(made.shop);
  tinyProject(made);
  const cassette = join(base, "greet.cassette.json");
  const examined = ["src/greet.js", "test/greet.test.js"].map((path) => ({ path, note: "read" }));
  const record: ReplayShop["record"] = (between) =>
    writeFileSync(
      cassette,
      JSON.stringify({
        schema: "ces.cassette/v1",
        name: "greet",
        request: REQUEST,
        steps: [...write, ...between, claim],
        reviews: { structural: { examined, findings: [] } },
      }),
    );
  record(steps);
  const state = join(made.state, "ces");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeFileSync(join(state, "demo-scratch"), `${made.shop}\n`, { mode: 0o600 });
  if (options.person === true) await enrol(made, ["boss", "--may", "human"]);
  if (options.enrol !== false)
    await enrol(made, ["tester", "--may", "hybrid", ...(options.person === true ? ["--as", "boss"] : [])]);
  return {
    ...made,
    build: ["build", REQUEST, "--runtime", "replay", "--cassette", cassette, "--yes", "--as", "tester"],
    record,
    stateDir: () => projectFolder(made),
  };
}

async function enrol(made: ScratchShop, words: readonly string[]): Promise<void> {
  const enrolled = await made.ces(["keys", "enroll", ...words]);
  if (enrolled.code !== 0) throw new Error(`keys enroll: ${enrolled.stderr}${enrolled.stdout}`);
}

function tinyProject({ shop, git }: ScratchShop): void {
  for (const name of readdirSync(shop).filter((one) => one !== ".git")) rmSync(join(shop, name), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(shop, path)), { recursive: true });
    writeFileSync(join(shop, path), content);
  }
  git("add", "-A");
  git("commit", "-q", "--amend", "-m", "base");
}

/** The folder in the trust domain of the one project that a shop's state holds. */
export function projectFolder({ state: base }: Pick<ScratchShop, "state">): string {
  const state = join(base, "ces");
  const ids = readdirSync(state).filter((name) => /^[0-9a-f]{32}$/.test(name));
  if (ids.length !== 1) throw new Error(`one project was expected in this state, there are ${ids.length}`);
  return join(state, ids[0] ?? "");
}
