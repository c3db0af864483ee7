// gem: an install builds native code with no switch against it, so that it is always asked.
import { type Arg, isKnown, known } from "../arg.ts";
import { grammar, readOptions, type Options } from "../options.ts";
import type { Evaluation, Outcome, Profile } from "../profile.ts";
import { installOutcome } from "../supply/clients/client-install.ts";
import { verbWords } from "../supply/clients/verb-words.ts";
import { gemSpec } from "../supply/specs/other-specs.ts";
import { shownWord } from "../supply/specs/requirement.ts";

const options = grammar(
  "h,help v,version= V,verbose q,quiet silent config-file= backtrace debug norc platform= i,install-dir= n,bindir= document=? no-document N,no-document build-root= vendor E,env-shebang f,force w,wrappers no-wrappers P,trust-policy= ignore-dependencies format-executable no-format-executable user-install no-user-install " +
    "development development-all conservative no-conservative minimal-deps no-minimal-deps post-install-message no-post-install-message g,file=? without= default explain no-lock no-lock lock suggestions no-suggestions target-rbconfig= l,local r,remote b,both B,bulk-threshold= clear-sources s,source= p,http-proxy=? no-http-proxy prerelease no-prerelease " +
    "system a,all x,executables D,dry-run I,abort-on-dependent o,output= C= strict host= key= otp= attestation= A,add= R,remove= e,exact details versions no-versions installed no-installed u,update c,cache add= remove= list update undo k,key= gem= no-verify pipe extensions skip= only-executables only-plugins only-missing-extensions",
);
const READ = new Set(
  "list search query info contents dependency outdated which help environment env specification stale sources-list check cert-list unpack rdoc lock mirror-list".split(
    " ",
  ),
);

export const profile: Profile = {
  names: ["gem"],
  summary: "installs and publishes gems",
  judge: (call, on) => {
    const { verb, name, rest } = verbWords(call.args, options);
    return verb === undefined ? on.fine() : judgeVerb(on, name, rest);
  },
  matches: [
    { line: "gem install rails", decision: "ask", effect: "supply-chain.new-package" },
    { line: "gem install nokogirl", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "gem i rails -v 7.0.0", decision: "ask", effect: "supply-chain.new-package" },
    { line: "gem install --source http://gems.example.net x", decision: "deny", effect: "supply-chain.source" },
    { line: "gem install ./x.gem", decision: "ask", effect: "supply-chain.new-package" },
    { line: "gem sources --add http://gems.example.net", decision: "deny", effect: "supply-chain.source" },
    { line: "gem update", decision: "ask", effect: "supply-chain.drift" },
    { line: "gem push x.gem", decision: "ask", effect: "infra.publish" },
    { line: "gem yank x -v 1.0", decision: "ask", effect: "infra.publish" },
    { line: "gem owner x --add someone", decision: "ask", effect: "infra.admin" },
    { line: "gem exec cowsay", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "gem pristine --all", decision: "deny", effect: "supply-chain.scripts-on" },
  ],
  spares: [
    "gem list",
    "gem search rails",
    "gem env",
    "gem --version",
    "gem info rails",
    "gem outdated",
    "gem sources",
    "gem build x.gemspec",
    "gem help install",
  ],
};

function judgeVerb(on: Evaluation, name: string, rest: readonly Arg[]): Outcome {
  const given = readOptions(rest, options);
  if (given.has("help")) return on.fine();
  switch (name) {
    case "install":
    case "i":
    case "inst":
    case "fetch":
      return on.join(installed(on, given), weakening(on, given));
    case "update":
      return on.join(on.effect("supply-chain.drift", "change many gems at once by `gem update`"), weakening(on, given));
    case "exec":
      return on.join(run(on, rest), weakening(on, given));
    case "uninstall":
    case "cleanup":
    case "build":
    case "generate_index":
      return on.effect("harmless.write", `run \`gem ${name}\``);
    case "pristine":
      return on.effect("supply-chain.scripts-on", "build and run the extensions of installed gems again");
    case "push":
    case "yank":
      return on.effect("infra.publish", `change what the registry serves by \`gem ${name}\``);
    case "owner":
    case "signin":
    case "signout":
      return given.has("add", "remove") || name !== "owner"
        ? on.effect("infra.admin", `change an account or rights at the registry by \`gem ${name}\``)
        : on.fine();
    case "sources":
    case "mirror":
      return given.has("add", "a", "remove", "clear-sources") || given.unknown.length > 0
        ? on.effect("supply-chain.source", "change where gems come from for good")
        : on.fine();
    case "cert":
      return given.has("add", "remove")
        ? on.effect("supply-chain.protection-off", "change the certificates that gems are trusted by")
        : on.fine();
    case "install_plugin":
    case "setup":
      return on.effect("supply-chain.run-remote", `run \`gem ${name}\``);
    default:
      return READ.has(name)
        ? on.fine()
        : on.effect("unknown.option", `run \`gem ${name === "" ? "…" : name}\`, which is not known`);
  }
}

function installed(on: Evaluation, given: Options): Outcome {
  const version = known(given.value("version")) ?? "";
  const words = given.operands;
  return installOutcome(on, {
    ecosystem: "RubyGems",
    command: "gem install",
    scope: "global",
    requested: words.filter(isKnown).map(({ text }) => gemSpec(text, version)),
    unknown_words: words.some((word) => !isKnown(word)) || given.uncertain.length > 0 || given.has("file"),
    scripts: "never",
    locked: null,
  });
}

function run(on: Evaluation, rest: readonly Arg[]): Outcome {
  const [program] = readOptions(rest, { ...options, posix: true }).operands;
  return program === undefined
    ? on.fine()
    : installOutcome(on, {
        ecosystem: "RubyGems",
        command: "gem exec",
        scope: "run",
        words: [program],
        scripts: "off",
        locked: null,
      });
}

function weakening(on: Evaluation, given: Options): Outcome {
  const source = given.value("source");
  return on.join(
    ...(source === undefined ? [] : [on.effect("supply-chain.source", `take gems from \`${shownWord(source.text)}\``)]),
    ...(given.has("http-proxy", "config-file")
      ? [on.effect("supply-chain.protection-off", "fetch gems by another proxy or configuration")]
      : []),
    ...given.unknown.map(({ text }) => on.effect("unknown.option", `use the option \`${shownWord(text)}\``)),
    on.fine(),
  );
}
