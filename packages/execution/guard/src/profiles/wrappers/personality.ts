// Programs that run another one under another architecture, time or network path.
import { type Arg, known } from "../../arg.ts";
import { grammar } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { runWrapped, type WrapperForm } from "../_wrapper.ts";

const words = (text: string) => grammar(`${text} help version`, { posix: true });

const architectures =
  "linux32 linux64 i386 i486 i586 i686 x86_64 uname26 ppc ppc64 ppc32 s390 s390x sparc sparc64 mips mips64 parisc aarch64 armv7l".split(
    " ",
  );
const personality = words(
  "B,32bit F,fdpic-funcptrs I,short-inode L,addr-compat-layout R,addr-no-randomize S,whole-seconds T,sticky-timeouts X,read-implies-exec Z,mmap-page-zero 3,3gb 4gb uname-2.6 v,verbose list show=? p,pid= h V",
);

// `setarch x86_64 -R cmd`: options stand behind the architecture, which may be left out.
const withoutArchitecture = (args: readonly Arg[]): readonly Arg[] =>
  architectures.includes(known(args[0]) ?? "") ? args.slice(1) : args;

const proxied: Readonly<Record<string, WrapperForm>> = {
  proxychains: { options: words("q f= h") },
  proxychains4: { options: words("q f= h") },
  torsocks: { options: words("u,user= p,pass= P,port= a,address= i,isolate d,debug q,quiet h") },
  torify: { options: words("v,verbose h V") },
  tsocks: { options: words("on off show h") },
  socksify: { options: words("h") },
  graftcp: { options: words("c= a= f= u h") },
  "dbus-launch": {
    options: words(
      "sh-syntax csh-syntax auto-syntax binary-syntax close-stderr exit-with-session exit-with-x11 autolaunch= config-file=",
    ),
  },
};

export const profile: Profile = {
  names: [
    "setarch",
    "arch",
    ...architectures,
    "wine",
    "wine64",
    "qemu-*",
    ...Object.keys(proxied),
    "xcrun",
    "sandbox-exec",
  ],
  summary: "runs a command under another architecture or through a proxy",
  judge: (call, on) => {
    const form = proxied[call.name];
    if (form !== undefined) return runWrapped(call, on, form);
    if (call.name === "setarch")
      return runWrapped({ ...call, args: withoutArchitecture(call.args) }, on, {
        options: personality,
        alone: ["list", "show", "pid"],
      });
    if (call.name === "arch") return runArch(call, on);
    if (call.name === "xcrun")
      return runWrapped(call, on, {
        options: grammar(
          "sdk= toolchain= l,log v,verbose n,no-cache k,kill-cache r,run f,find show-sdk-path show-sdk-version show-sdk-build-version show-sdk-platform-path show-sdk-platform-version show-toolchain-path help version",
          { posix: true, single: true },
        ),
        alone: [
          "find",
          "show-sdk-path",
          "show-sdk-version",
          "show-sdk-build-version",
          "show-sdk-platform-path",
          "show-sdk-platform-version",
          "show-toolchain-path",
        ],
      });
    if (call.name === "sandbox-exec") return runWrapped(call, on, { options: words("f= n= p= D= t=") });
    if (call.name.startsWith("qemu-") || call.name.startsWith("wine")) return runForeign(call, on);
    return runWrapped(call, on, { options: personality });
  },
  matches: [
    { line: "setarch x86_64 -R sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "setarch -R sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "linux64 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "arch -x86_64 -e LD_PRELOAD=./x.so true", decision: "deny", effect: "code-injection.environment" },
    { line: "arch -arm64 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "proxychains4 -q bash -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "torsocks sudo id", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: ["arch", "setarch --list", "setarch x86_64 -R true", "linux32 echo ok", "arch -x86_64 true"],
};

// macOS: `arch -arm64 -e NAME=value cmd`; elsewhere it prints one word.
function runArch({ args }: Call, on: Evaluation): Outcome {
  const env = new Map<string, Arg>();
  let at = 0;
  for (; at < args.length && args[at]?.text.startsWith("-") === true; at += 1) {
    const text = args[at]?.text ?? "";
    if (text === "-arch" || text === "-d") at += 1;
    else if (text === "-e") {
      const value = args[(at += 1)];
      const cut = value?.text.indexOf("=") ?? -1;
      if (value !== undefined && cut > 0)
        env.set(value.text.slice(0, cut), { ...value, text: value.text.slice(cut + 1), at: null });
    }
  }
  const rest = args.slice(at);
  return rest.length === 0 ? on.fine() : on.run(rest, { env });
}

// An emulator runs a file of another system: the words after its options.
function runForeign({ args, name }: Call, on: Evaluation): Outcome {
  if (name.startsWith("qemu-system") || name === "qemu-img" || name === "qemu-nbd")
    return on.effect("unknown.option", `run \`${name}\``);
  const at = args.findIndex(({ text }) => !text.startsWith("-"));
  return at < 0 ? on.fine() : on.run(args.slice(at));
}
