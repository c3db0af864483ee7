// Managers of language versions and shells that prepare themselves: what they run is judged, what they print to be evaluated is marked as such.
import { type Arg, known, taintedStream } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, runJoined, shown } from "../_words.ts";

const managers =
  "mise rtx asdf vfox pyenv rbenv nodenv goenv jenv plenv phpenv luaenv swiftenv nvm fnm volta n nvs fvm sdk g gvm kerl evm aqua proto pkgx chruby chruby-exec rvm".split(
    " ",
  );
const prompts =
  "direnv starship zoxide thefuck mcfly atuin keychain ssh-agent opam lesspipe lesspipe.sh dircolors gdircolors register-python-argcomplete oh-my-posh navi carapace hishtory".split(
    " ",
  );

export const profile: Profile = {
  names: [...managers, ...prompts],
  summary: "chooses versions of languages, or prepares a shell",
  judge: (call, on) =>
    asksForHelp(call.args)
      ? on.fine()
      : call.name === "ssh-agent"
        ? agent(call, on)
        : call.name === "direnv"
          ? direnv(call, on)
          : manager(call, on),
  matches: [
    { line: 'eval "$(ssh-agent -s)"', decision: "ask", effect: "code-injection.local-generator" },
    { line: 'eval "$(pyenv init -)"', decision: "ask", effect: "code-injection.local-generator" },
    { line: 'eval "$(direnv hook bash)"', decision: "ask", effect: "code-injection.local-generator" },
    { line: "direnv exec . sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "direnv allow", decision: "ask", effect: "system.persist" },
    { line: "mise exec -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "mise x node@20 -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "asdf exec sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "nvm exec 20 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "ssh-agent sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "mise install node@22", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "n 20", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "mise use node@22", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "mise frob", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "mise ls",
    "asdf current",
    "pyenv versions",
    "nvm use 20",
    "volta list",
    "ssh-agent -s",
    "direnv status",
    "mise exec -- true",
    "zoxide query x",
  ],
};

const looks =
  /^(?:ls|list|list-all|list-remote|ls-remote|ls-ultimate|current|which|where|whence|prefix|root|version|versions|version-name|version-file|info|status|doctor|outdated|latest|help|commands|shims|cache|config|completion|completions|settings|env-vars|bin-paths|tasks|query|stats|search|history|export|dump|fetchrc|show_dump|check|candidates|home|c|use|alias|unalias|default|deactivate|rehash|reshim|set-default|rc-install-manually|print|explain|module|offline|registry|plugins|fmt|generate|timings|toggle|bug-report|preset|cd|z|add|remove|import|p|l)$/;
const chooses = /^(?:local|global|shell|set|unset|pin|link|switch|trust|untrust)$/;
const installs =
  /^(?:install|i|in|uninstall|upgrade|up|update|plugin|plugin-add|self-update|selfupdate|sync|prune|implode|migrate|fetch|flush|d|u|rm|reinstall-packages|unload|purge|get|bundle|backends|watch|w|remove-all|reload)$/;
const generates =
  /^(?:init|-|hook|activate|env|hook-env|shellenv|export-env|setup|login|--eval|--alias|-b|-c|--sh|--bourne-shell|-s|-k|--csh|edit-config)$/;

function manager({ args, name, word }: Call, on: Evaluation): Outcome {
  const at = args.findIndex(({ text }) => !text.startsWith("-"));
  const verb = known(args[at]) ?? (at < 0 ? undefined : "");
  const printed = on.fine(taintedStream(["generator"]));
  if (verb === undefined) return args.length === 0 && name === "chruby" ? on.fine() : printed;
  const rest = args.slice(at + 1);
  if (/^(?:exec|x|run|with|which-exec|start|do)$/.test(verb) || name === "chruby-exec")
    return inside(on, name, verb === "run" && !/^(?:nvm|volta|n|nvs)$/.test(name) ? [] : rest, rest);
  if (
    generates.test(verb) ||
    /^(?:keychain|lesspipe|lesspipe\.sh|dircolors|gdircolors|register-python-argcomplete|thefuck)$/.test(name)
  )
    return printed;
  if (
    (/^(?:n|nvs|g)$/.test(name) && /^v?\d|^(?:lts|latest|stable|current|nightly|rc|auto|engine)\b/.test(verb)) ||
    (/^(?:mise|rtx)$/.test(name) && /^(?:use|u)$/.test(verb)) ||
    rest.some(({ text }) => text === "--install-if-missing")
  )
    return on.effect("supply-chain.run-remote", `fetch and choose a version by \`${name} ${verb}\``);
  if (looks.test(verb) || /^\d|^(?:lts|node|system|stable)\b/.test(verb)) return on.fine();
  if (chooses.test(verb))
    return verb === "global" || /^(?:trust|link)$/.test(verb)
      ? on.effect("system.persist", `choose for every shell by \`${name} ${verb}\``)
      : on.fine();
  if (installs.test(verb)) return on.effect("supply-chain.run-remote", `install or remove by \`${name} ${verb}\``);
  return on.effect("unknown.option", `run \`${name} ${shown(args[at] ?? word)}\``);
}

/** `exec [tool@version …] [--] command`, `-c TEXT`. */
function inside(on: Evaluation, name: string, words: readonly Arg[], rest: readonly Arg[]): Outcome {
  const cut = words.findIndex((word) => word.text === "--");
  if (cut >= 0) return on.run(words.slice(cut + 1));
  const start = words.findIndex(
    (word, index) =>
      !word.text.startsWith("-") &&
      !isVersion(word.text, name) &&
      !/^--(?:using|version|node|npm|yarn|jobs|cd|env)$|^-[jCE]$/.test(words[index - 1]?.text ?? ""),
  );
  const text = rest.findIndex((word) => /^(?:-c|--command)$/.test(word.text));
  const command = rest[text + 1];
  if (text >= 0 && (start < 0 || text < start + 1) && command !== undefined) return on.script(command);
  // `mise run TASK`: a task of the project.
  return start < 0 ? on.fine() : on.run(words.slice(start));
}

const isVersion = (text: string, name: string): boolean =>
  /@|^v?\d[\d.]*$|^lts(?:\/.*)?$|^(?:node|stable|system|current|latest|default)$/.test(text) &&
  !(text === "node" && name !== "nvm");

function direnv({ args }: Call, on: Evaluation): Outcome {
  const [verb, , ...words] = args;
  const name = known(verb) ?? "";
  if (name === "exec") return words.length === 0 ? on.fine() : on.run(words);
  if (/^(?:allow|permit|grant|edit)$/.test(name))
    return on.effect("system.persist", "let every shell here run the folder's `.envrc`");
  if (/^(?:hook|export|stdlib|dotenv|dump|apply_dump|load_dump|fetchurl)$/.test(name))
    return on.fine(taintedStream(["generator"]));
  return /^(?:status|version|help|deny|block|revoke|disallow|prune|reload|current|)$/.test(name)
    ? on.fine()
    : on.effect("unknown.option", `run \`direnv ${name}\``);
}

/** `ssh-agent [options] [command]`; without a command it prints what a shell should set. */
function agent({ args }: Call, on: Evaluation): Outcome {
  let at = 0;
  for (; at < args.length && args[at]?.text.startsWith("-") === true; at += 1) {
    if (args[at]?.text === "--") {
      at += 1;
      break;
    }
    if (/^-[aEtPO]$/.test(args[at]?.text ?? "")) at += 1;
  }
  const words = args.slice(at);
  return words.length === 0
    ? on.fine(taintedStream(["generator"]))
    : words.length === 1
      ? runJoined(on, words)
      : on.run(words);
}
