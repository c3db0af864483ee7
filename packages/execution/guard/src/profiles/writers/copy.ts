// Copying: reads the sources, writes the targets, and later parts of the line know what the copies are.
import { type Arg, known } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { withGnuNames } from "../_gnu-names.ts";
import { readFile, readTree, withoutLinks } from "../_read-files.ts";
import { startProgram } from "../_reader.ts";
import { copyOf, isNowhere, targetsOf, writeFile } from "../_written-files.ts";
import { oddWords, shown } from "../_words.ts";

const copies = grammar(
  "a,archive attributes-only backup=? b copy-contents d debug f,force i,interactive H l,link L,dereference n,no-clobber update=? u P,no-dereference p preserve=? no-preserve= parents R,r,recursive reflink=? remove-destination sparse= strip-trailing-slashes s,symbolic-link S,suffix= t,target-directory= T,no-target-directory v,verbose keep-directory-symlink x,one-file-system Z context=? c X N help version",
);
const installs = grammar(
  "backup=? b c C,compare d,directory D debug g,group= m,mode= o,owner= p,preserve-timestamps s,strip strip-program= S,suffix= t,target-directory= T,no-target-directory v,verbose preserve-context Z context=? f= l= M= N= U h= B= help version",
);

export const profile: Profile = {
  names: [...withGnuNames(["cp", "install"]), "ditto", "cpx", "copyfiles", "cpy", "ncp", "pcp", "xcp"],
  summary: "copies files",
  judge: (call, on) => {
    const given = readOptions(call.args, isInstall(call) ? installs : copies);
    if (given.has("help", "version")) return on.fine();
    const odd = isInstall(call) ? oddWords(on, call.name, given.unknown) : [];
    return on.join(
      ...odd,
      ...modes(on, given),
      ...copied(call, on, given),
      on.fine({ text: "", taints: new Set(), files: [], from: "pipe" }),
    );
  },
  matches: [
    { line: "cp /dev/null src/a.ts", decision: "rewrite", effect: "delete.overwrite-empty" },
    { line: "cp /usr/bin/sudo ./d && ./d id", decision: "deny", effect: "privilege.elevate" },
    { line: "install -m755 /usr/bin/sudo ./s; ./s id", decision: "deny", effect: "privilege.elevate" },
    { line: "install -m 4755 a.out bin/a", decision: "deny", effect: "privilege.set-id" },
    { line: "cp scripts/evil.sh ls; ./ls", decision: "deny", effect: "privilege.elevate" },
    { line: "cp a.txt /etc/cron.d/x", decision: "deny", effect: "system.write" },
    { line: "cp -t ~/.ssh authorized_keys", decision: "deny", effect: "system.ssh-key" },
    { line: "cp ~/.ssh/id_ed25519 src/k.txt", decision: "ask", effect: "exfil.secret-read" },
    { line: "cp src/a.ts links/etc/a", decision: "deny", effect: "system.write" },
    { line: "cp package.json .git/hooks/pre-commit", decision: "deny", effect: "git.hook" },
  ],
  spares: [
    "cp config.example.json config.json",
    "cp -r src dist/src",
    "cp src/a.ts src/b.ts && cat src/b.ts",
    "install -d build/out",
    "install -Dm644 package.json dist/p.json",
    "cp .env .env.local",
    "cp -a src/. /tmp/copy",
  ],
};

const isInstall = ({ name }: Call): boolean => /^g?install$/.test(name);

// A mode that lends the owner's rights: `4755`, `u+s`.
function modes(on: Evaluation, given: Options): readonly Outcome[] {
  const program = given.value("strip-program");
  const mode = given.value("mode");
  const text = known(mode) ?? "";
  const setId =
    /^0*[2-7][0-7]{3}$/.test(text) || /[+=][rwxX]*s/.test(text) || (mode !== undefined && known(mode) === undefined);
  return [
    ...(setId && mode !== undefined ? [on.effect("privilege.set-id", `give a file the mode \`${shown(mode)}\``)] : []),
    ...(program === undefined ? [] : [startProgram(on, program, on.fine().stdout)]),
  ];
}

function copied(call: Call, on: Evaluation, given: Options): readonly Outcome[] {
  if (given.has("directory")) return given.operands.map((path) => on.write(path, "create"));
  const named = given.value("target-directory");
  const target = named ?? given.operands.at(-1);
  const sources = named === undefined ? given.operands.slice(0, -1) : given.operands;
  if (target === undefined) return [];
  const folder = named !== undefined ? true : given.has("no-target-directory") ? false : "look";
  const tree = given.has("recursive", "archive") || /^(?:ditto|cpx|copyfiles|cpy|ncp|xcp|pcp)$/.test(call.name);
  return targetsOf(on, sources, target, { folder }).flatMap(([source, path]) => [
    reads(on, source, path, { tree, follows: given.has("dereference", "H") }),
    writes(call, on, { source, path, given }),
  ]);
}

// A project's own secret copied beside itself goes nowhere.
function reads(
  on: Evaluation,
  source: Arg,
  path: Arg,
  { tree, follows }: { readonly tree: boolean; readonly follows: boolean },
): Outcome {
  const inside = (arg: Arg): boolean =>
    on
      .places(arg)
      .every(
        ({ entry, zone }) =>
          zone === "secret" && entry !== null && on.setting.workspaces.some((root) => entry.startsWith(`${root}/`)),
      );
  if (inside(source) && inside(path)) return on.fine();
  // A tree is copied with its links as they are.
  const files = follows ? [source] : withoutLinks(on, [source]);
  return tree ? on.join(...files.map((one) => readTree(on, one)), on.fine()) : readFile(on, source);
}

interface Copy {
  readonly source: Arg;
  readonly path: Arg;
  readonly given: Options;
}

const nothingKnown = { content: null, copy_of: null };

function writes(call: Call, on: Evaluation, { source, path, given }: Copy): Outcome {
  // What is not surely copied over may be what stood there before.
  const unsure = given.has("no-clobber", "interactive", "update");
  const copy = unsure ? nothingKnown : copyOf(on, source);
  const empty = isNowhere(source) || copy.content?.text === "";
  const written = writeFile(call, on, path, given.has("no-clobber") ? "create" : empty ? "empty" : "overwrite");
  const [from] = on.places(source);
  const keepsLinks = given.has("no-dereference", "archive", "d", "symbolic-link", "link", "recursive");
  // What a copied folder of the project holds is what the folder holds, links included.
  const tree = from?.kind === "dir" && from.inside && given.has("recursive", "archive");
  const linked =
    from?.real != null && ((keepsLinks && from.kind === "link") || given.has("symbolic-link", "link") || tree)
      ? { link_to: from.real }
      : {};
  on.created(path, { ...copy, ...linked });
  return written;
}
