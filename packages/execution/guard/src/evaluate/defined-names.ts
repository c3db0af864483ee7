// A function, an alias or a hash entry under a known name would make every later mention of it mean something else.
import { profileOf } from "./profile-book.ts";
import { add } from "./run.ts";
import type { Walker } from "./walker.ts";

const builtins: ReadonlySet<string> = new Set(
  "cd eval exec source . command builtin export set trap unset read printf echo test [ alias kill exit return true false pwd type".split(
    " ",
  ),
);
// Names that projects give their own functions although a program of that name exists somewhere.
const everyday: ReadonlySet<string> = new Set(
  "build deploy test check lint run start stop clean setup install log info warn error die usage main help fail ok log_info pass fetch serve watch format migrate join split transfer expose share pick choose act auto cross trunk host look link code q retry assert step note prompt confirm print debug report task notify ready ci bench release tag status sync dev up down repeat poll ensure require has each".split(
    " ",
  ),
);

/** Refuses a definition of a known name. */
export function checkDefinedName(walk: Walker, name: string, how: "function" | "alias" | "hash"): void {
  if (everyday.has(name) || (!builtins.has(name) && profileOf(name) === undefined)) return;
  add(
    walk.into,
    "bypass.redefined-name",
    `give the name \`${name}\` another meaning by ${how === "alias" ? "an alias" : `a ${how}`}`,
  );
}
