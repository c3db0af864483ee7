// composer: installs run without scripts and plugins; what a manifest's scripts do is the project's business.
import { type Arg, known, literal } from "../arg.ts";
import { grammar, readOptions, type Options } from "../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { installOutcome } from "../supply/clients/client-install.ts";
import { settingOutcome } from "../supply/clients/config-setting.ts";
import { withoutUnknown } from "../supply/clients/local-program.ts";
import { isUsualScript } from "../supply/clients/package-script.ts";
import { insertAfter, verbWords } from "../supply/clients/verb-words.ts";
import type { InstallScope } from "../supply/install/install-request.ts";
import { shownWord } from "../supply/specs/requirement.ts";

const options = grammar(
  "h,help q,quiet V,version ansi no-ansi n,no-interaction profile no-plugins no-scripts d,working-dir= no-cache v,vv,vvv,verbose prefer-source prefer-dist prefer-install= dry-run download-only dev no-suggest no-dev no-security-blocking no-autoloader no-progress no-install audit no-audit audit-format= o,optimize-autoloader a,classmap-authoritative apcu-autoloader apcu-autoloader-prefix= " +
    "ignore-platform-req= ignore-platform-reqs fixed no-update update-no-dev w,with-dependencies W,with-all-dependencies update-with-dependencies update-with-all-dependencies prefer-stable prefer-lowest m,minimal-changes sort-packages with= lock i,interactive root-reqs bump-after-update=? patch-only unused " +
    "s,stability= repository= repository-url= add-repository keep-vcs remove-vcs no-secure-http ask g,global e,editor auth unset l,list f,file= absolute j,json merge append source all installed locked platform available self t,tree latest o,outdated N,name-only path-only strict major-only minor-only direct format= D,ignore= timeout= bump= abandoned= r,recursive optimize by-package by-suggestion name= description= author= type= homepage= require= require-dev= license= autoload= dir= set-channel-only rollback clean-backups stable preview snapshot 1 2 2.2 update-keys no-check-lock no-check-all with-dependencies check-lock",
);
const READ = new Set(
  "show info outdated o validate audit why depends why-not prohibits diagnose licenses search suggests fund browse home status check-platform-reqs list help about archive completion global-list".split(
    " ",
  ),
);

