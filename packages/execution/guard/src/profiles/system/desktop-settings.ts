// Settings of a desktop, outside the project: reading passes, writing asks.
import { known } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

interface Tool {
  readonly looks: (call: Call) => boolean;
  readonly kind: EffectKind;
}

const tools: Readonly<Record<string, Tool>> = {
  PlistBuddy: {
    looks: ({ args }) =>
      args.some(({ text }, index) => args[index - 1]?.text === "-c" && /^Print/i.test(text)) &&
      args.filter(({ text }) => text === "-c").length === 1,
    kind: "unknown.outside-write",
  },
  tccutil: { looks: () => false, kind: "system.service" },
  profiles: {
    looks: ({ args }) => /^(?:list|show|status|help|version|-[LPCHI]|-v)$/.test(known(args[0]) ?? ""),
    kind: "system.persist",
  },
  mdutil: {
    looks: ({ args }) =>
      args.every(({ text }) => /^(?:-[asvP]+|\/.*)$/.test(text)) && args.some(({ text }) => /^-[a-z]*s/.test(text)),
    kind: "system.service",
  },
  lsregister: { looks: ({ args }) => args.some(({ text }) => text === "-dump"), kind: "system.persist" },
  pluginkit: { looks: ({ args }) => args.some(({ text }) => text === "-m"), kind: "system.persist" },
  systemextensionsctl: { looks: ({ args }) => args[0]?.text === "list", kind: "system.kernel" },
  dsconfigldap: { looks: () => false, kind: "privilege.account" },
  sfltool: { looks: ({ args }) => /^(?:dumpbtm|list)$/.test(args[0]?.text ?? ""), kind: "system.persist" },
  kickstart: { looks: () => false, kind: "system.service" },
  kreadconfig5: { looks: () => true, kind: "unknown.outside-write" },
};

function judge(call: Call, on: Evaluation): Outcome {
  if (asksForHelp(call.args)) return on.fine();
  const tool = tools[call.name];
  return tool === undefined || tool.looks(call) ? on.fine() : on.effect(tool.kind, `run \`${callShown(call)}\``);
}

export const profile: Profile = {
  names: Object.keys(tools),
  summary: "changes settings of a desktop",
  judge,
  matches: [
    { line: "PlistBuddy -c 'Set :x y' x.plist", decision: "ask", effect: "unknown.outside-write" },
    { line: "tccutil reset All", decision: "ask", effect: "system.service" },
    { line: "profiles install -path x.mobileconfig", decision: "ask", effect: "system.persist" },
  ],
  spares: ["profiles list", "PlistBuddy -c 'Print :CFBundleVersion' x.plist", "systemextensionsctl list"],
};
