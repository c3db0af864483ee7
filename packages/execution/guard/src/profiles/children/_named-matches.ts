// What the tests of `find` name outright: a match that would be a file of the agent, of git or a key is judged as that file.
import { type Arg, known } from "../../arg.ts";
import { nameMatcher } from "../../paths/resolve-places.ts";

const files = [
  ".claude/settings.json",
  ".claude/settings.local.json",
  ".codex/config.toml",
  ".codex/hooks.json",
  ".cursor/hooks.json",
  ".cursor/mcp.json",
  ".gemini/settings.json",
  ".mcp.json",
  ".git/config",
  ".git/hooks/pre-commit",
  ".git/HEAD",
  ".env",
  ".ssh/id_rsa",
  ".ssh/id_ed25519",
  ".ssh/authorized_keys",
  ".bashrc",
  ".zshrc",
  ".profile",
  ".gitconfig",
];
const folders = /\.(?:claude|codex|cursor|gemini|opencode|copilot|git(?=\/|$|\*)|ssh|aws|gnupg|config\/ces)/;

/** Paths below a start that `-name`, `-path` or `-wholename` point at, as they matter to the guard. What is negated or pruned points at nothing. */
export function namedMatches(args: readonly Arg[]): readonly string[] {
  const from = args.findLastIndex(({ text }) => text === "-prune") + 1;
  const negated: boolean[] = [];
  let not = false;
  return args.slice(from).flatMap((word, index, all) => {
    const { text } = word;
    if (text === "(") negated.push(not || negated.at(-1) === true);
    if (text === ")") negated.pop();
    const test = all[index - 1]?.text ?? "";
    const named = not || negated.at(-1) === true ? [] : pointsAt(test, known({ ...word, glob: false }));
    not = text === "!" || text === "-not" || (not && /^-i?(?:name|path|wholename)$/.test(text));
    return named;
  });
}

function pointsAt(test: string, pattern: string | undefined): readonly string[] {
  if (pattern === undefined) return [];
  if (/^-i?name$/.test(test)) return byName(pattern);
  return /^-i?(?:path|wholename)$/.test(test) ? byPath(pattern) : [];
}

// A pattern of nothing but an ending (`*.json`) points at nothing.
function byName(pattern: string): readonly string[] {
  if (/^\*+(?:\.\w+)?$/.test(pattern)) return [];
  const matches = nameMatcher(pattern);
  return files.filter((file) => file.split("/").some((part) => part === pattern || matches?.(part) === true));
}

function byPath(pattern: string): readonly string[] {
  const folder = folders.exec(pattern)?.[0];
  const name = pattern.slice(pattern.lastIndexOf("/") + 1).replaceAll(/[*?[\]]/g, "x");
  return folder === undefined ? [] : [`${folder}/${name === "" ? "x" : name}`];
}
