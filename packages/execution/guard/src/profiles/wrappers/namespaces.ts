// Other roots, namespaces and sandboxes of the line's own making: they leave the walls the agent works in, or make new ones it is root of.
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp } from "../_words.ts";
import { runWrapped } from "../_wrapper.ts";

const leaving = [
  "unshare",
  "nsenter",
  "chroot",
  "bwrap",
  "firejail",
  "systemd-nspawn",
  "proot",
  "fakechroot",
  "schroot",
  "pivot_root",
  "switch_root",
  "lxc-attach",
  "lxc-execute",
  "lxc-unshare",
  "minijail0",
  "nsjail",
  "arch-chroot",
  "ip-netns",
  "jexec",
  "setns",
  "rootlesskit",
  "slirp4netns",
];
const faking = ["fakeroot", "fakeroot-ng", "pseudo"];

export const profile: Profile = {
  names: [...leaving, ...faking],
  summary: "runs a command in other namespaces or under another root",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    if (faking.includes(call.name))
      return runWrapped(call, on, {
        options: grammar("l,lib= faked= i= s= u,unknown-is-real b,fd-base= h,help v,version", { posix: true }),
      });
    return on.join(
      on.effect("privilege.namespace", `run a command in other walls by \`${call.name}\``),
      inner(call, on),
    );
  },
  matches: [
    { line: "unshare -r bash", decision: "deny", effect: "privilege.namespace" },
    { line: "nsenter -t 1 -m -u -i -n sh", decision: "deny", effect: "privilege.namespace" },
    { line: "chroot /mnt /bin/bash", decision: "deny", effect: "privilege.namespace" },
    { line: "bwrap --dev-bind / / sudo id", decision: "deny", effect: "privilege.namespace" },
    { line: "firejail --noprofile sudo id", decision: "deny", effect: "privilege.namespace" },
    { line: "fakeroot sudo id", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: ["unshare --help", "bwrap --version", "fakeroot true", "firejail --version"],
};

// It is refused anyway; what is inside tells the person more.
function inner({ args, name }: Call, on: Evaluation): Outcome {
  if (name !== "chroot" && name !== "unshare") return on.fine();
  const read = readOptions(
    args,
    grammar(
      "r,map-root-user m,mount=? u,uts=? i,ipc=? n,net=? p,pid=? U,user=? C,cgroup=? T,time=? f,fork mount-proc=? userspec= groups= skip-chdir R,root= w,wd= S,setuid= G,setgid= kill-child=? propagation= map-user= map-group= map-auto c,map-current-user keep-caps",
      { posix: true },
    ),
  );
  const words = name === "chroot" ? read.operands.slice(1) : read.operands;
  return words.length === 0 ? on.fine() : { ...on.run(words, { elsewhere: true }), edits: [] };
}
