// Making files and folders, and cutting or growing files.
import { type Arg, known, type Stream } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { withGnuNames } from "../_gnu-names.ts";
import { readFile } from "../_read-files.ts";
import { line } from "../_reader.ts";
import { pathBelow, writeFile } from "../_written-files.ts";
import { shown } from "../_words.ts";
import { bytesOf, FILLS } from "../disk/_sizes.ts";

const makers: Readonly<Record<string, (call: Call, on: Evaluation) => Outcome>> = {
  touch,
  mkdir,
  mktemp,
  truncate,
  mkfifo: mkdir,
};
const others: Readonly<Record<string, string>> = { mkdirp: "mkdir", "make-dir": "mkdir", tempfile: "mktemp" };

export const profile: Profile = {
  names: [...withGnuNames(Object.keys(makers)), ...Object.keys(others)],
  summary: "makes files and folders, cuts and grows files",
  judge: (call, on) => (makers[others[call.name] ?? call.name] ?? makers[call.name.slice(1)] ?? touch)(call, on),
  matches: [
    { line: "truncate -s 0 src/a.ts", decision: "rewrite", effect: "delete.overwrite-empty" },
    { line: "truncate --size=0 src/a.ts", decision: "rewrite", effect: "delete.overwrite-empty" },
    { line: "truncate -s 0 /etc/passwd", decision: "deny", effect: "system.write" },
    { line: "truncate -s 10T big.img", decision: "deny", effect: "disk.fill" },
    { line: "touch ~/.bashrc", decision: "ask", effect: "system.persist" },
    { line: "mkdir -p /etc/x", decision: "deny", effect: "system.write" },
    { line: "touch /usr/bin/x", decision: "deny", effect: "system.write" },
  ],
  spares: [
    "touch tests/rm-rf.test.ts",
    "touch scripts/build.sh && bash scripts/build.sh",
    "mkdir -p src/features/auth",
    't=$(mktemp -d) && cp src/a.ts "$t/" && ls "$t"',
    "truncate -s 1M fixture.img",
    "mkdir -m 755 build",
    "mktemp /tmp/x.XXXX",
    "touch -r package.json src/a.ts",
  ],
};

function touch({ args }: Call, on: Evaluation): Outcome {
  const given = readOptions(
    args,
    grammar("a c,no-create d,date= f h,no-dereference m r,reference= t= A= time= help version"),
  );
  return on.join(
    ...given.operands.map((path) =>
      on.places(path).every(({ exists }) => exists) ? timed(on, path) : on.write(path, "create"),
    ),
    quiet(on),
  );
}

// Times of the project's own files are its own, a secret's too.
const timed = (on: Evaluation, path: Arg): Outcome =>
  on.places(path).every(({ inside, zone }) => inside && zone === "secret")
    ? on.fine()
    : on.metadata(path, "change the times of");

function mkdir({ args }: Call, on: Evaluation): Outcome {
  const given = readOptions(args, grammar("m,mode= p,parents v,verbose Z context=? help version"));
  return on.join(...given.operands.map((path) => on.write(path, "create")), quiet(on));
}

const quiet = (on: Evaluation): Outcome => on.fine({ text: "", taints: new Set(), files: [], from: "pipe" });

// One name of that shape stands for the one that will be chosen.
function mktemp(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, grammar("d,directory u,dry-run q,quiet p,tmpdir=? t suffix= V help version"));
  const [template] = given.operands;
  const folder = on.setting.variables.get("TMPDIR") ?? "/tmp";
  const dir = given.value("tmpdir");
  const name =
    template === undefined
      ? `tmp.Zk3Qv9xW2b${known(given.value("suffix")) ?? ""}`
      : template.text.replace(/X{3,}(?!.*X{3})/, "Zk3Qv9xW2b");
  const here = template !== undefined && dir === undefined && !given.has("t", "tmpdir");
  const path: Arg = here
    ? { ...template, text: name, at: null }
    : pathBelow(dir ?? { ...call.word, text: folder, at: null }, name);
  const made = on.write(path, "create");
  return on.printing(made, printedPath(path));
}

const printedPath = (path: Arg): Stream =>
  known(path) === undefined
    ? { text: `${path.text}\n`, taints: path.taints, files: [], from: "pipe" }
    : line(path.text);

// `-s 0` empties, a smaller size cuts, `+N` and a larger one grow.
function truncate(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, grammar("c,no-create o,io-blocks r,reference= s,size= help version"));
  if (given.has("help", "version")) return on.fine();
  const size = known(given.value("size"));
  const reads = given.values("reference").map((path) => readFile(on, path));
  return on.join(
    ...reads,
    ...given.operands.map((path) => sized(call, on, { path, size, like: given.has("reference") })),
    quiet(on),
  );
}

function sized(
  call: Call,
  on: Evaluation,
  { path, size, like }: { readonly path: Arg; readonly size: string | undefined; readonly like: boolean },
): Outcome {
  const bytes = size === undefined ? 0 : bytesOf(size);
  const existing = Math.max(0, ...on.places(path).map((place) => place.size));
  const grows = size !== undefined && (/^[+>%]/.test(size) || (/^\d/.test(size) && bytes >= existing && bytes > 0));
  if (grows && bytes > FILLS) return on.effect("disk.fill", `make \`${shown(path)}\` as large as a disk`);
  return writeFile(call, on, path, grows ? "append" : bytes === 0 && !like ? "empty" : "overwrite");
}
