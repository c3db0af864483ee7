// Modes, owners, access lists and attributes of files.
import { type Arg, HOLE, known } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { withGnuNames } from "../_gnu-names.ts";
import { asksForHelp, oddWords, shown } from "../_words.ts";
import { changePaths } from "./_owned-paths.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;

const chmodFlags = /^-[cfvRhHLPNECiI]+$/;
const chmodLong = grammar(
  "recursive changes silent quiet verbose no-preserve-root preserve-root reference= no-dereference dereference help version",
);

interface Modes {
  readonly mode: Arg | undefined;
  readonly paths: readonly Arg[];
  readonly recursive: boolean;
  readonly reference: Arg | undefined;
  readonly odd: readonly Arg[];
}

/** Words of chmod: a mode may look like an option (`-x`). */
function readModes(args: readonly Arg[]): Modes {
  const cut = args.findIndex(({ text }) => text === "--");
  const before = cut < 0 ? args : args.slice(0, cut);
  const long = readOptions(
    before.filter(({ text }) => text.startsWith("--")),
    chmodLong,
  );
  const flags = before.filter(({ text }) => chmodFlags.test(text));
  const words = [
    ...before.filter(({ text }) => !text.startsWith("--") && !chmodFlags.test(text)),
    ...(cut < 0 ? [] : args.slice(cut + 1)),
  ];
  const reference = long.value("reference");
  const [mode, ...paths] = words;
  return {
    mode: reference === undefined ? mode : undefined,
    paths: reference === undefined ? paths : words,
    recursive: long.has("recursive") || flags.some(({ text }) => text.includes("R")),
    reference,
    odd: long.unknown,
  };
}

/** True where the mode may set a set-id bit. */
function setsId(mode: string): boolean {
  if (mode.includes(HOLE)) return true;
  if (/^[0-7]+$/.test(mode)) return (Number.parseInt(mode, 8) & 0o6000) !== 0;
  return /[+=][rwxXtugo]*s/.test(mode);
}

/** True where the mode leaves nothing for others, or only takes away. */
const closes = (mode: string): boolean =>
  /^0?[0-7]?[0-7]00$/.test(mode) || /^(?:[ugoa]*-[rwxX]+,?)+$|^(?:u=[rwxX]*,)?(?:go|og)=$|^u[+=][rwX]+$/.test(mode);

const named = (arg: Arg | undefined): string => (arg === undefined ? "" : shown(arg));

const chmod: Judge = ({ args }, on) => {
  const { mode, paths, recursive, reference, odd } = readModes(args);
  const set = mode !== undefined && setsId(mode.text);
  const borrowed =
    reference === undefined
      ? []
      : on
          .places(reference)
          .filter(({ real }) => real === null || ((on.facts.lstat(real)?.mode ?? 0o6000) & 0o6000) !== 0);
  const bits =
    set || borrowed.length > 0 ? [on.effect("privilege.set-id", `set the mode \`${named(mode ?? reference)}\``)] : [];
  const files = mode !== undefined && /^[-+=]a/.test(mode.text) ? paths.slice(1) : paths;
  return on.join(
    ...bits,
    ...oddWords(on, "chmod", odd),
    ...changePaths(on, files, { what: "change the mode of", recursive, closes: closes(known(mode) ?? "") }),
    on.fine(),
  );
};

const ownerOptions = grammar(
  "R,recursive c,changes f,silent,quiet v,verbose h,no-dereference dereference from= reference= H L P no-preserve-root preserve-root n x help version",
);

const chown: Judge = ({ name, args }, on) => {
  const read = readOptions(args, ownerOptions);
  const paths = read.value("reference") === undefined ? read.operands.slice(1) : read.operands;
  return on.join(
    ...oddWords(on, name, read.unknown),
    ...changePaths(on, paths, { what: "change the owner of", recursive: read.has("recursive") }),
    on.fine(),
  );
};

