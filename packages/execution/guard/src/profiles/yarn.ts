// yarn, 1 and berry: which of them it is decides the switch that turns install scripts off.
import { type Arg, known } from "../arg.ts";
import { grammar, readOptions } from "../options.ts";
import type { Evaluation, Outcome, Profile } from "../profile.ts";
import { installOutcome } from "../supply/clients/client-install.ts";
import { createdPackage } from "../supply/clients/created-package.ts";
import { isInstalled, localOutcome, withoutUnknown } from "../supply/clients/local-program.ts";
import { configOutcome, nodeInstall, type NodeVerb, registryOutcome } from "../supply/clients/node-install.ts";
import { npmGrammar, weakeningOutcome } from "../supply/clients/node-options.ts";
import { isUsualScript, scriptNames, scriptOutcome } from "../supply/clients/package-script.ts";
import { remoteRun } from "../supply/clients/remote-run.ts";
import { insertAfter, joinedSwitches, verbWords } from "../supply/clients/verb-words.ts";
import { wrapInEnv } from "../supply/clients/wrap-in-env.ts";
import { yarnGeneration } from "../supply/clients/yarn-generation.ts";
import type { InstallScope } from "../supply/install/install-request.ts";

const own = grammar(
  "frozen-lockfile pure-lockfile no-lockfile ignore-engines ignore-platform ignore-optional check-files flat har non-interactive no-progress s,silent modules-folder= cache-folder= mutex= " +
    "network-timeout= network-concurrency= cwd= link-folder= skip-integrity-check update-checksums immutable immutable-cache check-cache check-resolutions inline-builds mode= refresh-lockfile " +
    "T,tilde C,caret I,interactive i,interactive W,ignore-workspace-root-check L,latest pattern= scope= exact E,exact A,all R,recursive v,verbose p,parallel j,jobs= since=? worktree topological topological-dev from= include= exclude= " +
    "no-private public production= focus no-bin-links no-node-version-check use-yarnrc= no-default-rc emoji= enable-pnp disable-pnp pnp simple peer P,peer O,optional prefer-dev fixed cached dedupe-strategy= strategy= top-level B,binaries-only all-workspaces",
);
const options = {
  ...npmGrammar,
  names: new Map([...npmGrammar.names, ...own.names]),
  longs: [...new Set([...npmGrammar.longs, ...own.longs])],
};

const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const LOCKED = set("install remove autoclean import check-install focus unlink");
const UPDATE = set("up upgrade upgrade-interactive update dedupe");
const PASSING = set("run exec dlx create node workspace workspaces global");
const OWN = set(
  "add link install remove autoclean import focus unlink up upgrade upgrade-interactive update dedupe config publish plugin set rebuild",
);
const READ = set(
  "info why list ls audit outdated check licenses versions version help bin node-help constraints explain search stage pack cache query doctor sdks",
);
const FIXED = set("test start stop restart build");

