// Environments of packages: a command inside one is judged like any other; what would be installed is asked.
import { type Arg, isKnown, known } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { installOutcome } from "../../supply/clients/client-install.ts";
import { settingMeaning } from "../../supply/clients/setting-meaning.ts";
import { gemSpec } from "../../supply/specs/other-specs.ts";
import { asksForHelp, oddWords, shown } from "../_words.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;

const conda: Judge = (call, on) =>
  known(call.args[0]) === "config" ? condaConfig(on, call.args.slice(1)) : condaVerbs(call, on);
const condaVerbs: Judge = (call, on) =>
  verbs(call, on, {
    run: condaRun,
    looks:
      /^(?:info|list|search|env|config|doctor|compare|notices|activate|deactivate|shell|export|repoquery|clean|init|help)$/,
    installs: /^(?:install|create|update|upgrade|remove|uninstall|self-update|rename|build|develop|package)$/,
  });
const judges: Readonly<Record<string, Judge>> = {
  conda,
  mamba: conda,
  micromamba: conda,
  pixi: (call, on) =>
    verbs(call, on, {
      run: plainRun,
      looks: /^(?:info|list|ls|tree|search|shell-hook|config|task|project|workspace|lock|clean|completion)$/,
      installs: /^(?:add|install|i|update|upgrade|remove|rm|global|init|exec|x|self-update|shell|build)$/,
    }),
  hatch: (call, on) =>
    verbs(call, on, {
      run: plainRun,
      looks: /^(?:env|status|version|dep|config|fmt|test|build|clean|project|self|python|shell|new|cov)$/,
      installs: /^$/,
      publishes: /^publish$/,
    }),
  rye: (call, on) =>
    verbs(call, on, {
      run: plainRun,
      looks: /^(?:list|show|version|config|lint|fmt|test|build|init|self|tools|toolchain)$/,
      installs: /^(?:add|sync|lock|remove|install|uninstall|fetch|pin|make-req)$/,
      publishes: /^publish$/,
    }),
  bundle,
  bundler: bundle,
  "nix-shell": nixShell,
  nix,
  guix: (call, on) =>
    verbs(call, on, {
      run: plainRun,
      looks: /^(?:describe|search|show|size|graph|lint|weather|hash|refresh|repl)$/,
      installs: /^(?:install|remove|upgrade|package|pull|system|gc|shell|environment|home|time-machine|build)$/,
    }),
  devbox: (call, on) =>
    verbs(call, on, {
      run: plainRun,
      looks: /^(?:info|list|search|version|services|shellenv|cache|auth)$/,
      installs: /^(?:add|install|rm|update|init|shell|global|create|generate)$/,
    }),
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "runs a command in an environment of packages",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : (judges[call.name]?.(call, on) ?? on.fine())),
  matches: [
    { line: "nix-shell -p jq --run 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "nix-shell --command 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "nix develop -c sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "nix run nixpkgs#cowsay", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "conda run -n base sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "conda install numpy", decision: "ask", effect: "supply-chain.new-package" },
    { line: "bundle exec sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "bundle install", decision: "ask", effect: "supply-chain.new-package" },
    { line: "bundle add rake", decision: "ask", effect: "supply-chain.new-package" },
    { line: "bundle add x --git https://h.example/x.git", decision: "deny", effect: "supply-chain.source" },
    { line: "bundle config set mirror.all http://h.example", decision: "deny", effect: "supply-chain.source" },
    { line: "conda config --set ssl_verify false", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "hatch run sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "hatch run test:sudo", decision: "ask", effect: "unknown.option" },
    { line: "hatch publish", decision: "ask", effect: "infra.publish" },
  ],
  spares: [
    "bundle exec true",
    "bundle list",
    "bundle config set --local path vendor/bundle",
    "conda config --set auto_activate_base false",
    "conda config --add channels conda-forge",
    "conda list",
    "conda run -n base true",
    "nix flake show",
    "hatch version",
    "hatch --version",
  ],
};

interface Verbs {
  readonly run: (on: Evaluation, words: readonly Arg[], call: Call) => Outcome;
  readonly looks: RegExp;
  readonly installs: RegExp;
  readonly publishes?: RegExp;
}

function verbs(call: Call, on: Evaluation, { run, looks, installs, publishes }: Verbs): Outcome {
  const at = call.args.findIndex(({ text }) => !text.startsWith("-"));
  if (at < 0) return on.fine();
  const verb = known(call.args[at]) ?? "";
  const rest = call.args.slice(at + 1);
  if (verb === "run" || verb === "shell") return run(on, rest, call);
  if (
    /\b(?:remove|rm|prune|purge|create|update|install)\b/.test(rest[0]?.text ?? "") &&
    /^(?:env|config|self|python)$/.test(verb)
  )
    return on.effect("supply-chain.new-package", `run \`${call.name} ${verb} ${shown(rest[0] ?? call.word)}\``);
  if (looks.test(verb)) return on.fine();
  if (publishes?.test(verb) === true) return on.effect("infra.publish", `publish by \`${call.name}\``);
  if (installs.test(verb))
    return on.effect("supply-chain.new-package", `install or remove packages by \`${call.name} ${verb}\``);
  return on.effect("unknown.option", `run \`${call.name} ${verb}\``);
}

// A script of the project's own file, or a program.
function plainRun(on: Evaluation, args: readonly Arg[], call: Call): Outcome {
  const cut = args.findIndex(({ text }) => text === "--");
  const start =
    cut >= 0
      ? cut + 1
      : args.findIndex(
          ({ text }, index) =>
            !text.startsWith("-") &&
            !/^(?:-e|--environment|--env|-n|--name|--manifest-path|--with|-p)$/.test(args[index - 1]?.text ?? ""),
        );
  if (start < 0 || start >= args.length) return on.fine();
  return /^[\w.+-]+:[\w.:-]+$/.test(args[start]?.text ?? "")
    ? named(on, call, args[start])
    : ownName(on, args.slice(start));
}

// A name that no program has is one that the project's own files give: a script, or an executable of a locked package.
function ownName(on: Evaluation, words: readonly Arg[]): Outcome {
  const outcome = on.run(words);
  if (!/^[A-Za-z][\w.-]*$/.test(known(words[0]) ?? "")) return outcome;
  return { ...outcome, effects: outcome.effects.filter(({ kind }) => kind !== "unknown.program") };
}

// `hatch run env:command`: a name of the project's file, unless the part behind the colon is a program that is refused.
const named = (on: Evaluation, call: Call, word: Arg | undefined): Outcome =>
  word !== undefined &&
  /^(?:test|lint|docs|dev|types|style|cov|build|default|hatch-[\w-]+|py[\d.]+|all):(?!sudo|su$|doas|rm|dd|bash|sh$)/.test(
    word.text,
  )
    ? on.fine()
    : on.effect("unknown.option", `run \`${call.name} run ${shown(word ?? call.word)}\``);

function condaRun(on: Evaluation, args: readonly Arg[], call: Call): Outcome {
  if (call.args.some(({ text }) => text === "shell"))
    return on.effect("unknown.script", `start a shell by \`${call.name}\``);
  const read = readOptions(
    args,
    grammar(
      "n,name= p,prefix= v,verbose dev debug-wrapper-scripts cwd= no-capture-output,live-stream s a,attach= e,env= clean-env r,root-prefix= root= d,detach label= rc-file= no-rc",
      { posix: true },
    ),
  );
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    read.operands.length === 0 ? on.fine() : on.run(read.operands),
  );
}

function bundle(call: Call, on: Evaluation): Outcome {
  const { args, name } = call;
  const at = args.findIndex(({ text }) => !text.startsWith("-"));
  const verb = known(args[at]) ?? (at < 0 ? "install" : "");
  const rest = args.slice(at + 1);
  if (/^(?:exec|exe|ex|e)$/.test(verb)) {
    const start = rest.findIndex(({ text }, index) => !text.startsWith("-") && rest[index - 1]?.text !== "--gemfile");
    return start < 0 ? on.fine() : ownName(on, rest.slice(start));
  }
  if (verb === "config") return bundleConfig(on, rest);
  if (/^(?:add|inject)$/.test(verb)) return bundleAdd(call, on, rest);
  if (
    /^(?:list|show|info|outdated|check|platform|env|doctor|version|help|licenses|viz|clean|cache|package|pristine|binstubs|open|console|fund|lock)$/.test(
      verb,
    )
  )
    return verb === "open" ? on.effect("unknown.option", "open a gem in an editor") : on.fine();
  if (/^(?:install|i|update|remove|plugin|gem|init)$/.test(verb))
    return verb === "init"
      ? on.fine()
      : on.effect("supply-chain.new-package", `run \`${name} ${verb}\`, whose packages build native code`);
  return on.effect("unknown.option", `run \`${name} ${verb}\``);
}

/** `bundle config [set|get|unset|list] [--local|--global] NAME VALUE`; the old form has no verb. */
function bundleConfig(on: Evaluation, args: readonly Arg[]): Outcome {
  const words = args.filter(({ text }) => !text.startsWith("-"));
  const [verb] = words;
  if (verb === undefined || /^(?:get|list|unset)$/.test(known(verb) ?? "")) return on.fine();
  const pair = known(verb) === "set" ? words.slice(1) : words;
  const [key, value] = pair;
  // One word alone asks what it is set to.
  if (key === undefined || value === undefined) return on.fine();
  // `mirror.ADDRESS` sends one registry elsewhere; a host as a name is where a credential is kept.
  const found = settingMeaning(key.text.startsWith("mirror.") ? "mirror" : key.text, value);
  return found === undefined || found.kind === "harmless.write" ? on.fine() : on.effect(found.kind, found.what);
}

/** `bundle add NAME… --version V --git URL`: what is named is judged; bundler builds native code, which no switch stops. */
function bundleAdd(call: Call, on: Evaluation, args: readonly Arg[]): Outcome {
  const read = readOptions(args, bundleAddOptions);
  const source = ["git", "github", "source", "path"].flatMap((name) => read.values(name));
  const version = read.value("version");
  const named = read.operands.map((word) => gemSpec(word.text, version?.text ?? ""));
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    ...source.map((at) => on.effect("supply-chain.source", `install a gem from \`${shown(at)}\`, past the registry`)),
    installOutcome(on, {
      ecosystem: "RubyGems",
      command: `${call.name} add`,
      scope: "add",
      requested: named,
      unknown_words: read.operands.some((word) => !isKnown(word)),
      locks: ["Gemfile.lock"],
      scripts: "never",
    }),
  );
}

