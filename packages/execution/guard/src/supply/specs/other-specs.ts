// What a word names for cargo, go, gem and composer.
import { fromElsewhere, fromRegistry, newest, shownWord, wantedBy, type Requirement } from "./requirement.ts";

/** `serde`, `serde@1.0`, `serde:1`; a path or a URL is asked for by options. */
export function cargoSpec(word: string): Requirement {
  const [, name = "", version = ""] = /^([A-Za-z0-9_-]+)(?:[@:](.*))?$/s.exec(word) ?? [];
  if (name !== "") return fromRegistry("crates.io", word, name, wantedBy("crates.io", version, { tags: false }));
  if (/^(?:git\+|https?:|ssh:|git@)/.test(word))
    return fromElsewhere("crates.io", word, null, { kind: "git", at: shownWord(word) });
  return fromElsewhere("crates.io", word, null, { kind: "file", at: word, folder: true });
}

/** `example.com/module@version`; a path of this module (`./...`) is a folder. */
export function goSpec(word: string): Requirement {
  if (/^(?:\.{1,2}(?:\/|$)|\/)/.test(word))
    return fromElsewhere("Go", word, null, { kind: "file", at: word, folder: true });
  const cut = word.lastIndexOf("@");
  const [path, version] = cut > 0 ? [word.slice(0, cut), word.slice(cut + 1)] : [word, ""];
  const wanted = /^(?:latest|upgrade|patch|none)?$/.test(version) ? newest : wantedBy("Go", version, { tags: true });
  return fromRegistry("Go", word, path.replace(/\/\.\.\.$/, ""), wanted);
}

/** `rails`, `rails:7.0`, a gem file; the version usually stands in an option. */
export function gemSpec(word: string, version = ""): Requirement {
  if (/\.gem$/.test(word)) return fromElsewhere("RubyGems", word, null, { kind: "file", at: word, folder: false });
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word))
    return fromElsewhere("RubyGems", word, null, { kind: "url", at: shownWord(word) });
  const [, name = "", behind = ""] = /^([A-Za-z0-9._-]+)(?::(.*))?$/s.exec(word) ?? [];
  if (name === "") return fromElsewhere("RubyGems", word, null, { kind: "file", at: word, folder: true });
  const text = version === "" ? behind : version;
  return fromRegistry("RubyGems", word, name, wantedBy("RubyGems", text, { tags: false }));
}

/** `vendor/name`, `vendor/name:^1.0`, `vendor/name=1.0`, `vendor/name ^1.0`. */
export function composerSpec(word: string): Requirement {
  const [, name = "", version = ""] =
    /^([a-z0-9_.-]+\/[a-z0-9_.-]+|ext-[a-z0-9_-]+|php)(?:[:=\s](.*))?$/is.exec(word) ?? [];
  if (name === "") return fromElsewhere("Packagist", word, null, { kind: "url", at: shownWord(word) });
  return fromRegistry("Packagist", word, name, wantedBy("Packagist", version, { tags: true }));
}
