// What `rm`, `rmdir`, `unlink`, `shred` and `find -delete` would say to an operand; and before them the floor of the guard.
import {
  fault,
  faultOf,
  faultOfCode,
  isFolder,
  missing,
  notEmpty,
  notFolder,
  throughLink,
  type Fault,
} from "./fault.ts";
import type { Found, Located } from "./locate.ts";
import { isEmptyFolder } from "./open-below.ts";
import { refusePlace } from "./refuse-place.ts";
import type { PutHow } from "./rm-words.ts";
import type { Session } from "./session.ts";

/** `go`: move it. `silent`: nothing to do, and nothing to say. `no`: a fault. */
export type Judged =
  | { readonly kind: "go"; readonly found: Found }
  | { readonly kind: "silent" }
  | { readonly kind: "no"; readonly fault: Fault };

/** What becomes of what an operand names. */
export function judgeOperand(located: Located, how: PutHow, session: Session): Judged {
  if (located.kind !== "found") return judgeAbsent(located, how);
  const refused = refusePlace(located.path, located.facts, session.guarded);
  if (refused !== undefined) return { kind: "no", fault: fault("REFUSED", refused) };
  const why = judgeKind(located, how);
  if (why === undefined) return { kind: "go", found: located };
  return why === notEmpty && how.ignore_not_empty ? { kind: "silent" } : { kind: "no", fault: why };
}

function judgeAbsent(located: Exclude<Located, Found>, { as, force }: PutHow): Judged {
  switch (located.kind) {
    case "missing":
      return force ? { kind: "silent" } : { kind: "no", fault: missing };
    case "not_folder":
      return force ? { kind: "silent" } : { kind: "no", fault: notFolder };
    case "through":
      return { kind: "no", fault: throughLink };
    case "dot":
      // As `find . -delete`, which passes `.` last and leaves it.
      if (as === "find") return { kind: "silent" };
      return { kind: "no", fault: fault("DOT", "`.` and `..` are not removed") };
    case "root":
      return { kind: "no", fault: fault("REFUSED", "is the root of the file system") };
    case "denied":
      return { kind: "no", fault: faultOfCode(located.code) };
    default:
      return located satisfies never;
  }
}

function judgeKind({ at, facts }: Found, how: PutHow): Fault | undefined {
  const folder = facts.isDirectory();
  switch (how.as) {
    case "rm":
    case "find":
      if (!folder || how.recursive) return undefined;
      return how.empty_folders ? judgeEmpty(at) : isFolder;
    case "rmdir":
      return folder ? judgeEmpty(at) : notFolder;
    case "unlink":
      return folder ? isFolder : undefined;
    case "shred":
      return facts.isFile() ? undefined : fault("NOT_REGULAR", "Not a regular file");
    default:
      return how.as satisfies never;
  }
}

function judgeEmpty(at: Found["at"]): Fault | undefined {
  try {
    return isEmptyFolder(at) ? undefined : notEmpty;
  } catch (error) {
    return faultOf(error);
  }
}