const bundleAddOptions = grammar(
  "v,version= g,group= s,source= r,require= path= git= github= branch= ref= glob= skip-install optimistic strict quiet",
);

// What everybody adds; any other channel is somebody's own.
const CHANNELS = /^(?:defaults|conda-forge|bioconda|pytorch|nvidia|nodefaults)$/;

/** `conda config --set KEY VALUE | --add KEY VALUE | --append … | --prepend … | --remove …`; everything else looks. */
function condaConfig(on: Evaluation, args: readonly Arg[]): Outcome {
  const outcomes = args.flatMap(({ text }, index): readonly Outcome[] => {
    if (!/^--(?:set|add|append|prepend)$/.test(text)) return [];
    const [key, value] = [args[index + 1], args[index + 2]];
    if (key?.text === "channels" && CHANNELS.test(known(value) ?? "")) return [];
    const found = key === undefined ? undefined : settingMeaning(key.text, value);
    return found === undefined || found.kind === "harmless.write" ? [] : [on.effect(found.kind, found.what)];
  });
  return on.join(...outcomes, on.fine());
}

function nixShell({ args }: Call, on: Evaluation): Outcome {
  const outcomes: Outcome[] = [];
  args.forEach(({ text }, index) => {
    const value = args[index + 1];
    if (/^--(?:run|command)$/.test(text) && value !== undefined) outcomes.push(on.script(value));
    if (/^(?:-i|--interpreter)$/.test(text))
      outcomes.push(on.effect("unknown.option", "run a script by an interpreter of the line's choosing"));
    if (/^https?:/.test(text)) outcomes.push(on.effect("remote-exec.run-url", `evaluate \`${text}\``));
  });
  const packages = args.some(({ text }) => /^(?:-p|--packages|-E|--expr)$/.test(text));
  return on.join(
    ...outcomes,
    packages ? on.effect("supply-chain.run-remote", "fetch packages and use them at once") : on.fine(),
  );
}

