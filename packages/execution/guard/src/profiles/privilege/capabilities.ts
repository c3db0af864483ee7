// Capabilities: root by another name. Looking passes.
import { HOLE, known } from "../../arg.ts";
import type { Call, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const looks: Readonly<Record<string, (call: Call) => boolean>> = {
  setcap: ({ args }) =>
    args.some(({ text }) => /^-[a-z]*v/.test(text)) && !args.some(({ text }) => text.startsWith(HOLE)),
  capsh: ({ args }) =>
    args.length > 0 &&
    args.every((arg) =>
      /^--(?:print|modes|decode=[\da-fx]+|explain=\w+|supports=\w+|has-[\w=-]+|current|help)$/.test(known(arg) ?? HOLE),
    ),
  filecap: ({ args }) => args.every(({ text }) => text.startsWith("-") || text.startsWith("/")) && args.length < 3,
  getcap: () => true,
  getpcaps: () => true,
  pscap: () => true,
  netcap: () => true,
  captest: () => true,
};

export const profile: Profile = {
  names: [...Object.keys(looks), "setpcaps", "execcap", "sucap"],
  summary: "grants capabilities",
  judge: (call, on) => {
    if (asksForHelp(call.args) || looks[call.name]?.(call) === true) return on.fine();
    return on.effect("privilege.capability", `run \`${callShown(call)}\``);
  },
  matches: [
    { line: "setcap cap_setuid+ep dist/run", decision: "deny", effect: "privilege.capability" },
    { line: "setcap -r dist/run", decision: "deny", effect: "privilege.capability" },
    { line: "capsh --uid=0 -- -c id", decision: "deny", effect: "privilege.capability" },
    { line: "capsh --print -- -c id", decision: "deny", effect: "privilege.capability" },
    { line: "capsh", decision: "deny", effect: "privilege.capability" },
  ],
  spares: ["getcap -r dist", "capsh --print", "setcap -v cap_net_raw+ep dist/run"],
};
