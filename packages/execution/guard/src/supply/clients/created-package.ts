// The package that `create NAME` and `init NAME` fetch: `vite` is `create-vite`, `@s` is `@s/create`, `@s/app` is `@s/create-app`.
import { type Arg, known, literal } from "../../arg.ts";

/** The word as the client reads it; a word that is not known, or an address, stays as it is. */
export function createdPackage(word: Arg): Arg {
  const text = known(word);
  if (text === undefined || /^(?:[a-z+]+:|\.|\/)/i.test(text)) return word;
  const [, scope, name = "", version = ""] = /^(?:(@[^/@]+)(?:\/|(?=@)|$))?([^@]*)(@.*)?$/s.exec(text) ?? [];
  if (scope !== undefined) return literal(`${scope}/create${name === "" ? "" : `-${name}`}${version}`);
  return name.includes("/") ? word : literal(`create-${name}${version}`);
}
