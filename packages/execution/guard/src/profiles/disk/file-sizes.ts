// Giving files a size at once: grown, punched, filled without an end.
import { type Arg, known } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, oddWords, shown } from "../_words.ts";
import { bytesOf, FILLS } from "./_sizes.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;

const filling = (on: Evaluation, path: Arg, bytes: number): Outcome | null =>
  bytes > FILLS
    ? on.join(on.write(path, "append"), on.effect("disk.fill", `make \`${shown(path)}\` as large as a disk`))
    : null;

const fallocateOptions = grammar(
  "c,collapse-range d,dig-holes i,insert-range l,length= n,keep-size o,offset= p,punch-hole v,verbose x,posix z,zero-range help h V,version w,write-zeroes",
);

const fallocate: Judge = (call, on) => {
  const read = readOptions(call.args, fallocateOptions);
  const bytes = bytesOf(known(read.value("length")) ?? "");
  const cuts = read.has("collapse-range", "punch-hole", "zero-range", "write-zeroes");
  const odd = oddWords(on, call.name, read.unknown);
  return on.join(
    ...odd,
    ...read.operands.map((path) =>
      cuts ? on.write(path, "overwrite") : (filling(on, path, bytes) ?? on.write(path, "append")),
    ),
    on.fine(),
  );
};

const mkfile: Judge = ({ args }, on) => {
  const [size, ...files] = readOptions(args, grammar("n v")).operands;
  return on.join(
    ...files.map((path) => filling(on, path, bytesOf(known(size) ?? "")) ?? on.write(path, "overwrite")),
    on.fine(),
  );
};

const judges: Readonly<Record<string, Judge>> = { fallocate, mkfile };

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "gives files a size",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : (judges[call.name] ?? fallocate)(call, on)),
  matches: [
    { line: "fallocate -l 1T big.img", decision: "deny", effect: "disk.fill" },
    { line: 'fallocate -l "$N" big.img', decision: "deny", effect: "disk.fill" },
    { line: "mkfile 900g big.img", decision: "deny", effect: "disk.fill" },
  ],
  spares: ["fallocate -l 100M dist/blank.img", "fallocate --help", "mkfile 10m dist/blank.img"],
};
