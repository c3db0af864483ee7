// Two ends of `ces contract`: the person at the terminal who approves, and the machine that has no walls to run it in.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bwrapOrSkip } from "../../../test/support/requirements.ts";
import { atTerminal, codeIn } from "./at-terminal.ts";
import { ces, scene, type Scene } from "./run-ces.ts";

const examples = join(import.meta.dirname, "../../../test/vectors/csc/examples");

/** A contract that waits for a person, and its policy. */
function waiting(): { readonly place: Scene; readonly contract: string; readonly policy: string } {
  const place = scene({ git: false });
  cpSync(examples, join(place.project, "csc"), { recursive: true });
  mkdirSync(join(place.project, "repo"));
  const here = (from: string, to: string, change: (text: string) => string): string => {
    const text = readFileSync(join(place.project, "csc", from), "utf8").replaceAll("/workspace", place.project);
    writeFileSync(join(place.project, to), change(text));
    return join(place.project, to);
  };
  const contract = here("contracts/git-status.json", "human.json", (text) =>
    text.replace("policy_only", "human_required").replace('["git", "status", "--short"]', '["ls", "-a"]'),
  );
  return { place, contract, policy: here("policies/dev-readonly.yaml", "policy.yaml", (text) => text) };
}

const approve = ({ contract, policy }: { readonly contract: string; readonly policy: string }, out: string) => [
  "contract",
  "approve",
  contract,
  policy,
  "--out",
  out,
];

test("the code typed at the terminal approves: what is approved was shown, and the approval counts", async () => {
  const { place, contract, policy } = waiting();
  const out = join(place.project, "approval.json");
  const { code, screen } = await atTerminal(place, approve({ contract, policy }, out), (shown) =>
    codeIn(shown) ? `${codeIn(shown)}\r` : null,
  );
  expect({ code, screen }).toMatchObject({ code: 0 });
  expect(screen).toContain("contract_git_status_001");
  expect(screen).toContain('["ls","-a"]');
  expect(screen).toContain("network deny");
  expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ approver: { method: "manual" } });
  const run = (...more: readonly string[]) =>
    ces(place, ["contract", "run", contract, policy, "--mode", "local", "--json", ...more]);
  expect(await run()).toMatchObject({ code: 7 });
  expect(await run("--approval", out)).toMatchObject({ code: 0 });
});

test("a wrong code approves nothing, and neither does a pipe or an agent's shell", async () => {
  const { place, contract, policy } = waiting();
  const out = join(place.project, "approval.json");
  const words = approve({ contract, policy }, out);
  const wrong = await atTerminal(place, words, (shown) => (codeIn(shown) ? "000000x\r" : null));
  expect(wrong).toMatchObject({ code: 3 });
  expect(wrong.screen).toContain("RELEASE_NEEDS_PERSON");
  const marked = await atTerminal(place, words, (shown) => (codeIn(shown) ? `${codeIn(shown)}\r` : null), {
    CLAUDECODE: "1",
  });
  expect(marked).toMatchObject({ code: 3 });
  expect(codeIn(marked.screen)).toBeUndefined();
  expect(await ces(place, [...words, "--yes", "--json"])).toMatchObject({ code: 3 });
  expect(existsSync(out)).toBe(false);
});

// The machine as it is, but for bubblewrap: the outer box shows the whole host and covers that one file.
test.skipIf(bwrapOrSkip())("hardened mode without bubblewrap is exit 5 and says what to install", () => {
  const place = scene({ git: false });
  cpSync(examples, join(place.project, "csc"), { recursive: true });
  const at = (name: string): string => join(place.project, "csc", name);
  const main = join(import.meta.dirname, "../src/main.ts");
  const words = ["contract", "run", at("contracts/git-status.json"), at("policies/dev-readonly.yaml"), "--json"];
  const run = (mode: string, cover: readonly string[]) =>
    spawnSync("/usr/bin/bwrap", ["--dev-bind", "/", "/", ...cover, process.execPath, main, ...words, "--mode", mode], {
      encoding: "utf8",
      cwd: place.project,
      env: { ...place.env, PATH: "/nowhere" },
    });
  const covered = ["--ro-bind", "/dev/null", "/usr/bin/bwrap"];
  const hardened = run("hardened", covered);
  expect(hardened).toMatchObject({ status: 5 });
  expect(JSON.parse(hardened.stdout)).toMatchObject({
    ok: false,
    error: {
      code: "WALLS_UNAVAILABLE",
      message: expect.stringMatching(/bubblewrap is not installed.*apt-get install bubblewrap/),
    },
  });
  // The fault is the missing file: with it in its place the same line is not about walls.
  expect(run("hardened", []).stdout).not.toContain("bubblewrap is not installed");
});
