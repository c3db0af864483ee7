// Patches: which files they change is read from them, where they can be read.
import { type Arg, isKnownStream, literal, type Stream } from "../arg.ts";
import { grammar } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import { discard, type GitCall, oddOptions, optionsOf, pathIn, type Subcommand } from "./git-call.ts";

const applyOptions = grammar(
  "stat numstat summary check index N,intent-to-add 3,3way ours theirs union build-fake-ancestor= R,reverse reject z p= C= unidiff-zero apply no-add allow-binary-replacement binary exclude= include= ignore-space-change,ignore-whitespace whitespace= inaccurate-eof v,verbose q,quiet recount directory= unsafe-paths allow-empty cached",
);

/** `git apply`: writes what the patch names; in reverse from a pipe it gives the change up. */
export const apply: Subcommand = (git, on) => {
  const read = optionsOf(git, applyOptions);
  const odd = oddOptions(git, on, read, 1);
  if (read.has("stat", "numstat", "summary", "check") && !read.has("apply")) return on.join(...odd, on.fine());
  const unsafe = read.has("unsafe-paths")
    ? [on.effect("unknown.outside-write", "apply a patch that may write outside the repository")]
    : [];
  // `git diff | git apply -R`: the only copy of the change is in the pipe.
  const piped = read.operands.length === 0 || read.operands.some(({ text }) => text === "-");
  const undone = read.has("reverse") && !read.has("cached") && piped && git.stdin.from === "pipe";
  return on.join(
    ...odd,
    ...unsafe,
    ...changed(git, on, read.operands, read.value("directory")),
    undone ? discard(git, on) : on.fine(),
  );
};

/** `git am`: patches from a mailbox. */
export const am: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "s,signoff k,keep keep-non-patch keep-cr no-keep-cr c,scissors no-scissors quoted-cr= empty= q,quiet u,utf8 no-utf8 3,3way no-3way rerere-autoupdate no-rerere-autoupdate ignore-date ignore-space-change ignore-whitespace whitespace= C= p= directory= exclude= include= reject patch-format= i,interactive n,no-verify verify committer-date-is-author-date S,gpg-sign=? no-gpg-sign r,resolved continue resolvemsg= skip quit abort retry show-current-patch=? allow-empty",
    ),
  );
  return on.join(
    ...oddOptions(git, on, read, 1),
    ...changed(git, on, read.operands, read.value("directory")),
    on.fine(),
  );
};

const PATCH_BYTES = 256 * 1024;
const MOST_PATHS = 200;

// SECURITY: a patch writes where it says: hooks of an agent, the guard's own files, what a link leads to.
function changed(git: GitCall, on: Evaluation, files: readonly Arg[], below?: Arg): readonly Outcome[] {
  const texts =
    files.length === 0
      ? [textOf(git.stdin, on)]
      : files.map((file) => (file.text === "-" ? textOf(git.stdin, on) : textOf(on.contents([pathIn(git, file)]), on)));
  const paths = new Set(texts.flatMap((text) => (text === null ? [] : pathsOf(text))));
  const under = (path: string): Arg =>
    below === undefined ? literal(path) : { ...below, text: `${below.text}/${path}`, at: null };
  // What a patch that is not read changes below `--directory` may be anything there.
  const unread = below !== undefined && paths.size === 0 ? [on.write(pathIn(git, under("patch")), "append")] : [];
  return [...unread, ...[...paths].slice(0, MOST_PATHS).map((path) => on.write(pathIn(git, under(path)), "append"))];
}

function textOf(stream: Stream, on: Evaluation): string | null {
  if (isKnownStream(stream)) return stream.text;
  const [file, ...others] = stream.files;
  return file === undefined || others.length > 0 ? null : (on.facts.read(file, PATCH_BYTES) ?? null);
}

const pathsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:(?:\+\+\+|---) (?:[a-z]\/)?|rename to |copy to )([^\t\r\n]+)/gm)].flatMap(([, path]) =>
    path === undefined || path === "/dev/null" ? [] : [path],
  );