export const profile: Profile = {
  names: ["composer", "composer.phar"],
  summary: "installs PHP packages and runs scripts of projects",
  judge: (call, on) => {
    const { verb, name, rest, globals } = verbWords(call.args, options);
    if (verb === undefined || globals.has("help")) return on.fine();
    return judgeVerb({ call, on, verb, name, rest, before: call.args.slice(0, call.args.indexOf(verb)) });
  },
  matches: [
    { line: "composer require monolog/monolog", decision: "ask", effect: "supply-chain.new-package" },
    { line: "composer require symfony/consol", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "composer install", decision: "ask", effect: "supply-chain.new-package" },
    { line: "composer update", decision: "ask", effect: "supply-chain.drift" },
    { line: "composer global require laravel/installer", decision: "ask", effect: "supply-chain.new-package" },
    { line: "composer create-project laravel/laravel app", decision: "ask", effect: "supply-chain.run-remote" },
    {
      line: "composer create-project --repository=http://repo.example.net x/y",
      decision: "deny",
      effect: "supply-chain.source",
    },
    {
      line: "composer config repositories.x vcs https://example.com/x",
      decision: "deny",
      effect: "supply-chain.source",
    },
    {
      line: "composer config -g repo.packagist composer https://repo.example.net",
      decision: "deny",
      effect: "supply-chain.source",
    },
    { line: "composer config allow-plugins true", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "composer config -g secure-http false", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "composer config disable-tls true", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "composer exec sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "composer self-update", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "composer frobnicate", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "composer test",
    "composer run-script lint",
    "composer show",
    "composer outdated",
    "composer validate",
    "composer dump-autoload -o",
    "composer --version",
    "composer audit",
    "composer why a/b",
    "composer config --list",
  ],
};

interface Verb {
  readonly call: Call;
  readonly on: Evaluation;
  readonly verb: Arg;
  readonly name: string;
  readonly rest: readonly Arg[];
  readonly before: readonly Arg[];
}

function judgeVerb(one: Verb): Outcome {
  const { call, on, verb, name, rest, before } = one;
  const given = readOptions([...before, ...rest], options);
  const [first, ...others] = readOptions(rest, options).operands;
  switch (name) {
    case "install":
    case "i":
    case "remove":
    case "rm":
    case "uninstall":
    case "reinstall":
      return install(one, given, "lockfile", []);
    case "require":
    case "r":
    case "req":
      return install(one, given, "add", readOptions(rest, options).operands);
    case "update":
    case "u":
    case "upgrade":
    case "bump":
      return install(one, given, "update", []);
    case "create-project":
      return on.join(
        first === undefined
          ? on.fine()
          : installOutcome(on, {
              ecosystem: "Packagist",
              command: "composer create-project",
              scope: "run",
              words: [first],
              scripts: "off",
              locked: null,
            }),
        weakening(on, given),
      );
    case "global": {
      const [inner, ...words] = readOptions(rest, { ...options, posix: true }).operands;
      return inner === undefined
        ? on.fine()
        : judgeVerb({ call, on, verb: inner, name: known(inner) ?? "", rest: words, before });
    }
    case "exec": {
      const words = readOptions(rest, { ...options, posix: true }).operands;
      return words.length === 0 ? on.fine() : withoutUnknown(on.run(words));
    }
    case "run-script":
    case "run":
      return on.fine();
    case "config":
      return config(on, given, first, others);
    case "self-update":
    case "selfupdate":
      return on.effect("supply-chain.run-remote", "fetch another composer and run it from now on");
    case "dump-autoload":
    case "dumpautoload":
    case "init":
    case "clear-cache":
    case "clearcache":
    case "cc":
      return on.effect("harmless.write", `run \`composer ${name}\``);
    default:
      return READ.has(name) || isUsualScript(name)
        ? on.fine()
        : on.effect("unknown.option", `run \`composer ${known(verb) ?? "…"}\`, which is not known`);
  }
}

function install({ on, verb, name }: Verb, given: Options, scope: InstallScope, words: readonly Arg[]): Outcome {
  const off = given.has("no-scripts") && given.has("no-plugins");
  const judged = installOutcome(on, {
    ecosystem: "Packagist",
    command: `composer ${name}`,
    scope,
    words: paired(words),
    unknown_words: given.uncertain.length > 0,
    scripts: off ? "off" : "rewritable",
    edits: off ? [] : insertAfter(verb, "--no-scripts --no-plugins", on),
    locks: ["composer.lock"],
    dir: given.value("working-dir"),
  });
  return on.join(judged, weakening(on, given));
}

// `require a/b ^1.0`: the constraint may be a word of its own.
function paired(words: readonly Arg[]): readonly Arg[] {
  return words.flatMap((word, place) => {
    if (!word.text.includes("/") && place > 0) return [];
    const next = words[place + 1];
    return [
      next !== undefined && !next.text.includes("/") && !/[:=]/.test(word.text)
        ? literal(`${word.text}:${next.text}`)
        : word,
    ];
  });
}

function weakening(on: Evaluation, given: Options): Outcome {
  const other = [...given.values("repository"), ...given.values("repository-url")];
  return on.join(
    ...other.map(({ text }) => on.effect("supply-chain.source", `take packages from \`${shownWord(text)}\``)),
    ...(given.has("no-secure-http", "no-security-blocking")
      ? [on.effect("supply-chain.protection-off", "install without a check")]
      : []),
    ...given.unknown.map(({ text }) => on.effect("unknown.option", `use the option \`${shownWord(text)}\``)),
    on.fine(),
  );
}

function config(on: Evaluation, given: Options, key: Arg | undefined, values: readonly Arg[]): Outcome {
  if (key === undefined || given.has("list") || (values.length === 0 && !given.has("unset"))) return on.fine();
  const value = values.at(-1);
  if (/^secure-http$/.test(key.text))
    return known(value) === "true"
      ? on.effect("harmless.write", "set `secure-http`")
      : on.effect("supply-chain.protection-off", "allow packages over plain HTTP");
  return settingOutcome(on, key.text, value);
}
