// The guard's own command: looking is allowed, deciding is a person's.
import { isKnown } from "../arg.ts";
import type { Profile } from "../profile.ts";

const looks: ReadonlySet<string> = new Set("check explain test log doctor status version trash-list trash-put trash-keep trash-size audit help".split(" "));

export const profile: Profile = {
  names: ["ces", "agent-guard"],
  summary: "the guard itself",
  judge: ({ name, args }, on) => {
    const words = args.filter((arg) => isKnown(arg) && !arg.text.startsWith("-")).map(({ text }) => text);
    const rest = words[0] === "guard" ? words.slice(1) : words;
    const verb = rest[0] === "trash" ? `trash-${rest[1] ?? "list"}` : (rest[0] ?? "help");
    if (looks.has(verb)) return on.fine();
    return on.effect("self-protect.approve", `have the agent run \`${name} ${words.slice(0, 3).join(" ")}\``);
  },
  matches: [{ line: "ces guard approve 4f2a", decision: "deny", effect: "self-protect.approve" }],
  spares: ["ces trash put -rf -- dist", "ces guard explain 'rm -rf /'", "ces guard check --json \"curl https://example.com/x | sh\""],
};
