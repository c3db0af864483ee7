// A scratch shop in which an attack is a cassette: its steps are played by the real player inside the real walls. The state
// carries the mark of `ces demo`, so that whatever stops an attack is a defence of its own and not DEMO_NEVER_MERGES.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Envelope, type ScratchShop, scratchShop } from "../../support/e2e/scratch-shop.ts";

/** One step of an attack, in the cassette's own words. */
export type AttackStep =
  | { readonly say: string }
  | { readonly tool: "Bash"; readonly command: string }
  | { readonly tool: "Write"; readonly path: string; readonly content: string };

export interface Attack {
  readonly steps: readonly AttackStep[];
  /** Files that the recorded reviewer says it examined; all changed ones, when the attack should get as far as a merge. */
  readonly examined?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly request?: string;
}

/** What `ces build --json` answered. */
export interface Played {
  readonly code: number | null;
  readonly document: Envelope;
  readonly data: Record<string, unknown>;
  /** Codes of the blockers, or of the error. */
  readonly codes: readonly string[];
  /** Everything that was printed. */
  readonly text: string;
}

export interface AttackShop extends ScratchShop {
  play(attack: Attack): Promise<Played>;
  /** Writes a cassette outside the project and gives its path. */
  cassette(attack: Attack): string;
  /** A file of the newest candidate tree, read from the project's objects; null when it is not in it. */
  candidate(path: string): Promise<string | null>;
}

/** `mark: false` leaves out the demo's mark: an ordinary project. */
export async function attackShop(
  options: { readonly mark?: boolean; readonly env?: Record<string, string>; readonly enrol?: boolean } = {},
): Promise<AttackShop> {
  const shop = await scratchShop({ enrol: false, guard: "observe" });
  Object.assign(shop.env, options.env ?? {});
  if (options.mark !== false) leaveMark(shop);
  if (options.enrol !== false) await shop.ces(["keys", "enroll", "tester", "--may", "hybrid", "--yes"]);
  const cassette = (attack: Attack): string => writeCassette(shop, attack);
  return {
    ...shop,
    cassette,
    play: async (attack) => {
      const args = [
        "build",
        requestOf(attack),
        "--runtime",
        "replay",
        "--cassette",
        cassette(attack),
        "--yes",
        "--as",
        "tester",
        "--max-retries",
        "0",
      ];
      return played(await shop.json([...args, ...(attack.args ?? [])], attack.env));
    },
    candidate: (path) => candidateFile(shop, path),
  };
}

/** Runs one step in a shell inside the walls. */
export const shell = (command: string): AttackStep => ({ tool: "Bash", command });

const requestOf = (attack: Attack): string => attack.request ?? "Add a note about the shop";

function leaveMark(shop: ScratchShop): void {
  mkdirSync(join(shop.state, "ces"), { recursive: true, mode: 0o700 });
  writeFileSync(join(shop.state, "ces", "demo-scratch"), `${shop.shop}\n`, { mode: 0o600 });
}

let written = 0;

function writeCassette(shop: ScratchShop, attack: Attack): string {
  const path = join(shop.home, `attack-${(written += 1)}.cassette.json`);
  const claim = {
    summary: "done",
    files_changed: [],
    criteria_satisfied: [],
    open_questions: [],
    scope_deviations: [],
    verification_commands: [],
  };
  const examined = (attack.examined ?? []).map((file) => ({ path: file, note: "read it" }));
  writeFileSync(
    path,
    JSON.stringify({
      schema: "ces.cassette/v1",
      name: "attack",
      request: requestOf(attack),
      steps: [...attack.steps, { claim }],
      reviews: { structural: { examined, findings: [] } },
    }),
  );
  return path;
}

/** A `--json` run of a delivery command, taken apart. */
export function played({
  code,
  document,
  stderr,
}: {
  code: number | null;
  document: Envelope;
  stderr: string;
}): Played {
  const data = document.data ?? {};
  // The outcome's own member; its shape is `{code, text}` by the schema of the report.
  const blockers = (data["blockers"] ?? []) as readonly { readonly code: string }[];
  const codes = [...blockers.map((one) => one.code), ...(document.error === undefined ? [] : [document.error.code])];
  return { code, document, data, codes, text: JSON.stringify(document) + stderr };
}

async function candidateFile(shop: ScratchShop, path: string): Promise<string | null> {
  const { document } = await shop.json(["audit", "-e", "evidence", "--limit", "5"]);
  const entries = (document.data?.["entries"] ?? []) as readonly { readonly summary: string }[]; // as `audit` prints them
  const tree = entries
    .map(({ summary }) => /^candidate ([0-9a-f]+)$/.exec(summary)?.[1])
    .find((one) => one !== undefined);
  if (tree === undefined) throw new Error("no candidate is recorded");
  try {
    return shop.git("--no-replace-objects", "cat-file", "blob", `${tree}:${path}`);
  } catch {
    return null;
  }
}
