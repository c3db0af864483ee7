// Stopping the machine.
import { HOLE, known } from "../../arg.ts";
import type { Call, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const looks: Readonly<Record<string, (call: Call) => boolean>> = {
  shutdown: ({ args }) => args.length > 0 && args.every((arg) => /^(?:-c|--show)$/.test(known(arg) ?? HOLE)),
  init: ({ args }) => args.some((arg) => known(arg) === "--version"),
  rtcwake: ({ args }) =>
    args.some(
      ({ text }, index) =>
        (/^(?:-m|--mode)$/.test(text) && /^(?:show|no)$/.test(args[index + 1]?.text ?? "")) ||
        /^--mode=(?:show|no)$|^--list-modes$/.test(text),
    ),
  pmset: ({ args }) => args[0]?.text === "-g",
};

export const profile: Profile = {
  names: [
    "shutdown",
    "reboot",
    "halt",
    "poweroff",
    "init",
    "telinit",
    "rtcwake",
    "pm-suspend",
    "pm-hibernate",
    "pm-suspend-hybrid",
    "s2ram",
    "s2disk",
    "zzz",
    "pmset",
    "molly-guard",
    "ipmitool",
  ],
  summary: "stops the machine",
  judge: (call, on) =>
    asksForHelp(call.args) || looks[call.name]?.(call) === true
      ? on.fine()
      : on.effect("system.power", `run \`${callShown(call)}\``),
  matches: [
    { line: "shutdown -h now", decision: "deny", effect: "system.power" },
    { line: "reboot", decision: "deny", effect: "system.power" },
    { line: "init 0", decision: "deny", effect: "system.power" },
    { line: "poweroff -f", decision: "deny", effect: "system.power" },
    { line: "/sbin/halt", decision: "deny", effect: "system.power" },
    { line: "pmset sleepnow", decision: "deny", effect: "system.power" },
  ],
  spares: ["shutdown --help", "pmset -g batt", "grep -rn reboot docs", "shutdown -c"],
};
