// Applying differences and changing the encoding of files in place.
import { type Arg, literal } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { filteredFiles, isStdin, readFile } from "../_read-files.ts";
import { writeResult } from "../_written-files.ts";

const patchOptions = grammar(
  "p,strip= i,input= d,directory= o,output= r,reject-file= D,ifdef= F,fuzz= g,get= B,prefix= Y,basename-prefix= z,suffix= V,version-control= x,debug= quoting-style= read-only= reject-format= R,reverse N,forward E,remove-empty-files b,backup c,context e,ed n,normal u,unified f,force t,batch s,silent,quiet l,ignore-whitespace T,set-time Z,set-utc posix binary dry-run C,check verbose v,version help merge=? follow-symlinks no-backup-if-mismatch backup-if-mismatch",
);
const encodingOptions = grammar(
  "f,from-code= t,to-code= o,output= c l,list s byte-subst= unicode-subst= verbose silent help version",
);
const lineEndings = grammar(
  "n,newfile o,oldfile c,convmode= k,keepdate q,quiet f,force b,keep-bom m,add-bom r,remove-bom s,safe info=? u l F,follow-symlink S R v,verbose O,to-stdout e,add-eol h,help V,version D= 1252 850 437 ascii iso 7",
);

export const profile: Profile = {
  names: [
    "patch",
    "gpatch",
    "filterdiff",
    "interdiff",
    "lsdiff",
    "combinediff",
    "splitdiff",
    "rediff",
    "wiggle",
    "iconv",
    "uconv",
    "recode",
    "enca",
    "enconv",
    "dos2unix",
    "unix2dos",
    "mac2unix",
    "unix2mac",
    "fromdos",
    "todos",
    "ftfy",
    "chardet",
    "chardetect",
    "uchardet",
  ],
  summary: "applies differences and changes encodings",
  judge: (call, on) => {
    if (/^g?patch$/.test(call.name)) return patched(call, on);
    if (/^(?:iconv|uconv)$/.test(call.name)) return encoded(call, on);
    if (/^(?:dos2unix|unix2dos|mac2unix|unix2mac|fromdos|todos|recode|enconv|wiggle)$/.test(call.name))
      return inPlace(call, on);
    return on.printing(
      on.join(...call.args.filter(isFile).map((path) => readFile(on, path)), on.fine()),
      filteredFiles(on, call.args.filter(isFile), call.stdin),
    );
  },
  matches: [
    { line: "patch /etc/hosts < x.diff", decision: "deny", effect: "system.write" },
    { line: "patch -d /etc -p1 < x.diff", decision: "deny", effect: "system.write" },
    { line: "patch -o ~/.bashrc src/a.ts x.diff", decision: "ask", effect: "system.persist" },
    { line: "iconv -o /etc/x package.json", decision: "deny", effect: "system.write" },
    { line: "dos2unix ~/.bashrc", decision: "ask", effect: "system.persist" },
    { line: "iconv -f utf-7 -t utf-8 x.txt | sh", decision: "deny", effect: "code-injection.decoded" },
  ],
  spares: [
    "patch -p1 < fix.patch",
    "patch --dry-run -p1 -i fix.patch",
    "iconv -f latin1 -t utf-8 package.json",
    "dos2unix src/a.ts",
    "unix2dos -n src/a.ts src/b.ts",
    "iconv -l | head",
  ],
};

const isFile = (arg: Arg): boolean => !arg.text.startsWith("-") || isStdin(arg);

// A patch names files below the folder it is applied in; it cannot leave it.
function patched(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, patchOptions);
  if (given.has("dry-run", "check", "version", "help")) return on.fine();
  const [file, patch] = given.operands;
  const target = given.value("directory") ?? literal(".");
  const written = [given.value("output") ?? file, given.value("reject-file")].flatMap((path) =>
    path === undefined ? [] : [on.write(path, "overwrite")],
  );
  const read = [patch, given.value("input")].flatMap((path) => (path === undefined ? [] : [readFile(on, path)]));
  return on.join(...read, ...(file === undefined ? [on.write(target, "create")] : []), ...written, on.fine());
}

function encoded(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, encodingOptions);
  // A text in another encoding is another text: it is not run unread.
  const stream = on.filtered(filteredFiles(on, given.operands, call.stdin), ["decoded"]);
  const output = given.value("output");
  const written = output === undefined ? [] : [writeResult(call, on, output, stream)];
  return on.printing(on.join(...given.operands.map((path) => readFile(on, path)), ...written, on.fine()), stream);
}

function inPlace(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, lineEndings);
  const files = call.name === "recode" ? given.operands.slice(1) : given.operands;
  const targets = given.has("newfile") ? files.filter((_file, index) => index % 2 === 1) : files;
  return on.printing(
    on.join(...targets.map((path) => on.write(path, "overwrite")), on.fine()),
    on.filtered(call.stdin),
  );
}
