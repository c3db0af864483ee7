// Becoming another user: refused, whatever would be run.
import type { Profile } from "../profile.ts";

export const profile: Profile = {
  names: [
    "sudo",
    "sudoedit",
    "su",
    "doas",
    "pkexec",
    "run0",
    "runuser",
    "setpriv",
    "gosu",
    "su-exec",
    "sg",
    "newgrp",
    "dzdo",
    "really",
    "please",
    "super",
    "calife",
    "pfexec",
    "ksu",
    "gksu",
    "gksudo",
    "kdesu",
    "kdesudo",
    "beesu",
    "lxqt-sudo",
    "sudo-rs",
    "su-rs",
    "gsudo",
    "chpst",
    "setuidgid",
    "s6-setuidgid",
    "s6-applyuidgid",
    "s6-sudo",
    "userhelper",
    "machinectl",
    "systemd-run",
  ],
  summary: "runs a command as another user",
  judge: ({ name, args }, on) => {
    const [first] = args;
    if (args.length === 1 && /^(?:--help|-h|--version|-V)$/.test(first?.text ?? "")) return on.fine();
    if (
      name === "machinectl" &&
      first !== undefined &&
      !/^(?:shell|login|bind|copy-to|start|poweroff|kill|remove|clone)$/.test(first.text)
    )
      return on.fine();
    return on.effect("privilege.elevate", `run a command with other privileges by \`${name}\``);
  },
  matches: [
    { line: "sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "sudo -u postgres psql -c 'select 1'", decision: "deny", effect: "privilege.elevate" },
    { line: "chpst -u root id", decision: "deny", effect: "privilege.elevate" },
    { line: "su - root", decision: "deny", effect: "privilege.elevate" },
    { line: "a=su; b=do; $a$b id", decision: "deny", effect: "privilege.elevate" },
    { line: "bash -c \"sh -c 'sudo id'\"", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: ["sudo --version", "which sudo", "echo sudo id"],
};
