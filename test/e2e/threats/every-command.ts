// Every command of `ces` that a person may type after an attack, so that "no command does X" is asked of all of them.
import type { ScratchShop } from "../../support/e2e/scratch-shop.ts";

const commands: readonly (readonly string[])[] = [
  ["--version"],
  ["--help"],
  ["doctor"],
  ["status"],
  ["explain"],
  ["explain", "--view", "decisioning"],
  ["explain", "--view", "brownfield"],
  ["report", "builder"],
  ["audit"],
  ["audit", "verify"],
  ["keys", "list"],
  ["emergency", "status"],
  ["init"],
  ["continue", "--yes"],
  ["manifest", "Fix a typo in the README", "--yes", "--runtime", "replay", "--cassette", "/nonexistent"],
  ["classify"],
  ["triage"],
  ["approve", "--yes"],
];

/** Runs them all; the answer names those that ended as a bug of CES, which none may. */
export async function everyCommand(
  shop: ScratchShop,
  env: Record<string, string>,
  only: (words: readonly string[]) => boolean = () => true,
): Promise<readonly string[]> {
  const bugs: string[] = [];
  for (const words of commands.filter(only)) {
    const end = await shop.ces([...words, ...(words[0]?.startsWith("-") === true ? [] : ["--json"])], env);
    if (end.code === null || /"code":\s*"BUG"/.test(end.stdout) || /\n\s+at .*:\d+:\d+/.test(end.stderr))
      bugs.push(`${words.join(" ")}: ${end.code} ${end.stdout.slice(0, 300)} ${end.stderr.slice(0, 300)}`);
  }
  return bugs;
}
