// Reading for programs that print, copy or send files: the secrets a place does not show by itself, such as a folder that holds keys.
import { type Arg, emptyStream, type Stream, type Taint } from "../arg.ts";
import { isWithin } from "../paths/fold-path.ts";
import type { Place } from "../paths/place.ts";
import { nameMatcher } from "../paths/resolve-places.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import { shown } from "./_words.ts";

const keyFolders =
  ".ssh .aws .gnupg .azure .kube .docker .password-store .config/gcloud .config/gh .config/rclone .config/op .mozilla .local/share/keyrings Library/Keychains".split(
    " ",
  );

const rawDisk = /^\/dev\/(?:sd|nvme|hd|vd|xvd|mmcblk|mapper\/|dm-|disk|rdisk|mem$|kmem$|port$)/;
const publicInSsh = /\.pub$|(?:known_hosts|config|authorized_keys|allowed_signers)[^/]*$/;

/** Standard input under one of its names: `-`, `/dev/stdin`. */
export const isStdin = ({ text }: Arg): boolean => text === "-" || text === "/dev/stdin" || text === "/dev/fd/0";

/** Standard output under one of its names. */
export const isStdout = ({ text }: Arg): boolean => text === "-" || /^\/dev\/(?:stdout|fd\/1|tty|stderr)$/.test(text);

/** Reading one file. */
export function readFile(on: Evaluation, path: Arg): Outcome {
  if (path.stream !== null || isStdin(path)) return on.fine();
  return isSecret(on, path) ? secretRead(on, path) : on.read(path);
}

const isSecret = (on: Evaluation, path: Arg): boolean =>
  on.places(path).some(showsSecret) || (path.glob && coversSecret(on, path.text));

/** The words without links, for a walk that follows none: it reads nothing of what they lead to. */
export const withoutLinks = (on: Evaluation, paths: readonly Arg[]): readonly Arg[] =>
  paths.flatMap((path) => {
    if (path.stream !== null || path.text.endsWith("/")) return [path];
    const places = on.places(path).filter(({ any_child, kind }) => !path.glob || (any_child && kind !== "unknown"));
    if (places.every(({ kind }) => kind !== "link")) return [path];
    const kept = places.filter(({ kind }) => kind !== "link");
    return path.glob ? kept.map(({ shown: text }) => ({ ...path, text, glob: false, at: null })) : [];
  });

/** Reading a file, or a folder with everything below it. */
export function readTree(on: Evaluation, path: Arg): Outcome {
  return holdsKeys(on, path) ? secretRead(on, path) : readFile(on, path);
}

const secretRead = (on: Evaluation, path: Arg): Outcome =>
  on.effect("exfil.secret-read", `read secrets in \`${shown(path)}\``);

const secretFiles =
  ".ssh/id_rsa .ssh/id_ed25519 .aws/credentials .netrc .gnupg/secring.gpg .kube/config .docker/config.json .config/gh/hosts.yml .bash_history .env".split(
    " ",
  );

// `~/.s*/id_*`, `.e*`: what a pattern of folders could match counts, whether it is there or not.
function coversSecret({ setting, cwds }: Evaluation, pattern: string): boolean {
  const parts = pattern.split("/").map((part) => ({ part, matches: nameMatcher(part) }));
  const covers = (path: string): boolean => {
    const names = path.split("/");
    return (
      names.length === parts.length &&
      parts.every(({ part, matches }, index) => part === names[index] || matches?.(names[index] ?? "") === true)
    );
  };
  if (!pattern.startsWith("/")) return covers(".env") && cwds.length > 0;
  return secretFiles.some((file) => covers(`${setting.home}/${file}`));
}

// A pattern over a folder of keys, a disk below its files.
const showsSecret = ({ zone, any_child, shown: text, real }: Place): boolean =>
  (zone === "ssh" && any_child && !publicInSsh.test(text)) || (real !== null && rawDisk.test(real));

/** True when a walk of `path` meets folders of keys in the home. */
export function holdsKeys(on: Evaluation, path: Arg): boolean {
  const { home } = on.setting;
  return on
    .places(path)
    .some(({ real }) => real !== null && keyFolders.some((folder) => isWithin(`${home}/${folder}`, real)));
}

/** What these files hold, as a stream; a folder of keys and the environment of a process are known for what they are. */
export function contentsOf(on: Evaluation, paths: readonly Arg[]): Stream {
  const stream = on.contents(paths);
  const more = new Set<Taint>();
  for (const path of paths.filter((one) => one.stream === null)) {
    if (holdsKeys(on, path) || isSecret(on, path)) more.add("secret");
    if (/^\/proc\/[^/]+\/environ$/.test(path.text)) more.add("environment");
  }
  return more.size === 0 ? stream : { ...stream, taints: new Set([...stream.taints, ...more]) };
}

/** What a program prints that reads `files`, or its standard input where none is named: same sources, text unknown. */
export function filteredFiles(on: Evaluation, files: readonly Arg[], stdin: Stream): Stream {
  const named = files.filter((file) => !isStdin(file));
  const { taints, text } = contentsOf(on, named);
  if (text === "" && named.length > 0 && named.length === files.length) return emptyStream;
  return named.length > 0 && named.length === files.length
    ? on.filtered({ ...on.contents(named), taints })
    : on.filtered(stdin, [...taints]);
}
