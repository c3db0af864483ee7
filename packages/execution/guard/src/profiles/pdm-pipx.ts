// pdm, pipx and pipenv: as pip and poetry, each with its own way to take packages as built only.
import { type Arg, known, literal } from "../arg.ts";
import { grammar, readOptions } from "../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { type ClientInstall, installOutcome } from "../supply/clients/client-install.ts";
import { settingOutcome } from "../supply/clients/config-setting.ts";
import { withoutUnknown } from "../supply/clients/local-program.ts";
import { pipWeakening } from "../supply/clients/python-install.ts";
import { insertAfter, verbWords } from "../supply/clients/verb-words.ts";
import { wrapInEnv } from "../supply/clients/wrap-in-env.ts";

const options = grammar(
  "h,help V,version v,verbose q,quiet p,project= c,config= n,non-interactive g,global I,ignore-python L,lockfile= G,group= d,dev prod production no-default without= with= no-lock frozen-lockfile no-editable no-self no-isolation dry-run " +
    "x,exclude-newer= check fail-fast r,reinstall clean only-keep e,editable= save-compatible save-exact save-wildcard save-minimum update-reuse update-eager update-all pre prerelease stable u,unconstrained T,top-level outdated " +
    "index-url=,i= i,index-url= extra-index-url= pip-args= spec= python= fetch-missing-python include-deps include-apps force suffix= preinstall= system-site-packages no-cache editable-spec path= verbose-pip backend= json short skip-maintenance include-injected " +
    "deploy ignore-pipfile skip-lock system sequential keep-outdated categories= requirements= requirementstxt= site-packages pypi-mirror= clear extra-pip-args= bare where venv py envs man support rm three two shell-args= s,site list comment= delete edit repository= username= password= no-build sign",
);

