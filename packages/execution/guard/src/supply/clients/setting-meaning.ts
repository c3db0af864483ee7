// What one setting of a package manager means, whoever writes it: a command, or a line of its configuration file.
import { type Arg, known } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import { shownWord } from "../specs/requirement.ts";
import { weakening } from "./node-options.ts";

/** An effect that a setting has. */
export interface SettingMeaning {
  readonly kind: EffectKind;
  readonly what: string;
}

const SOURCE =
  /registry|npm-scopes|index-url|^index$|sources?$|repositor|mirror|repos\.|^repo\.|find-links|server|^pypi\.|\burl$|^channels$|^replace-with$/;
const SECRET = /auth|token|password|username|email$|cred/;
const CHECK = /trusted-host|no-verify|disable-tls|insecure|unsafe|secure-http|no-binary|certificate|^cert|ssl|tls/;
const SCRIPTS =
  /^dangerously-allow-all|only-built-dependencies|never-built|allow-builds|allow-plugins|approved-git|^trusted-?dependencies/;
const CODE =
  /^(?:yarn-path|plugins|prefix|global-?(?:dir|folder)|bin-dir|hooks?|scripts?|.*pnpmfile|script-shell|rustc-wrapper|rustc-workspace-wrapper|runner|linker|credential-process)$/;

/** The meaning; undefined for a setting that touches no source, no check and no script. Protective values are `harmless.write`. */
export function settingMeaning(key: string, value: Arg | undefined): SettingMeaning | undefined {
  const name = kebab(key);
  const shown = shownWord(key.replaceAll("\0", "…"));
  const text = known(value);
  if (SOURCE.test(name))
    return { kind: "supply-chain.source", what: `make \`${shown}\` another source of packages for good` };
  if (SECRET.test(name)) return { kind: "infra.admin", what: `store a credential in \`${shown}\`` };
  if (name === "enable-strict-ssl" || name === "ssl-verify") return protective("strict-ssl", value);
  if (CHECK.test(name) && name !== "strict-ssl")
    return { kind: "supply-chain.protection-off", what: `weaken \`${shown}\` for good` };
  if (name === "enable-scripts")
    return text === "false"
      ? { kind: "harmless.write", what: "switch install scripts off" }
      : { kind: "supply-chain.scripts-on", what: "let install scripts run for good" };
  if (SCRIPTS.test(name) && text !== "false")
    return { kind: "supply-chain.scripts-on", what: `let packages run code of their own by \`${shown}\`` };
  if (CODE.test(name)) return { kind: "code-injection.config", what: `have \`${shown}\` lead to other code` };
  if (/checksum|hardened|immutable/.test(name) && /^(?:false|ignore|update|reset)$/.test(text ?? "false"))
    return { kind: "supply-chain.protection-off", what: `weaken \`${shown}\` for good` };
  return protective(name, value);
}

// What only protects is written without a question.
function protective(name: string, value: Arg | undefined): SettingMeaning | undefined {
  const found = weakening(name, value);
  if (found !== undefined) return found;
  return name === "ignore-scripts" || name === "save-exact" || name === "strict-ssl"
    ? { kind: "harmless.write", what: `set \`${shownWord(name)}\`` }
    : undefined;
}

const kebab = (key: string): string =>
  key
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
