// npm: installs are judged and run without scripts, project scripts run, registry changes are asked.
import { type Arg, known, literal } from "../arg.ts";
import type { Outcome, Profile } from "../profile.ts";
import { readOptions } from "../options.ts";
import { createdPackage } from "../supply/clients/created-package.ts";
import {
  configOutcome,
  isScriptless,
  nodeInstall,
  type NodeVerb,
  rebuildOutcome,
  registryOutcome,
} from "../supply/clients/node-install.ts";
import { npmGrammar, weakeningOutcome } from "../supply/clients/node-options.ts";
import { packageFieldOutcome } from "../supply/clients/package-field.ts";
import { scriptOutcome } from "../supply/clients/package-script.ts";
import { remoteRun } from "../supply/clients/remote-run.ts";
import { insertAfter, joinedSwitches, switchValue, verbWords } from "../supply/clients/verb-words.ts";
import type { InstallScope } from "../supply/install/install-request.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const INSTALL = words("install i in ins inst insta instal isnt isnta isntal isntall add it install-test");
const FROZEN = words("ci clean-install ic install-clean isntall-clean cit install-ci-test clean-install-test sit");
const UPDATE = words("update up upgrade udpate dedupe ddp");
const REMOVE = words("uninstall un unlink remove rm r prune");
const EXEC = words("exec x");
const CREATE = words("init create innit");
const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ["test", "test"],
  ["t", "test"],
  ["tst", "test"],
  ["start", "start"],
  ["stop", "stop"],
  ["restart", "restart"],
]);
const RUN = words("run run-script rum urn");
const READ = words(
  "ls list la ll view info show v outdated fund help help-search explain why query root prefix bin docs home bugs issues repo ping whoami doctor completion sbom diff search find s se version-help get pack stars org-ls",
);