export const profile: Profile = {
  names: ["pdm", "pipx", "pipenv"],
  summary: "installs Python packages and runs programs of projects",
  judge: (call, on) => {
    const { verb, rest, globals } = verbWords(call.args, options);
    if (verb === undefined)
      return call.name === "pdm" && !globals.has("help", "version")
        ? install(call, on, { verb: call.word, name: "install", rest: [], scope: "lockfile" })
        : on.fine();
    if (globals.has("help", "version") || readOptions(rest, { ...options, posix: true }).has("help")) return on.fine();
    return judgeVerb(call, on, verb, rest);
  },
  matches: [
    { line: "pdm add httpx", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pdm install", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pdm update", decision: "ask", effect: "supply-chain.drift" },
    { line: "pdm run sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "pdm publish", decision: "ask", effect: "infra.publish" },
    { line: "pdm config pypi.url https://index.example.net", decision: "deny", effect: "supply-chain.source" },
    { line: "pipx install black", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pipx run cowsay", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "pipx run https://example.com/x.py", decision: "deny", effect: "supply-chain.source" },
    { line: "pipx install git+https://example.com/x", decision: "deny", effect: "supply-chain.source" },
    { line: "pipx inject black reqeusts", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "pipx upgrade-all", decision: "ask", effect: "supply-chain.drift" },
    { line: "pipenv install requests", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pipenv run sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "pipenv shell", decision: "ask", effect: "unknown.script" },
  ],
  spares: [
    "pdm run pytest",
    "pdm list",
    "pdm show requests",
    "pdm --version",
    "pipx list",
    "pipx --version",
    "pipenv run pytest",
    "pipenv graph",
    "pipenv --venv",
    "pdm config",
    "pipx environment",
    "pdm build",
    "pdm info",
  ],
};

function judgeVerb(call: Call, on: Evaluation, verb: Arg, rest: readonly Arg[]): Outcome {
  const name = known(verb) ?? "";
  const { operands } = readOptions(rest, options);
  const [first, ...others] = operands;
  switch (name) {
    case "add":
      return install(call, on, { verb, name, rest, scope: "add", words: operands });
    case "install":
      if (call.name === "pipx") return install(call, on, { verb, name, rest, scope: "global", words: operands });
      return install(call, on, {
        verb,
        name,
        rest,
        scope: operands.length > 0 && call.name === "pipenv" ? "add" : "lockfile",
        words: call.name === "pipenv" ? operands : [],
      });
    case "sync":
    case "remove":
    case "fix":
    case "install-all":
      return install(call, on, { verb, name, rest, scope: name === "install-all" ? "global" : "lockfile" });
    case "inject":
      return install(call, on, { verb, name, rest, scope: "global", words: others });
    case "update":
    case "upgrade":
    case "upgrade-all":
    case "upgrade-shared":
    case "reinstall":
    case "reinstall-all":
      return install(call, on, { verb, name, rest, scope: "update" });
    case "lock":
      return on.effect("supply-chain.drift", `change many pinned packages at once by \`${call.name} lock\``);
    case "run":
      return run(call, on, rest);
    case "runpip":
      return on.run([literal("pip"), ...others]);
    case "shell":
      return on.effect("unknown.script", `start a shell by \`${call.name}\``);
    case "publish":
      return on.effect("infra.publish", "publish a distribution");
    case "config":
      return first === undefined || others[0] === undefined ? on.fine() : settingOutcome(on, first.text, others[0]);
    case "self":
    case "plugin":
    case "python":
    case "py":
      return /^(?:list|show|)$/.test(known(first) ?? "")
        ? on.fine()
        : on.effect("supply-chain.run-remote", `fetch a plugin or an interpreter by \`${call.name} ${name}\``);
    case "ensurepath":
    case "completion":
      return name === "ensurepath" ? on.effect("system.persist", "change the shell's start-up files") : on.fine();
    default:
      return KNOWN.has(name)
        ? on.fine()
        : on.effect("unknown.option", `run \`${call.name} ${name === "" ? "…" : name}\`, which is not known`);
  }
}

const KNOWN = new Set(
  "list show info search build export import init new use venv cache outdated completions environment graph check verify clean uninstall uninject uninstall-all requirements scripts open upload pin unpin help".split(
    " ",
  ),
);

interface Parts {
  readonly verb: Arg;
  readonly name: string;
  readonly rest: readonly Arg[];
  readonly scope: ClientInstall["scope"];
  readonly words?: readonly Arg[];
}

function install(call: Call, on: Evaluation, { verb, name, rest, scope, words = [] }: Parts): Outcome {
  const given = readOptions(rest, options);
  const pipx = call.name === "pipx";
  const built_only = pipx
    ? given.values("pip-args").some(({ text }) => /--only-binary[ =]:all:/.test(text))
    : call.name === "pdm"
      ? known(call.env.get("PDM_ONLY_BINARY")) === ":all:"
      : known(call.env.get("PIP_ONLY_BINARY")) === ":all:";
  const edits = pipx
    ? insertAfter(verb, "--pip-args='--only-binary=:all:'", on)
    : wrapInEnv(call, call.name === "pdm" ? "PDM_ONLY_BINARY=:all:" : "PIP_ONLY_BINARY=:all:", on);
  const judged = installOutcome(on, {
    ecosystem: "PyPI",
    command: `${call.name} ${name}`,
    scope,
    words: [...words, ...given.values("editable"), ...given.values("spec"), ...given.values("preinstall")],
    unknown_words: given.uncertain.length > 0 || given.has("requirements", "requirementstxt"),
    scripts: built_only ? "off" : "rewritable",
    edits: built_only ? [] : edits,
    ...(pipx ? { locked: null } : { locks: [call.name === "pdm" ? "pdm.lock" : "Pipfile.lock"] }),
    dir: given.value("project"),
  });
  const passed = given.values("pip-args").some(({ text }) => /index-url|find-links|trusted-host|no-binary/.test(text));
  return on.join(
    judged,
    pipWeakening(on, given),
    ...(passed ? [on.effect("supply-chain.source", "install from elsewhere by `--pip-args`")] : []),
  );
}

function run(call: Call, on: Evaluation, rest: readonly Arg[]): Outcome {
  const posix = readOptions(rest, { ...options, posix: true });
  const given = readOptions(rest.slice(0, rest.length - posix.operands.length), options);
  const [program, ...args] = posix.operands;
  if (program === undefined) return on.fine();
  if (call.name !== "pipx") return withoutUnknown(on.run([program, ...args]));
  const spec = given.value("spec");
  const fetched = installOutcome(on, {
    ecosystem: "PyPI",
    command: "pipx run",
    scope: "run",
    words: [spec ?? program],
    scripts: "off",
    locked: null,
  });
  return on.join(fetched, pipWeakening(on, given), withoutUnknown(on.run([program, ...args])));
}
