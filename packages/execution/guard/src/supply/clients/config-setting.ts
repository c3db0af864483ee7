// Settings of a client that are written for good: what protects installs is not switched off, and nothing is run in its place.
import { type Arg, HOLE, known } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { shownWord } from "../specs/requirement.ts";
import { weakening } from "./node-options.ts";

/** `key=value` or `key value` words of `config set`, as pairs. */
export function settingPairs(words: readonly Arg[]): readonly (readonly [key: string, value: Arg | undefined])[] {
  const operands = words.filter(({ text }) => !text.startsWith("-"));
  const [first, second] = operands;
  if (first !== undefined && !first.text.includes("=")) return [[first.text, second]];
  return operands.map((arg) => {
    const [key = "", value] = arg.text.split(/=(.*)/s);
    return [key, value === undefined ? undefined : { ...arg, text: value }];
  });
}

const kebab = (key: string): string =>
  key
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();

/** What setting `key` means. Unknown keys that touch no source and no script are a write to a file of the account. */
export function settingOutcome(on: Evaluation, key: string, value: Arg | undefined): Outcome {
  const name = kebab(key);
  const shown = shownWord(key.replaceAll(HOLE, "…"));
  if (key.includes(HOLE))
    return on.effect("unknown.option", "change a setting of which only the run will tell the name");
  if (
    /registry|npm-scopes|index-url|^index$|sources?$|repositor|mirror|repos\.|find-links|server|^pypi\.|\burl$/.test(
      name,
    )
  )
    return on.effect("supply-chain.source", `make \`${shown}\` another source of packages for good`);
  if (/auth|token|password|username|email$|cred/.test(name))
    return on.effect("infra.admin", `store a credential in \`${shown}\``);
  if (
    /trusted-host|no-verify|disable-tls|insecure|secure-http|no-binary|certificate|^cert|ssl|tls/.test(name) &&
    !/^(?:strict-ssl|enable-strict-ssl)$/.test(name)
  )
    return on.effect("supply-chain.protection-off", `weaken \`${shown}\` for good`);
  if (name === "enable-strict-ssl") return weak(on, "strict-ssl", value);
  if (name === "enable-scripts")
    return known(value) === "false"
      ? on.effect("harmless.write", "switch install scripts off")
      : on.effect("supply-chain.scripts-on", "let install scripts run for good");
  if (/only-built-dependencies|never-built|allow-builds|allow-plugins|approved-git/.test(name))
    return on.effect("supply-chain.scripts-on", `let packages run code of their own by \`${shown}\``);
  if (
    /^(?:yarn-path|plugins|prefix|global-?(?:dir|folder)|bin-dir|hooks?|scripts?|.*pnpmfile|script-shell)$/.test(name)
  )
    return on.effect("code-injection.config", `have \`${shown}\` lead to other code`);
  if (/checksum|hardened|immutable/.test(name) && /^(?:false|ignore|update|reset)$/.test(known(value) ?? "false"))
    return on.effect("supply-chain.protection-off", `weaken \`${shown}\` for good`);
  return weak(on, name, value);
}

function weak(on: Evaluation, name: string, value: Arg | undefined): Outcome {
  const found = weakening(name, value);
  if (found !== undefined) return on.effect(found.kind, found.what);
  // Switching scripts off protects; nobody has to be asked for that.
  if (name === "ignore-scripts" || name === "save-exact" || name === "strict-ssl")
    return on.effect("harmless.write", `set \`${shownWord(name)}\``);
  return on.effect("unknown.outside-write", `change \`${shownWord(name)}\` in the client's configuration`);
}
