// poetry: packages are taken as built; what a project runs is judged like the line itself.
import { type Arg, known } from "../arg.ts";
import { grammar, readOptions } from "../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { installOutcome } from "../supply/clients/client-install.ts";
import { settingOutcome } from "../supply/clients/config-setting.ts";
import { withoutUnknown } from "../supply/clients/local-program.ts";
import { verbWords } from "../supply/clients/verb-words.ts";
import { wrapInEnv } from "../supply/clients/wrap-in-env.ts";
import type { InstallScope } from "../supply/install/install-request.ts";

const options = grammar(
  "h,help q,quiet V,version ansi no-ansi n,no-interaction no-plugins no-cache P,project= C,directory= v,vv,vvv,verbose without= with= only= only-root no-root no-dev sync no-directory dry-run E,extras= all-extras all-groups compile " +
    "D,dev G,group= e,editable optional python= platform= source= allow-prereleases lock no-update regenerate check latest outdated tree why top-level all f,format= o,output= r,repository= u,username= p,password= build skip-existing cert= client-cert= priority= name= src readme= description= author= license= dependency= dev-dependency= list unset local migrate full-path short s next-phase without-hashes without-urls with-credentials next strict markers= no-truncate",
);
const READ = new Set("show check search env cache export version list about debug help new init build init".split(" "));

export const profile: Profile = {
  names: ["poetry"],
  summary: "installs Python packages and runs programs of projects",
  judge: (call, on) => {
    const { verb, name, rest, globals } = verbWords(call.args, options);
    if (verb === undefined || globals.has("help")) return on.fine();
    return judgeVerb(call, on, { name, rest, before: call.args.slice(0, call.args.indexOf(verb)) });
  },
  matches: [
    { line: "poetry add httpx", decision: "ask", effect: "supply-chain.new-package" },
    { line: "poetry add reqeusts", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "poetry add git+https://example.com/x.git", decision: "deny", effect: "supply-chain.source" },
    { line: "poetry update", decision: "ask", effect: "supply-chain.drift" },
    { line: "poetry run sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "poetry publish --build", decision: "ask", effect: "infra.publish" },
    {
      line: "poetry source add internal https://index.example.net/simple",
      decision: "deny",
      effect: "supply-chain.source",
    },
    { line: "poetry self add some-plugin", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "poetry config repositories.x https://index.example.net", decision: "deny", effect: "supply-chain.source" },
    { line: "poetry config certificates.x.cert false", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "poetry install", decision: "ask", effect: "supply-chain.new-package" },
    { line: "poetry shell", decision: "ask", effect: "unknown.script" },
  ],
  spares: [
    "poetry run pytest",
    "poetry run mytool --flag",
    "poetry show --tree",
    "poetry check",
    "poetry --version",
    "poetry env info",
    "poetry build",
    "poetry version patch",
    "poetry config --list",
    "poetry export -f requirements.txt",
  ],
};

interface Verb {
  readonly name: string;
  readonly rest: readonly Arg[];
  readonly before: readonly Arg[];
}

function judgeVerb(call: Call, on: Evaluation, verb: Verb): Outcome {
  const { name, rest } = verb;
  const operands = readOptions(rest, options).operands;
  const second = known(operands[0]) ?? "";
  switch (name) {
    case "install":
    case "sync":
    case "remove":
      return install(call, on, verb, "lockfile");
    case "add":
      return install(call, on, verb, "add");
    case "update":
      return install(call, on, verb, "update");
    case "lock":
      return readOptions(rest, options).has("check")
        ? on.fine()
        : on.effect("supply-chain.drift", "change many pinned packages at once by `poetry lock`");
    case "run":
      return rest.length === 0 ? on.fine() : withoutUnknown(on.run(rest[0]?.text === "--" ? rest.slice(1) : rest));
    case "shell":
      return on.effect("unknown.script", "start a shell by `poetry`");
    case "publish":
      return on.effect("infra.publish", "publish a distribution");
    case "source":
      return second === "add"
        ? on.effect("supply-chain.source", `install from elsewhere from now on by \`poetry source add\``)
        : on.fine();
    case "self":
      return /^(?:show|lock|)$/.test(second)
        ? on.fine()
        : on.effect("supply-chain.run-remote", "fetch a plugin or another poetry and run it from now on");
    case "config":
      return config(on, rest);
    default:
      return READ.has(name)
        ? on.fine()
        : on.effect("unknown.option", `run \`poetry ${name === "" ? "…" : name}\`, which is not known`);
  }
}

function install(call: Call, on: Evaluation, { name, rest, before }: Verb, scope: InstallScope): Outcome {
  const given = readOptions([...before, ...rest], options);
  const built_only = known(call.env.get("POETRY_INSTALLER_ONLY_BINARY")) === ":all:";
  const judged = installOutcome(on, {
    ecosystem: "PyPI",
    command: `poetry ${name}`,
    scope,
    words: scope === "add" ? readOptions(rest, options).operands : [],
    unknown_words: given.uncertain.length > 0,
    scripts: built_only ? "off" : "rewritable",
    edits: built_only ? [] : wrapInEnv(call, "POETRY_INSTALLER_ONLY_BINARY=:all:", on),
    locks: ["poetry.lock"],
    dir: given.value("directory") ?? given.value("project"),
  });
  const source =
    given.value("source") === undefined
      ? []
      : [on.effect("supply-chain.source", "install from another source by `--source`")];
  return on.join(
    judged,
    ...source,
    ...given.unknown.map(({ text }) => on.effect("unknown.option", `use the option \`${text}\``)),
  );
}

function config(on: Evaluation, rest: readonly Arg[]): Outcome {
  const given = readOptions(rest, options);
  const [key, value] = given.operands;
  if (given.has("list") || key === undefined || (value === undefined && !given.has("unset"))) return on.fine();
  return settingOutcome(on, key.text, value);
}
