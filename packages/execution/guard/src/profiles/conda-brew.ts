// Homebrew, MacPorts and the like: packages of the account or the machine, built and linked by scripts of their own. (conda stands with the environments.)
import { type Arg, known } from "../arg.ts";
import type { Evaluation, Outcome, Profile } from "../profile.ts";
import { shownWords } from "../supply/clients/verb-words.ts";
import { shownWord } from "../supply/specs/requirement.ts";

const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const READ = set(
  "list ls info abv search desc home homepage deps uses leaves outdated doctor dr config cat log missing options commands help tap-info --version --prefix --cellar --cache --repository --env formulae casks readall docs which-formula shellenv analytics completions developer livecheck audit style installed contents dependents variants provides rdeps echo which --cellar",
);
const CHANGE = set(
  "install reinstall upgrade up update fetch uninstall remove rm unlink link ln pin unpin cleanup autoremove migrate switch postinstall activate deactivate selfupdate sync clean reclaim",
);
const PUBLISH = set("bump bump-formula-pr bump-cask-pr pr-publish pr-pull pr-upload tap-new create edit extract");

export const profile: Profile = {
  names: ["brew", "linuxbrew", "port"],
  summary: "installs programs for the account or the machine",
  judge: ({ name, args }, on) => {
    const [verb, ...rest] = args;
    if (verb === undefined) return on.fine();
    return judgeVerb(on, name, known(verb) ?? "", rest);
  },
  matches: [
    { line: "brew install jq", decision: "ask", effect: "supply-chain.new-package" },
    { line: "brew install https://example.com/x.rb", decision: "deny", effect: "supply-chain.source" },
    { line: "brew install ./x.rb", decision: "ask", effect: "supply-chain.new-package" },
    { line: "brew tap someone/tools", decision: "ask", effect: "supply-chain.new-package" },
    { line: "brew tap someone/tools https://example.com/x", decision: "deny", effect: "supply-chain.source" },
    { line: "brew upgrade", decision: "ask", effect: "supply-chain.new-package" },
    { line: "brew services start postgresql", decision: "ask", effect: "system.service" },
    { line: "brew uninstall --force jq", decision: "ask", effect: "supply-chain.new-package" },
    { line: "brew bundle", decision: "ask", effect: "supply-chain.new-package" },
    { line: "brew bundle exec sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "brew sh", decision: "ask", effect: "unknown.script" },
  ],
  spares: [
    "brew list",
    "brew info jq",
    "brew search ripgrep",
    "brew --version",
    "brew doctor",
    "brew outdated",
    "brew --prefix",
    "brew services list",
    "brew deps --tree jq",
  ],
};

function judgeVerb(on: Evaluation, name: string, verb: string, rest: readonly Arg[]): Outcome {
  const operands = rest.filter(({ text }) => !text.startsWith("-"));
  const [first] = operands;
  const second = known(first) ?? "";
  if (verb === "services")
    return /^(?:list|ls|info|)$/.test(second)
      ? on.fine()
      : on.effect("system.service", `${second} a service by \`${name} services\``);
  if (verb === "bundle")
    return second === "exec" || second === "sh" || second === "env"
      ? on.run(operands.slice(1))
      : /^(?:list|check|dump)$/.test(second)
        ? on.fine()
        : on.effect("supply-chain.new-package", "install what a Brewfile lists");
  if (verb === "ruby" || verb === "irb" || verb === "sh" || verb === "console" || verb === "test" || verb === "tests")
    return on.effect("unknown.script", `run code by \`${name} ${verb}\``);
  if (verb === "tap" || verb === "untap") return tap(on, operands);
  if (READ.has(verb) || (verb === "" && rest.length === 0) || (verb === "analytics" && second === "state"))
    return on.fine();
  if (CHANGE.has(verb)) return changed(on, name, verb, operands);
  return PUBLISH.has(verb)
    ? on.effect("infra.publish", `run \`${name} ${verb}\``)
    : on.effect("unknown.option", `run \`${name} ${verb === "" ? "…" : shownWord(verb)}\`, which is not known`);
}

function changed(on: Evaluation, name: string, verb: string, operands: readonly Arg[]): Outcome {
  const urls = operands.filter(({ text }) => /^[a-z]+:\/\//i.test(text));
  return on.join(
    ...urls.map(({ text }) => on.effect("supply-chain.source", `install \`${shownWord(text)}\` past every check`)),
    on.effect(
      "supply-chain.new-package",
      `run \`${name} ${verb} ${shownWords(operands)}\`, which changes programs of this account`,
    ),
  );
}

function tap(on: Evaluation, operands: readonly Arg[]): Outcome {
  if (operands.length === 0) return on.fine();
  const [, url] = operands;
  return url === undefined
    ? on.effect("supply-chain.new-package", `trust the packages of \`${shownWords(operands)}\``)
    : on.effect("supply-chain.source", `trust the packages at \`${shownWord(url.text)}\``);
}