const aclOptions = grammar(
  "m,modify= M,modify-file= x,remove= X,remove-file= b,remove-all k,remove-default s,set= set-file= mask n,no-mask d,default R,recursive L,logical P,physical t,test restore= v,version h,help",
);

const setfacl: Judge = ({ name, args }, on) => {
  const read = readOptions(args, aclOptions);
  if (read.has("test")) return on.fine();
  const restored = read
    .values("restore")
    .map(() => on.effect("unknown.option", "restore access lists of the files that a file names"));
  return on.join(
    ...restored,
    ...oddWords(on, name, read.unknown),
    ...changePaths(on, read.operands, { what: "change the access list of", recursive: read.has("recursive") }),
    on.fine(),
  );
};

/** `chattr +i`, `chflags uchg`: words that are no path come first. */
const attributes: Judge = ({ name, args }, on) => {
  const flags = args.filter(({ text }) => /^[-+=]/.test(text));
  const rest = args.filter(({ text }) => !/^[-+=]/.test(text));
  const paths = name === "chflags" ? rest.slice(1) : rest;
  return on.join(
    ...changePaths(on, paths, {
      what: "change the attributes of",
      recursive: flags.some(({ text }) => /^-[a-zA-Z]*R/.test(text)),
    }),
    on.fine(),
  );
};

const setfattr: Judge = ({ name, args }, on) => {
  const read = readOptions(args, grammar("n,name= v,value= x,remove= h,no-dereference restore= raw help version"));
  const attribute = read.value("name") ?? read.value("remove");
  const rights = attribute !== undefined && /^(?:security|trusted|system)\.|^\0/.test(attribute.text);
  const granted = rights ? [on.effect("privilege.capability", `set the attribute \`${shown(attribute)}\``)] : [];
  const restored = read
    .values("restore")
    .map(() => on.effect("unknown.option", "restore attributes of the files that a file names"));
  return on.join(
    ...granted,
    ...restored,
    ...oddWords(on, name, read.unknown),
    ...changePaths(on, read.operands, { what: "change the attributes of", recursive: false }),
    on.fine(),
  );
};

const judges: Readonly<Record<string, Judge>> = {
  chmod,
  chown,
  chgrp: chown,
  gchmod: chmod,
  gchown: chown,
  gchgrp: chown,
  setfacl,
  chattr: attributes,
  chflags: attributes,
  setfattr,
};

export const profile: Profile = {
  names: [...withGnuNames(["chmod", "chown", "chgrp"]), "setfacl", "chattr", "chflags", "setfattr"],
  summary: "changes modes, owners and attributes",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : (judges[call.name] ?? attributes)(call, on)),
  matches: [
    { line: "chmod u+s ./bin/helper", decision: "deny", effect: "privilege.set-id" },
    { line: "chmod 4755 dist/run", decision: "deny", effect: "privilege.set-id" },
    { line: "chmod g=rxs dist", decision: "deny", effect: "privilege.set-id" },
    { line: 'chmod "$MODE" src/a.ts', decision: "deny", effect: "privilege.set-id" },
    { line: "chmod 777 /etc/passwd", decision: "deny", effect: "system.metadata" },
    { line: "chmod -R 777 /", decision: "deny", effect: "system.metadata" },
    { line: "chmod -R 000 ~", decision: "deny", effect: "system.metadata" },
    { line: "chown -R dev /usr", decision: "deny", effect: "system.metadata" },
    { line: "chown -R nobody ~/other", decision: "deny", effect: "system.metadata" },
    { line: "setfacl -R -m u:x:rwx /etc", decision: "deny", effect: "system.metadata" },
    { line: "chmod +x .git/hooks/pre-commit", decision: "deny", effect: "git.hook" },
  ],
  spares: [
    "chmod +x scripts/build.sh",
    "chmod 644 package.json",
    "chmod -x src/a.ts",
    "chmod -R u+rwX,go-w src",
    "chmod 600 ~/.ssh/id_ed25519",
    "chmod 600 .env",
    "chown -R dev:dev node_modules",
    "chmod u-s dist/x",
    "chattr -i dist/x",
  ],
};