/** `nix develop -c CMD…`, `nix shell nixpkgs#x -c CMD…`, `nix run FLAKE -- args`. */
function nix({ args, name }: Call, on: Evaluation): Outcome {
  const at = args.findIndex(({ text }) => !text.startsWith("-"));
  const verb = known(args[at]) ?? "";
  const command = args.findIndex(({ text }) => /^(?:-c|--command)$/.test(text));
  const run = command < 0 ? on.fine() : on.run(args.slice(command + 1));
  const foreign = args
    .slice(at + 1, command < 0 ? undefined : command)
    .find(({ text }) => /^[a-z][\w+.-]*[:#]|#/.test(text) && !/^(?:\.|path:\.)/.test(text));
  if (/^(?:run|shell|develop|build|bundle)$/.test(verb))
    return on.join(
      run,
      foreign === undefined
        ? on.fine()
        : on.effect("supply-chain.run-remote", `fetch \`${shown(foreign)}\` and use it`),
    );
  if (
    /^(?:flake|search|eval|log|path-info|why-depends|hash|store|show-config|config|doctor|registry|derivation|print-dev-env|repl|fmt|help|--version|)$/.test(
      verb,
    )
  )
    return on.join(
      run,
      /^(?:gc|delete|optimise|update|lock|init|new|clone)$/.test(known(args[at + 1]) ?? "") && verb !== ""
        ? on.effect("supply-chain.new-package", `run \`${name} ${verb}\``)
        : on.fine(),
    );
  return on.join(
    run,
    on.effect(
      /^(?:profile|upgrade-nix|copy)$/.test(verb) ? "supply-chain.new-package" : "unknown.option",
      `run \`${name} ${verb}\``,
    ),
  );
}
