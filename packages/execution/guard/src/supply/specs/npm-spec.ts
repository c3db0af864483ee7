// What a word of `npm install` names (npm-package-arg): registry, alias, git, hosted repository, URL, tarball, folder, workspace.
import {
  fromElsewhere,
  fromRegistry,
  newest,
  shownWord,
  wantedBy,
  type PackageSource,
  type Requirement,
} from "./requirement.ts";

const HOSTED = /^(?:github|gitlab|bitbucket|gist|sourcehut):/i;
const GIT = /^(?:git(?:\+(?:ssh|https?|file|rsync|ftp))?:|git@|ssh:)/i;
const REPOSITORY = /^https?:\/\/[^#]*\.git(?:#.*)?$/i;
const URL = /^[a-z][a-z0-9+.-]*:\/\//i;
const FOLDER = /^(?:\.{1,2}(?:\/|$)|[/~\\]|[A-Za-z]:[\\/]|(?:file|link|portal):)/;
const TARBALL = /\.(?:tgz|tar|tar\.gz)$/i;
// `owner/repository`, with a committish or not: what npm takes for a repository on the best known host.
const SHORTHAND = /^[^@\s/:#][^\s/:#]*\/[^\s/#]+(?:#.*)?$/;
const NAME = /^(@[^/\s]+\/[^@/\s]+|[^@/\s]+)(?:@(.*))?$/s;
const VALID_NAME = /^(?:@[a-z0-9~*!'()._-]+\/)?[a-z0-9~*!'()._-]+$/i;

/** Reads one word. */
export function npmSpec(word: string): Requirement {
  if (word.startsWith("npm:")) return { ...npmSpec(word.slice(4)), text: shownWord(word) };
  const direct = sourceOf(word);
  if (direct !== undefined) return fromElsewhere("npm", word, null, direct);
  const found = NAME.exec(word);
  const [, name = "", rest = ""] = found ?? [];
  if (found === null || !VALID_NAME.test(name)) return unreadable(word);
  return named(word, name, rest);
}

/** Reads a line of `dependencies`: a name and what stands beside it. */
export function npmDependency(name: string, value: string): Requirement {
  return VALID_NAME.test(name) ? named(`${name}@${value}`, name, value) : unreadable(`${name}@${value}`);
}

function named(word: string, name: string, rest: string): Requirement {
  if (rest.startsWith("npm:")) return alias(word, name, rest.slice(4));
  if (/^(?:workspace|catalog):/.test(rest))
    return { ...fromRegistry("npm", word, name, newest), source: { kind: "workspace" } };
  if (/^jsr:/.test(rest)) return fromElsewhere("npm", word, name, { kind: "registry-other", at: shownWord(rest) });
  const source = rest === "" ? undefined : sourceOf(rest);
  if (source !== undefined) return fromElsewhere("npm", word, name, source);
  return fromRegistry("npm", word, name, wantedBy("npm", rest, { tags: true }));
}

// SECURITY: what is installed is the target; it is the target that is looked up, whatever it is called here.
function alias(word: string, as: string, target: string): Requirement {
  const real = npmSpec(target);
  if (real.source.kind !== "registry") return { ...real, text: shownWord(word) };
  return { ...real, text: shownWord(word), source: { kind: "alias", as: shownWord(as) } };
}

function sourceOf(text: string): PackageSource | undefined {
  const at = shownWord(text);
  if (HOSTED.test(text) || GIT.test(text) || REPOSITORY.test(text)) return { kind: "git", at };
  if (/^jsr:/.test(text)) return { kind: "registry-other", at };
  if (FOLDER.test(text) && !URL.test(text.replace(/^(?:file|link|portal):/, "")))
    return { kind: "file", at: text.replace(/^(?:file|link|portal):/, ""), folder: !TARBALL.test(text) };
  if (URL.test(text)) return { kind: "url", at };
  if (TARBALL.test(text) && !/^(?:@[^/]+\/)?[^/@]+@/.test(text)) return { kind: "file", at: text, folder: false };
  return SHORTHAND.test(text) ? { kind: "git", at } : undefined;
}

const unreadable = (word: string): Requirement => ({
  ecosystem: "npm",
  text: shownWord(word),
  name: null,
  wanted: { kind: "unknown", text: shownWord(word) },
  source: { kind: "registry" },
});