export const profile: Profile = {
  names: ["npm"],
  summary: "installs, runs and publishes packages",
  judge: (call, on) => {
    const args = joinedSwitches(call.args, npmGrammar);
    const { globals, verb, name, rest } = verbWords(args, npmGrammar);
    if (verb === undefined) return on.join(weakeningOutcome(on, globals, { fetches: false }), on.fine());
    if (name === "") return on.effect("unknown.option", "run `npm` with a command that is only known when it runs");
    return judgeVerb({ call, on, verb, name, rest, before: args.slice(0, args.indexOf(verb)) });
  },
  matches: [
    { line: "npm install left-pad", decision: "ask", effect: "supply-chain.new-package" },
    { line: "npm i -D vitest@latest", decision: "ask", effect: "supply-chain.new-package" },
    { line: "npm install expres", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "npm i someone/fork#main", decision: "deny", effect: "supply-chain.source" },
    { line: "npm install left-pad --ignore-scripts=false", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "npm install left-pad --ignore-scripts false", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "npm ci --no-ignore-scripts", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "npm config set ignore-scripts false", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "npm set registry http://registry.example.net", decision: "deny", effect: "supply-chain.source" },
    {
      line: "npm install left-pad --registry http://registry.example.net",
      decision: "deny",
      effect: "supply-chain.source",
    },
    { line: "npm_config_ignore_scripts=false npm ci", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "npm install -g typescript", decision: "ask", effect: "supply-chain.new-package" },
    { line: "npm update", decision: "ask", effect: "supply-chain.drift" },
    { line: "npm upgrade -g", decision: "ask", effect: "supply-chain.drift" },
    { line: "npm audit fix --force", decision: "ask", effect: "supply-chain.drift" },
    { line: "npm rebuild", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "npm link ../evil", decision: "ask", effect: "supply-chain.new-package" },
    { line: "npm exec --yes -- cowsay", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "npm exec -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "npm create vite@latest", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "npm init @someone/app", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "npm publish", decision: "ask", effect: "infra.publish" },
    { line: "npm owner add someone app", decision: "ask", effect: "infra.admin" },
    { line: "npm frobnicate", decision: "ask", effect: "unknown.option" },
    { line: "npm run build --script-shell=/tmp/x", decision: "deny", effect: "code-injection.config" },
  ],
  spares: [
    "npm test",
    "npm t -- --watch=false",
    "npm run build --workspace app --if-present",
    "npm run",
    "npm ls --depth=0",
    "npm view react version",
    "npm audit --json",
    "npm config get registry",
    "npm config list",
    "npm outdated",
    "npm --version",
    "npm -v",
    "npm help install",
    "npm init -y",
    "npm pkg get version",
    "npm exec tsc",
    "npm pack --dry-run",
    "npm publish --dry-run",
    "npm cache ls",
    "npm run lint --silent",
  ],
};

function judgeVerb(one: NodeVerb): Outcome {
  const { on, name, rest, before } = one;
  const options = readOptions([...before, ...rest], npmGrammar);
  const local = weakeningOutcome(on, options, { fetches: false });
  const fetching = weakeningOutcome(on, options, { fetches: true });
  if (options.has("help", "usage")) return on.fine();
  if (INSTALL.has(name)) return on.join(fetching, install(one, "add"), tests(one));
  if (FROZEN.has(name)) return on.join(fetching, install(one, "lockfile"), tests(one));
  if (UPDATE.has(name)) return on.join(fetching, install(one, "update"));
  if (REMOVE.has(name)) return on.join(fetching, install(one, "lockfile"));
  if (EXEC.has(name)) return on.join(fetching, exec(one));
  if (CREATE.has(name)) return on.join(fetching, create(one));
  const script = SCRIPTS.get(name);
  if (script !== undefined)
    return on.join(local, scriptOutcome(on, { name: script, args: passed(rest), dir: dirOf(one) }));
  if (RUN.has(name)) return on.join(local, run(one));
  return on.join(local, other(one, fetching));
}

function other(one: NodeVerb, fetching: Outcome): Outcome {
  const { on, name, rest } = one;
  const [first] = readOptions(rest, npmGrammar).operands;
  const second = known(first) ?? "";
  if (name === "audit")
    return second === "fix"
      ? on.join(fetching, install({ ...one, rest: rest.filter((arg) => arg !== first) }, "update"))
      : on.fine();
  if (name === "config" || name === "c" || name === "set") return config(one, name === "set" ? "set" : second);
  if (name === "link" || name === "ln")
    return on.join(
      fetching,
      install(one, "add"),
      on.effect("supply-chain.new-package", "make a package that no registry published part of a project"),
    );
  if (name === "rebuild" || name === "rb")
    return isScriptless(readOptions(rest, npmGrammar))
      ? on.fine()
      : rebuildOutcome(one, readOptions(rest, npmGrammar).operands);
  if (name === "pkg")
    return /^(?:set|delete|fix)$/.test(second)
      ? packageFieldOutcome(on, second, readOptions(rest, npmGrammar).operands.slice(1))
      : on.fine();
  if (name === "set-script")
    return packageFieldOutcome(on, "set", [
      literal(`scripts.${second}=${readOptions(rest, npmGrammar).operands[1]?.text ?? ""}`),
    ]);
  if (name === "cache")
    return /^(?:|ls|verify|clean|clear|rm|npx)$/.test(second)
      ? on.fine()
      : on.effect("harmless.fetch", "put packages into the cache");
  if (name === "explore") return on.run(readOptions(rest, npmGrammar).operands.slice(1));
  if (name === "version" || name === "shrinkwrap") return on.effect("harmless.write", `run \`npm ${name}\``);
  if (name === "edit") return on.effect("unknown.script", "open a package in an editor and rebuild it");
  const registry = registryOutcome(one, second);
  if (registry !== undefined) return registry;
  return READ.has(name) ? on.fine() : on.effect("unknown.option", `run \`npm ${name}\`, which is not known`);
}

function install(one: NodeVerb, scope: InstallScope): Outcome {
  const { on, verb, name, rest, before } = one;
  const given = readOptions([...before, ...rest], npmGrammar);
  const words = REMOVE.has(name) ? [] : readOptions(rest, npmGrammar).operands;
  return nodeInstall(one, {
    scope: scope === "add" && words.length === 0 && given.uncertain.length === 0 ? "lockfile" : scope,
    given,
    words,
    global: given.has("global") || known(given.value("location")) === "global",
    frozen: FROZEN.has(name),
    edits: insertAfter(verb, "--ignore-scripts", on),
    lockless: given.given.some(
      (option) => LOCKLESS.test(option.name) && switchValue(option.value) === option.name.startsWith("no-"),
    ),
    locks: ["npm-shrinkwrap.json", "package-lock.json"],
    installed: "node_modules/.package-lock.json",
    dir: dirOf(one),
  });
}

const LOCKLESS = /^(?:no-)?(?:package-lock|lockfile|shrinkwrap)$/;

// `npm it`, `npm cit`: the tests run as well.
function tests({ on, name, rest, before }: NodeVerb): Outcome {
  if (!/test$|^(?:it|cit|sit)$/.test(name)) return on.fine();
  return scriptOutcome(on, { name: "test", args: [], dir: dirOf({ rest, before }) });
}

function run({ on, rest, before }: NodeVerb): Outcome {
  const [script, ...args] = readOptions(rest, { ...npmGrammar, posix: false }).operands;
  if (script === undefined) return on.fine();
  const name = known(script);
  if (name === undefined)
    return on.effect("unknown.script", "run a script of the project whose name is only known when it runs");
  return scriptOutcome(on, { name, args, dir: dirOf({ rest, before }) });
}

function exec({ call, on, rest, before }: NodeVerb): Outcome {
  const { operands } = readOptions(rest, { ...npmGrammar, posix: true });
  const options = readOptions(rest.slice(0, rest.length - operands.length), npmGrammar);
  const only = options.given.some(
    (one) =>
      one.name === "no-yes" || one.name === "no-install" || (one.name === "yes" && switchValue(one.value) === false),
  );
  return remoteRun(on, call, {
    command: "npm exec",
    words: operands,
    packages: options.values("package"),
    script: options.value("call"),
    local: only ? "only" : "first",
    dir: dirOf({ rest: [], before }),
  });
}

function create({ call, on, rest }: NodeVerb): Outcome {
  const { operands } = readOptions(rest, { ...npmGrammar, posix: true });
  const [name, ...args] = operands;
  if (name === undefined) return on.effect("harmless.write", "write a package.json");
  return remoteRun(on, call, {
    command: "npm init",
    words: [createdPackage(name), ...args],
    packages: [],
    local: "first",
  });
}

function config(one: NodeVerb, action: string): Outcome {
  const { operands } = readOptions(one.rest, npmGrammar);
  return configOutcome(one, action, known(operands[0]) === action ? operands.slice(1) : operands);
}

const dirOf = ({ rest, before }: Pick<NodeVerb, "rest" | "before">): Arg | undefined => {
  const options = readOptions([...before, ...rest], npmGrammar);
  return options.value("prefix") ?? options.value("C");
};

const passed = (rest: readonly Arg[]): readonly Arg[] => readOptions(rest, npmGrammar).operands;
