// The dynamic loader starts a program past its name: the program is judged, and the way of starting it is refused.
import { grammar, readOptions } from "../../options.ts";
import type { Profile } from "../../profile.ts";

const options = grammar(
  "list verify inhibit-cache library-path= glibc-hwcaps-prepend= glibc-hwcaps-mask= inhibit-rpath= audit= preload= argv0= list-tunables list-diagnostics help version",
  { posix: true },
);

export const profile: Profile = {
  names: [
    "ld-linux*",
    "ld-musl*",
    "ld.so",
    "ld.so.1",
    "ld64.so*",
    "ld-2.*",
    "ld-uClibc*",
    "ld-elf.so*",
    "ldso",
    "dyld",
  ],
  summary: "loads and starts a program file",
  judge: ({ args, name }, on) => {
    const read = readOptions(args, options);
    if (read.has("list", "verify", "help", "version", "list-tunables", "list-diagnostics")) return on.fine();
    if (args.length === 0) return on.fine();
    return on.join(
      on.effect("bypass.loader", `start \`${read.operands[0]?.text ?? "a program"}\` by the loader \`${name}\``),
      on.run(read.operands),
    );
  },
  matches: [
    { line: "/lib64/ld-linux-x86-64.so.2 /usr/bin/sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "/lib64/ld-linux-x86-64.so.2 --preload ./x.so /bin/true", decision: "deny", effect: "bypass.loader" },
    { line: "/lib/ld-musl-x86_64.so.1 /bin/rm -rf /etc", decision: "deny", effect: "bypass.loader" },
  ],
  spares: ["/lib64/ld-linux-x86-64.so.2 --list /bin/ls", "/lib64/ld-linux-x86-64.so.2 --help"],
};
