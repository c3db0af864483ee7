// Logs of the system: reading and writing a line pass; shortening them, and speaking to everyone, asks.
import type { EffectKind } from "../../effect-kinds.ts";
import type { Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const changes: Readonly<Record<string, readonly [RegExp, EffectKind]>> = {
  journalctl: [
    /^--(?:vacuum|rotate|flush|sync|relinquish|smart-relinquish|setup-keys|update-catalog)|^\0/,
    "system.service",
  ],
  log: [/^(?:erase|config|collect)$|^\0/, "system.service"],
  logrotate: [/^/, "system.service"],
  wall: [/^/, "system.service"],
  write: [/^/, "system.service"],
  mesg: [/^[yn]$/, "system.service"],
  aureport: [/^\b$/, "system.service"],
  ausearch: [/^\b$/, "system.service"],
};

export const profile: Profile = {
  names: [
    ...Object.keys(changes),
    "logger",
    "systemd-analyze",
    "systemd-cgls",
    "systemd-cgtop",
    "systemd-detect-virt",
    "systemd-escape",
    "systemd-path",
    "systemd-id128",
    "lnav",
    "multitail",
    "dmidecode",
    "upower",
    "lshal",
    "udevadm",
  ],
  summary: "reads and writes logs of the system",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    const what = `run \`${callShown(call)}\``;
    const change = changes[call.name];
    if (change !== undefined && call.args.some(({ text }) => change[0].test(text))) return on.effect(change[1], what);
    if (
      call.name === "udevadm" &&
      !call.args.some(({ text }) => /^(?:info|monitor|test|test-builtin|settle|verify|cat|--version)$/.test(text))
    )
      return on.effect("system.kernel", what);
    return on.fine();
  },
  matches: [
    { line: "journalctl --vacuum-time=1s", decision: "ask", effect: "system.service" },
    { line: "wall hello", decision: "ask", effect: "system.service" },
  ],
  spares: [
    "journalctl -u nginx -n 50 --no-pager",
    "journalctl --user -f",
    "logger 'deploy rm -rf'",
    "systemd-analyze blame",
    "udevadm info /dev/sda",
  ],
};
