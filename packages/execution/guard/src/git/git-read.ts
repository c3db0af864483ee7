// Subcommands that only look: what they print, the files they read besides, and the few options with which they write.
import { type Arg, emptyStream, HOLE, type Stream, textStream } from "../arg.ts";
import { grammar } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import { callShown, type GitCall, optionsOf, pathIn, type Subcommand, toolExec } from "./git-call.ts";
import { topsOf } from "./git-repository.ts";

/** Nothing that is worth a word, whatever the options. */
export const plain: Subcommand = (_git, on) => on.fine();

/** What `ls-files`, `diff --name-only` and `grep -l` print: files of the working tree. */
export function namesOfFiles({ dir }: GitCall, on: Evaluation): Stream {
  const { stdout } = on.fine();
  return dir === null ? { ...stdout, below: ["./"] } : stdout;
}

/** `git ls-files`. */
export const lsFiles: Subcommand = (git, on) => on.fine(namesOfFiles(git, on));

const diffOptions = grammar(
  "o,output= no-index output-indicator-new= output-indicator-old= output-indicator-context= O= L= S= G= U,unified= n,max-count= stdin",
);

/** `log`, `diff`, `show`: `--output` writes, `--no-index` and `REV:PATH` read. */
export const look: Subcommand = (git, on) => {
  const read = optionsOf(git, diffOptions);
  const written = read.values("output").map((path) => on.write(pathIn(git, path), "overwrite"));
  const files = read.has("no-index")
    ? read.operands.map((path) => pathIn(git, path))
    : read.words.flatMap(pathOfRevision);
  const names = git.args.some(({ text }) => text === "--name-only");
  const stdout = files.length === 0 ? (names ? namesOfFiles(git, on) : on.fine().stdout) : secretOr(on, files);
  return on.printing(on.join(...written, ...files.map((path) => on.read(path)), on.fine()), stdout);
};

// `HEAD:.env` shows what is committed: the same secret as the file of that name.
const pathOfRevision = (arg: Arg): readonly Arg[] => {
  const cut = arg.text.indexOf(":");
  return cut <= 0 || arg.text.startsWith(":") ? [] : [{ ...arg, text: arg.text.slice(cut + 1) || ".", at: null }];
};

function secretOr(on: Evaluation, files: readonly Arg[]): Stream {
  const { taints } = on.contents(files);
  return taints.has("secret") ? { text: null, taints, files: [], from: "pipe" } : on.fine().stdout;
}

/** `git blame`: reads the files it names. */
export const blame: Subcommand = (git, on) => {
  const read = optionsOf(git, grammar("L= S= contents= ignore-rev= ignore-revs-file= date= abbrev= M=? C=?"));
  const files = [...(read.paths ?? read.words), ...read.values("contents")].map((path) => pathIn(git, path));
  return on.printing(
    on.join(...files.filter(({ text }) => text !== "-").map((path) => on.read(path)), on.fine()),
    secretOr(on, files),
  );
};

/** What it prints is known for the questions that scripts ask. */
export const revParse: Subcommand = (git, on) => {
  const words = git.args.map(({ text }) => text);
  if (words.includes("--show-toplevel")) {
    const [top, ...others] = topsOf(git, on);
    return on.fine(top === undefined || others.length > 0 ? undefined : textStream(`${top}\n`));
  }
  // A name of a branch or an object never starts like an option, a forced refspec or a pathspec.
  const name = words.includes("--abbrev-ref") || words.includes("--symbolic-full-name");
  const object = words.every((text) => !text.startsWith("-") || /^--(?:short(?:=\d+)?|verify|quiet)$|^-q$/.test(text));
  return name || object
    ? on.fine({ text: `${name ? "b" : "0"}${HOLE}\n`, taints: new Set(["output"]), files: [], from: "pipe" })
    : on.fine();
};

