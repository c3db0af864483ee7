// The built `ces build` on a real terminal: frames while it works, questions that a person types answers to, Ctrl-C.
import { spawn } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rows, scene, ces, type Scene } from "./run-ces.ts";

const root = join(import.meta.dirname, "../../..");
const request = "Add input validation to the user registration endpoint";

/** Runs the built program on a pty of 100 × 50; each line of `typing` is typed once its cue is on the screen. */
function atTerminal(
  place: Scene,
  words: string,
  typing: readonly (readonly [cue: string, keys: string])[],
): Promise<{ code: number; screen: string }> {
  if (!existsSync(join(root, "apps/cli/dist/main.js"))) throw new Error("ces is not built; run: npx -y pnpm@12 build");
  const line = `stty rows 50 cols 100; '${join(root, "bin/ces")}' ${words}`;
  const child = spawn("/usr/bin/script", ["-qec", line, "/dev/null"], {
    cwd: place.project,
    env: { ...place.env, TERM: "xterm" },
  });
  const left = [...typing];
  let screen = "";
  let since = 0;
  child.stdout.on("data", (bytes) => {
    screen += bytes;
    const [next] = left;
    if (!next || !screen.slice(since).includes(next[0])) return;
    left.shift();
    since = screen.length;
    child.stdin.write(next[1]);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code: code ?? -1, screen })));
}

function shop(): Scene {
  const place = scene({ git: false });
  rmSync(place.project, { recursive: true });
  cpSync(join(root, "examples/freshcart"), place.project, { recursive: true });
  return place;
}

test("frames while it works, then the outcome; a replay does not merge outside of the demo", async () => {
  const { code, screen } = await atTerminal(shop(), `build "${request}" --yes --runtime replay`, []);
  expect({ code, screen }).toMatchObject({ code: 3 });
  for (const shown of ["✓ contract", "✓ checks", "Actions", "7 allowed", "✓ evidence", "DEMO_NEVER_MERGES"])
    expect(screen).toContain(shown);
  expect(screen.match(/\u001B\[\?25h/g)?.length).toBeGreaterThan(0);
});

test("a person answers in the view; Ctrl-C at a question keeps what there is", async () => {
  const place = shop();
  const { code, screen } = await atTerminal(place, "build --runtime replay", [
    ["What do you want to change?", `${request}\r`],
    ["not in a git repository", "y"],
    ["> y", "\r"],
    ["Which stack or constraint", "\u0003"],
  ]);
  expect({ code, screen }).toMatchObject({ code: 130 });
  expect(screen).toContain("[INTERRUPTED]");
  const events = rows(await ces(place, ["audit", "--json"]), "entries").map(({ summary }) => summary);
  expect(events).toEqual(["delivery_created"]);
});
