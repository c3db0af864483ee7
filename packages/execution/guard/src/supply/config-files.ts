// Configuration files of package managers: what a text that is written there switches off, sends elsewhere or runs.
import { HOLE, literal } from "../arg.ts";
import type { Effect } from "../effect.ts";
import { settingMeaning } from "./clients/setting-meaning.ts";

const MAX_LINES = 2_000;
const FILES =
  /(?:^|\/)(?:\.npmrc|npmrc|\.yarnrc|\.yarnrc\.yml|\.pnpmrc|pnpm-workspace\.yaml|bunfig\.toml|\.bunfig\.toml|pip\.conf|pip\.ini|uv\.toml|\.condarc|\.gemrc|\.bundle\/config|\.cargo\/config(?:\.toml)?|\.pypirc)$/;

/** True for a file from which a package manager takes its settings. */
export const isPackageConfig = (path: string): boolean => FILES.test(path);

/**
 * What writing this text to this file means for later installs; empty for other files and for harmless settings.
 * `text` null, or with unknown stretches: what is written is not known, which is a question. `whole` false for an addition.
 */
export function packageConfigEffects(path: string, text: string | null): readonly Effect[] {
  if (!isPackageConfig(path)) return [];
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (text === null || text.includes(HOLE))
    return [
      {
        kind: "supply-chain.drift",
        what: `write \`${name}\`, which decides where packages come from, with what is not known yet`,
      },
    ];
  const lines = text.split("\n");
  if (lines.length > MAX_LINES)
    return [{ kind: "supply-chain.drift", what: `write a \`${name}\` that is too long to be read` }];
  return lines.flatMap((line): readonly Effect[] => {
    const pair = settingOf(line);
    const found = pair === undefined ? undefined : settingMeaning(pair[0], literal(pair[1]));
    return found === undefined || found.kind === "harmless.write"
      ? []
      : [{ ...found, what: `${found.what}, in \`${name}\`` }];
  });
}

// `key=value`, `key = "value"`, `key: value`, `- key value`; yarn 1 separates by a blank.
function settingOf(line: string): readonly [key: string, value: string] | undefined {
  const bare = line.replace(/(?:^|\s)[#;].*$/, "").trim();
  const [, key, value = ""] = /^"?([@\w/.:-]*?[\w-])"?\s*(?:=|:\s|:$|\s)\s*(.*)$/.exec(bare) ?? [];
  if (key === undefined || bare.startsWith("[") || bare.startsWith("-")) return undefined;
  return [key, value.replace(/^["'](.*)["']$/, "$1")];
}