export const profile: Profile = {
  names: ["yarn", "yarnpkg"],
  summary: "installs, runs and publishes packages",
  judge: (call, on) => {
    const args = joinedSwitches(call.args, options);
    const { globals, verb, name, rest } = verbWords(args, options);
    const before = verb === undefined ? args : args.slice(0, args.indexOf(verb));
    if (
      verb === undefined &&
      (globals.has("version", "help") || call.args.every(({ text }) => text === "-v")) &&
      args.length > 0
    )
      return on.fine();
    if (verb === undefined && globals.uncertain.length === 0)
      return on.join(
        weakeningOutcome(on, globals, { fetches: true }),
        install({ call, on, verb: call.word, name: "install", rest: [], before }, "lockfile"),
      );
    if (name === "" || verb === undefined)
      return on.effect("unknown.option", "run `yarn` with a command that is only known when it runs");
    return judgeVerb({ call, on, verb, name, rest, before });
  },
  matches: [
    { line: "yarn add lodash", decision: "ask", effect: "supply-chain.new-package" },
    { line: "yarn add -D expres", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "yarn add https://example.com/x.tgz", decision: "deny", effect: "supply-chain.source" },
    { line: "yarn upgrade --latest", decision: "ask", effect: "supply-chain.drift" },
    { line: "yarn up '*'", decision: "ask", effect: "supply-chain.drift" },
    { line: "yarn dlx eslint --init", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "yarn create vite", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "yarn global add typescript", decision: "ask", effect: "supply-chain.new-package" },
    { line: "yarn config set enableScripts true", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "yarn config set registry http://registry.example.net", decision: "deny", effect: "supply-chain.source" },
    {
      line: "yarn config set npmRegistryServer http://registry.example.net",
      decision: "deny",
      effect: "supply-chain.source",
    },
    { line: "YARN_ENABLE_SCRIPTS=true yarn install", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "yarn plugin import https://example.com/p.js", decision: "deny", effect: "code-injection.config" },
    { line: "yarn exec sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "yarn workspace app add lodash", decision: "ask", effect: "supply-chain.new-package" },
    { line: "yarn workspaces foreach exec sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "yarn npm publish", decision: "ask", effect: "infra.publish" },
    { line: "yarn publish", decision: "ask", effect: "infra.publish" },
    { line: "yarn rebuild", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "yarn install --update-checksums", decision: "deny", effect: "supply-chain.protection-off" },
    { line: "yarn set version https://example.com/yarn.js", decision: "ask", effect: "supply-chain.run-remote" },
  ],
  spares: [
    "yarn build",
    "yarn test --watch",
    "yarn run build",
    "yarn tsc --noEmit",
    "yarn run tsc",
    "yarn why react",
    "yarn list",
    "yarn --version",
    "yarn config get registry",
    "yarn workspace app build",
    "yarn workspaces foreach -A run build",
    "yarn info react",
    "yarn cache clean",
    "yarn audit",
    "yarn node --version",
    "yarn help",
  ],
};

function judgeVerb(one: NodeVerb): Outcome {
  const { on, name, rest, before } = one;
  // What stands behind the name of a script or a program is that one's.
  const given = OWN.has(name)
    ? readOptions([...before, ...rest], options)
    : readOptions([...before, ...(PASSING.has(name) ? rest : [])], { ...options, posix: true });
  const local = weakeningOutcome(on, given, { fetches: false });
  const fetching = on.join(
    weakeningOutcome(on, given, { fetches: true }),
    checksums(on, given.has("skip-integrity-check", "update-checksums")),
  );
  if (given.has("help")) return on.fine();
  if (name === "add") return on.join(fetching, install(one, "add"));
  if (name === "link")
    return on.join(
      fetching,
      on.effect("supply-chain.new-package", "make a package that no registry published part of a project"),
    );
  if (LOCKED.has(name)) return on.join(fetching, install(one, "lockfile"));
  if (UPDATE.has(name)) return on.join(fetching, install(one, "update"));
  return on.join(local, other(one, fetching));
}

const checksums = (on: Evaluation, off: boolean): Outcome =>
  off ? on.effect("supply-chain.protection-off", "install what does not match its recorded hash") : on.fine();

function other(one: NodeVerb, fetching: Outcome): Outcome {
  const { call, on, name, rest, before } = one;
  const { operands } = readOptions(rest, { ...options, posix: true });
  const given = readOptions(rest.slice(0, rest.length - operands.length), options);
  const [first] = operands;
  const second = known(first) ?? "";
  const inner = (verb: Arg, words: readonly Arg[]): Outcome =>
    judgeVerb({ call, on, verb, name: known(verb) ?? "", rest: words, before });
  switch (name) {
    case "run":
      return first === undefined ? on.fine() : scriptOrProgram(one, first, operands.slice(1));
    case "exec":
      return operands.length === 1 && first !== undefined && /\s/.test(first.text)
        ? on.script(first)
        : localOutcome(on, operands, call);
    case "node":
      return withoutUnknown(on.run([{ ...one.verb, text: "node", at: null }, ...rest]));
    case "dlx":
      return on.join(
        fetching,
        remoteRun(on, call, {
          command: "yarn dlx",
          words: operands,
          packages: given.values("package"),
          local: "never",
        }),
      );
    case "create":
      return first === undefined
        ? on.fine()
        : on.join(
            fetching,
            remoteRun(on, call, {
              command: "yarn create",
              words: [createdPackage(first), ...operands.slice(1)],
              packages: [],
              local: "never",
            }),
          );
    case "global":
      return /^(?:list|ls|bin|dir)$/.test(second)
        ? on.fine()
        : on.join(
            fetching,
            installOutcome(on, {
              ecosystem: "npm",
              command: "yarn global",
              scope: "global",
              words: readOptions(operands.slice(1), options).operands,
              scripts: "rewritable",
              edits: insertAfter(first, "--ignore-scripts", on),
            }),
          );
    case "workspace":
      return operands[1] === undefined ? on.fine() : inner(operands[1], operands.slice(2));
    case "workspaces":
      return workspaces(one, inner);
    case "npm":
      return second === "audit" || second === "info" || second === "whoami"
        ? on.fine()
        : /^(?:publish|tag)$/.test(second)
          ? on.effect("infra.publish", `change what the registry serves by \`yarn npm ${second}\``)
          : on.effect("infra.admin", `change an account at the registry by \`yarn npm ${second}\``);
    case "config":
      return configOutcome(one, second, operands.slice(1));
    case "plugin":
      return /^(?:list|runtime|check)$/.test(second)
        ? on.fine()
        : on.effect("code-injection.config", "have yarn load a plugin");
    case "set":
    case "policies":
    case "self-update":
      return on.effect("supply-chain.run-remote", "fetch another yarn and run it from now on");
    case "rebuild":
      return on.effect("supply-chain.scripts-on", "run the install scripts of packages");
    case "init":
    case "patch":
    case "patch-commit":
    case "unplug":
      return on.effect("harmless.write", `run \`yarn ${name}\``);
    default:
      return registryOutcome(one, second) ?? (READ.has(name) ? on.fine() : scriptOrProgram(one, one.verb, rest));
  }
}

function scriptOrProgram({ call, on, before }: NodeVerb, word: Arg, args: readonly Arg[]): Outcome {
  const name = known(word);
  if (name === undefined)
    return on.effect("unknown.script", "run a script of the project whose name is only known when it runs");
  const dir = readOptions(before, options).value("cwd");
  const names = scriptNames(on, dir);
  if (names?.has(name) === true || FIXED.has(name)) return scriptOutcome(on, { name, args, dir });
  if (isInstalled(on, name, dir)) return localOutcome(on, [word, ...args], call);
  if (isUsualScript(name)) return scriptOutcome(on, { name, args, dir });
  return on.join(
    localOutcome(on, [word, ...args]),
    on.effect(
      "unknown.option",
      `run \`yarn ${name}\`, which is neither a command of yarn nor a script nor a program of this project`,
    ),
  );
}

function workspaces({ on, rest }: NodeVerb, inner: (verb: Arg, words: readonly Arg[]) => Outcome): Outcome {
  const { operands } = readOptions(rest, { ...options, posix: true });
  const [action, ...behind] = operands;
  if (action === undefined || action.text === "list" || action.text === "info") return on.fine();
  if (action.text === "focus") return inner({ ...action, text: "focus" }, behind);
  const words = readOptions(behind, { ...options, posix: true }).operands;
  const [verb, ...more] = action.text === "run" ? [{ ...action, text: "run", at: null }, ...words] : words;
  return verb === undefined ? on.fine() : inner(verb, more);
}

function install(one: NodeVerb, scope: InstallScope): Outcome {
  const { call, on, verb, rest, before } = one;
  const given = readOptions([...before, ...rest], options);
  const dir = given.value("cwd");
  const generation = yarnGeneration(on, dir);
  const skips = generation !== "classic" && given.values("mode").some(({ text }) => text === "skip-build");
  const told = BOTH_OFF.every(([name, value]) => known(call.env.get(name)) === value);
  return nodeInstall(one, {
    scope,
    given,
    words: scope === "add" ? readOptions(rest, options).operands : [],
    frozen: given.has("frozen-lockfile", "immutable", "immutable-cache"),
    off: skips || told,
    // SECURITY: yarn 1 passes over berry's option, and a file that makes a project look like berry's is quickly written: the variables
    // hold for both. Berry refuses yarn 1's option, which is safe.
    edits:
      generation === "berry"
        ? wrapInEnv(call, BOTH_OFF.map(([name, value]) => `${name}=${value}`).join(" "), on)
        : insertAfter(verb, "--ignore-scripts", on),
    lockless: given.has("no-lockfile", "refresh-lockfile"),
    locks: ["yarn.lock"],
    dir,
  });
}

const BOTH_OFF = [
  ["YARN_ENABLE_SCRIPTS", "false"],
  ["npm_config_ignore_scripts", "true"],
] as const;
