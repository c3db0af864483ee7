// What a word of `pip install` names (PEP 508): a distribution with specifier, extras and marker, a direct reference, a wheel, a folder.
import {
  fromElsewhere,
  fromRegistry,
  newest,
  shownWord,
  wantedBy,
  type PackageSource,
  type Requirement,
} from "./requirement.ts";

const VCS = /^(?:git|hg|svn|bzr)(?:\+[a-z]+)?(?::|@)/i;
const URL = /^[a-z][a-z0-9+.-]*:\/\//i;
const ARCHIVE = /\.(?:whl|tar\.gz|tar\.bz2|tar\.xz|tgz|zip|egg)(?:\[.*\])?$/i;
const NAMED = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s;

/** Reads one word, or one line of a requirements file without its options. */
export function pipSpec(word: string): Requirement {
  const text = word.trim();
  const direct = sourceOf(text);
  if (direct !== undefined) return fromElsewhere("PyPI", text, nameOfArchive(text), direct);
  const found = NAMED.exec(withoutMarker(text));
  const [, name = "", rest = ""] = found ?? [];
  if (found === null) return unreadable(text);
  if (rest.startsWith("@")) return reference(text, name, rest.slice(1).trim());
  return fromRegistry("PyPI", text, name, wantedVersion(rest));
}

/** A folder or repository that is used where it stands: the word after `-e`. */
export function pipEditable(word: string): Requirement {
  const source = sourceOf(word) ?? { kind: "file", at: word, folder: true };
  return fromElsewhere("PyPI", `-e ${word}`, null, source);
}

// `requests (>=2)` is an old spelling; uv also writes `requests@2.1`, which is read as a reference and asked.
function wantedVersion(rest: string) {
  const bare = rest.trim().replace(/^\((.*)\)$/s, "$1");
  return bare === "" ? newest : wantedBy("PyPI", bare, { tags: false });
}

function reference(text: string, name: string, target: string): Requirement {
  const source = sourceOf(target);
  if (source !== undefined) return fromElsewhere("PyPI", text, name, source);
  return fromRegistry(
    "PyPI",
    text,
    name,
    wantedBy("PyPI", /^\d/.test(target) ? `==${target}` : target, { tags: true }),
  );
}

function sourceOf(text: string): PackageSource | undefined {
  const at = shownWord(text);
  if (VCS.test(text)) return { kind: "git", at };
  if (/^file:/i.test(text))
    return { kind: "file", at: text.replace(/^file:(?:\/\/)?/i, ""), folder: !ARCHIVE.test(text) };
  if (URL.test(text)) return { kind: "url", at };
  if (/^(?:\.{1,2}(?:\/|$|\[)|[/~\\]|[A-Za-z]:[\\/])/.test(text) || (ARCHIVE.test(text) && !/[@:]/.test(text)))
    return { kind: "file", at: text.replace(/\[[^\]]*\]$/, ""), folder: !ARCHIVE.test(text) };
  // `vendor/lib` has a separator: no distribution's name has one.
  return /^[^<>=!~;@\s]*\//.test(text) ? { kind: "file", at: text, folder: true } : undefined;
}

// `app-1.0-py3-none-any.whl` says which distribution it is; what else a word ends in does not.
function nameOfArchive(text: string): string | null {
  return /(?:^|\/)([A-Za-z0-9_.]+)-[0-9][^/-]*(?:-[^/]+)?\.whl(?:[#?].*)?$/.exec(text)?.[1] ?? null;
}

const withoutMarker = (text: string): string => text.split(/\s*;/, 1)[0] ?? text;

const unreadable = (word: string): Requirement => ({
  ecosystem: "PyPI",
  text: shownWord(word),
  name: null,
  wanted: { kind: "unknown", text: shownWord(word) },
  source: { kind: "registry" },
});