/** `archive`: `--output` writes, `--exec` names a program on the other side. */
export const archive: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "format= l,list v,verbose prefix= o,output= add-file= add-virtual-file= worktree-attributes mtime= remote= exec= 0 1 2 3 4 5 6 7 8 9",
    ),
  );
  const remote = read.values("remote");
  const helper =
    remote.some(({ text }) => /^(?:ext|fd)::/.test(text)) ||
    read.values("exec").some(({ text }) => text !== "git-upload-archive");
  const written = read.values("output").map((path) => on.write(pathIn(git, path), "overwrite"));
  const added = read.values("add-file").map((path) => on.read(pathIn(git, path)));
  const stdout: Stream = {
    text: null,
    taints: new Set([remote.length > 0 ? "network" : "output"]),
    files: [],
    from: "pipe",
  };
  return on.printing(
    on.join(...written, ...added, ...(helper ? [toolExec(on, `run \`${callShown(git)}\``)] : []), on.fine()),
    written.length > 0 ? emptyStream : stdout,
  );
};

/** `git bundle create` writes a file. */
export const bundle: Subcommand = (git, on) => {
  const read = optionsOf(git, grammar("q,quiet progress all-progress version= branches tags remotes all since="));
  const [verb, file] = read.operands;
  return verb?.text === "create" && file !== undefined && file.text !== "-"
    ? on.write(pathIn(git, file), "overwrite")
    : on.fine();
};

/** `git format-patch` writes one file for each commit. */
export const formatPatch: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "o,output-directory= output= stdout k n N s v,reroll-count= start-number= suffix= subject-prefix= in-reply-to= to= cc= from= add-header= base= cover-letter signature= signature-file= interdiff= range-diff= attach=? inline=? thread=?",
    ),
  );
  const folder = read.value("output-directory");
  const written =
    folder === undefined ? [] : [on.write({ ...pathIn(git, folder), text: `${pathIn(git, folder).text}/x` }, "create")];
  return on.join(
    ...written,
    ...read.values("output").map((path) => on.write(pathIn(git, path), "overwrite")),
    on.fine(),
  );
};

const writesAt = (git: GitCall, on: Evaluation, option: RegExp): Outcome =>
  on.join(
    ...git.args.flatMap((arg) =>
      option.test(arg.text)
        ? [on.write(pathIn(git, { ...arg, text: arg.text.replace(option, ""), at: null }), "overwrite")]
        : [],
    ),
    on.fine(),
  );

/** `fast-export --export-marks=FILE` and its like. */
export const fastExport: Subcommand = (git, on) => writesAt(git, on, /^--export-marks=/);

/** `git merge-file` writes the first of its files. */
export const mergeFile: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar("p,stdout object-id diff3 zdiff3 ours theirs union q,quiet L= marker-size= diff-algorithm="),
  );
  const [target] = read.operands;
  return read.has("stdout", "object-id") || target === undefined
    ? on.fine()
    : on.write(pathIn(git, target), "overwrite");
};

/** `git init`, `git clone --bare` into a folder. */
export const init: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar("q,quiet bare template= separate-git-dir= object-format= ref-format= b,initial-branch= shared=?"),
  );
  const template = read
    .values("template")
    .filter(({ text }) => text !== "")
    .map(() => on.effect("code-injection.config", `run \`${callShown(git)}\`, whose template may hold hooks`));
  const folders = [...read.operands, ...read.values("separate-git-dir")].map((path) =>
    on.write({ ...pathIn(git, path), text: `${pathIn(git, path).text}/x`, at: null }, "create"),
  );
  return on.join(...template, ...folders, on.fine());
};

/** `git commit`: the message may come from a file. */
export const commit: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "a,all i,include o,only p,patch s,signoff n,no-verify v,verbose q,quiet e,edit m,message= F,file= t,template= c,reedit-message= C,reuse-message= fixup= squash= author= date= S,gpg-sign=? cleanup= trailer= amend allow-empty pathspec-from-file= u,untracked-files=?",
    ),
  );
  const files = [...read.values("file"), ...read.values("template")].filter(({ text }) => text !== "-");
  return on.join(...files.map((path) => on.read(pathIn(git, path))), on.fine());
};
