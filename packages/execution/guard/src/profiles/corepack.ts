// corepack: package managers on demand; fetching one, or putting it in place for everyone, is asked.
import { known } from "../arg.ts";
import type { Profile } from "../profile.ts";
import { asksForHelp, shown } from "./_words.ts";

export const profile: Profile = {
  names: ["corepack"],
  summary: "fetches package managers and runs them",
  judge: ({ args }, on) => {
    const [verb, ...rest] = args;
    const name = known(verb) ?? "";
    if (verb === undefined || asksForHelp(args)) return on.fine();
    if (/^(?:npm|npx|pnpm|pnpx|yarn|yarnpkg)(?:@.*)?$/.test(name))
      return on.run([{ ...verb, text: name.replace(/@.*$/, ""), at: null }, ...rest]);
    return /^(?:cache)$/.test(name)
      ? on.fine()
      : on.effect("supply-chain.run-remote", `fetch or set up a package manager by \`corepack ${shown(verb)}\``);
  },
  matches: [
    { line: "corepack enable", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "corepack prepare yarn@4 --activate", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "corepack pnpm add left-pad", decision: "ask", effect: "supply-chain.new-package" },
  ],
  spares: ["corepack --version", "corepack pnpm test", "corepack cache clean"],
};
