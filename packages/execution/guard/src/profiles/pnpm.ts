// pnpm: as npm, with its own verbs; a word that is no verb is a script, else a program of the project.
import { type Arg, known } from "../arg.ts";
import { grammar, readOptions } from "../options.ts";
import type { Outcome, Profile } from "../profile.ts";
import { createdPackage } from "../supply/clients/created-package.ts";
import { isInstalled, localOutcome } from "../supply/clients/local-program.ts";
import {
  configOutcome,
  nodeInstall,
  type NodeVerb,
  rebuildOutcome,
  registryOutcome,
} from "../supply/clients/node-install.ts";
import { npmGrammar, weakeningOutcome } from "../supply/clients/node-options.ts";
import { packageFieldOutcome } from "../supply/clients/package-field.ts";
import { isUsualScript, scriptNames, scriptOutcome } from "../supply/clients/package-script.ts";
import { remoteRun } from "../supply/clients/remote-run.ts";
import { insertAfter, joinedSwitches, switchValue, verbWords } from "../supply/clients/verb-words.ts";
import type { InstallScope } from "../supply/install/install-request.ts";

const own = grammar(
  "r,recursive F,filter= filter-prod= C,dir= w,workspace-root frozen-lockfile no-frozen-lockfile lockfile-only fix-lockfile prefer-frozen-lockfile shamefully-hoist reporter= stream " +
    "aggregate-output parallel sequential bail no-bail sort no-sort reverse resume-from= report-summary workspace-concurrency= child-concurrency= network-concurrency= L,latest i,interactive workspace " +
    "save-catalog save-catalog-name= save-workspace-protocol use-stderr use-node-version= store-dir= virtual-store-dir= modules-dir= lockfile-dir= package-import-method= node-linker= hoist no-hoist " +
    "hoist-pattern= public-hoist-pattern= merge-git-branch-lockfiles resolution-only side-effects-cache side-effects-cache-readonly no-verify-store-integrity test-pattern= changed-files-ignore-pattern= " +
    "fail-if-no-match include-workspace-root changed-since= c,shell-mode P,prod D,dev no-optional strict-peer-dependencies no-strict-peer-dependencies auto-install-peers ignore-workspace ignore-pnpmfile pnpmfile= " +
    "minimum-release-age= trust-policy= allow-build= fix depth= only-projects only-allow legacy confirm-modules-purge no-confirm-modules-purge no-color loglevel= stdin bin= embed-readme tag= access= report= production",
);
const options = {
  ...npmGrammar,
  names: new Map([...npmGrammar.names, ...own.names]),
  longs: [...new Set([...npmGrammar.longs, ...own.longs])],
};

const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const LOCKED = set(
  "install i install-test it prune fetch remove rm uninstall un unlink dislink deploy import ci clean-install",
);
const UPDATE = set("update up upgrade dedupe");
const PASSING = set("run run-script exec dlx create");
const OWN = set(
  "add link ln audit config c set rebuild rb publish install i install-test it prune fetch remove rm uninstall un unlink import ci update up upgrade dedupe approve-builds patch patch-commit pack version",
);
const READ = set(
  "ls list ll la outdated why licenses root bin help store cat-file cat-index find-hash ignored-builds doctor info view v show search s whoami ping docs bugs repo fund prefix completion sbom peers version-help",
);
const SCRIPTS = new Map([
  ["test", "test"],
  ["t", "test"],
  ["tst", "test"],
  ["start", "start"],
  ["stop", "stop"],
  ["restart", "restart"],
]);

export const profile: Profile = {
  names: ["pnpm", "pn"],
  summary: "installs, runs and publishes packages",
  judge: (call, on) => {
    const args = joinedSwitches(call.args.map(plainConfig), options);
    const { globals, verb, name, rest } = verbWords(args, options);
    if (verb === undefined) return on.join(weakeningOutcome(on, globals, { fetches: false }), on.fine());
    if (name === "") return on.effect("unknown.option", "run `pnpm` with a command that is only known when it runs");
    const before = args.slice(0, args.indexOf(verb));
    const [inner, ...words] = rest;
    // `pnpm recursive run build` is `pnpm -r run build`.
    if (/^(?:recursive|multi|m)$/.test(name))
      return inner === undefined
        ? on.fine()
        : judgeVerb({ call, on, verb: inner, name: known(inner) ?? "", rest: words, before });
    return judgeVerb({ call, on, verb, name, rest, before });
  },
  matches: [
    { line: "pnpm add -D eslint", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pnpm add expres", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "pnpm i someone/fork", decision: "deny", effect: "supply-chain.source" },
    { line: "pnpm up -r --latest", decision: "ask", effect: "supply-chain.drift" },
    { line: "pnpm dlx create-vite app", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "pnpm create vite", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "pnpm approve-builds --all", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "pnpm add --allow-build=esbuild esbuild", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "pnpm install --config.ignore-scripts=false", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "pnpm config set dangerouslyAllowAllBuilds true", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "pnpm exec sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "pnpm sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "pnpm -c exec 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "pnpm rebuild", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "pnpm publish -r", decision: "ask", effect: "infra.publish" },
    { line: "pnpm add -g typescript", decision: "ask", effect: "supply-chain.new-package" },
    { line: "pnpm env use --global lts", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "pnpm install --minimum-release-age=0", decision: "deny", effect: "supply-chain.protection-off" },
  ],
  spares: [
    "pnpm -r build",
    "pnpm test",
    "pnpm run build",
    "pnpm build --watch",
    "pnpm ls",
    "pnpm why react",
    "pnpm outdated",
    "pnpm exec tsc --noEmit",
    "pnpm tsc -p .",
    "pnpm --filter app test",
    "pnpm -v",
    "pnpm store path",
    "pnpm audit",
    "pnpm config get registry",
    "pnpm init",
  ],
};

// `--config.name=value` sets any setting for one call.
const plainConfig = (arg: Arg): Arg =>
  arg.text.startsWith("--config.") ? { ...arg, text: `--${arg.text.slice(9)}` } : arg;

function judgeVerb(one: NodeVerb): Outcome {
  const { on, name, rest, before } = one;
  // What stands behind the name of a script or a program is that one's.
  const given = OWN.has(name)
    ? readOptions([...before, ...rest], options)
    : readOptions([...before, ...(PASSING.has(name) ? rest : [])], { ...options, posix: true });
  const local = weakeningOutcome(on, given, { fetches: false });
  const fetching = weakeningOutcome(on, given, { fetches: true });
  if (given.has("help")) return on.fine();
  if (
    name === "add" ||
    (name === "install" && readOptions(rest, options).operands.length > 0) ||
    (name === "i" && readOptions(rest, options).operands.length > 0)
  )
    return on.join(fetching, install(one, "add"));
  if (name === "link" || name === "ln")
    return on.join(
      fetching,
      install(one, "add"),
      on.effect("supply-chain.new-package", "make a package that no registry published part of a project"),
    );
  if (LOCKED.has(name))
    return on.join(
      fetching,
      install(one, "lockfile"),
      /^(?:install-test|it)$/.test(name) ? scriptOutcome(on, { name: "test", args: [], dir: dirOf(one) }) : on.fine(),
    );
  if (UPDATE.has(name)) return on.join(fetching, install(one, "update"));
  const script = SCRIPTS.get(name);
  if (script !== undefined) return on.join(local, scriptOutcome(on, { name: script, args: rest, dir: dirOf(one) }));
  return on.join(local, other(one, fetching));
}

function other(one: NodeVerb, fetching: Outcome): Outcome {
  const { call, on, name, rest } = one;
  const { operands } = readOptions(rest, { ...options, posix: true });
  const given = readOptions(rest.slice(0, rest.length - operands.length), options);
  const [first] = operands;
  const second = known(first) ?? "";
  switch (name) {
    case "run":
    case "run-script":
      return first === undefined
        ? on.fine()
        : scriptOutcome(on, { name: second, args: operands.slice(1), dir: dirOf(one) });
    case "exec":
      return executed(one, operands, given.has("shell-mode"));
    case "dlx":
      return on.join(
        fetching,
        remoteRun(on, call, {
          command: "pnpm dlx",
          words: operands,
          packages: [...readOptions(one.before, options).values("package"), ...given.values("package")],
          ...(given.has("shell-mode") ? { script: first } : {}),
          local: "never",
        }),
      );
    case "create":
      return first === undefined
        ? on.fine()
        : on.join(
            fetching,
            remoteRun(on, call, {
              command: "pnpm create",
              words: [createdPackage(first), ...operands.slice(1)],
              packages: [],
              local: "never",
            }),
          );
    case "init":
    case "patch":
    case "patch-commit":
    case "patch-remove":
    case "pack":
    case "version":
      return on.effect("harmless.write", `run \`pnpm ${name}\``);
    case "audit":
      return readOptions(rest, options).has("fix")
        ? on.effect("supply-chain.drift", "change many pinned packages at once by `pnpm audit --fix`")
        : on.fine();
    case "config":
    case "c":
    case "set":
      return configOutcome(one, name === "set" ? "set" : second, name === "set" ? operands : operands.slice(1));
    case "pkg":
      return second === "get" || second === "" ? on.fine() : packageFieldOutcome(on, second, operands.slice(1));
    case "approve-builds":
      return on.effect("supply-chain.scripts-on", "let packages run install scripts for good");
    case "rebuild":
    case "rb":
      return rebuildOutcome(one, operands);
    case "env":
    case "runtime":
    case "self-update":
    case "setup":
      return /^(?:list|ls)$/.test(second)
        ? on.fine()
        : on.effect("supply-chain.run-remote", `fetch and install another runtime by \`pnpm ${name}\``);
    case "server":
      return on.effect("unknown.option", "start pnpm's server");
    default:
      return registryOutcome(one, second) ?? (READ.has(name) ? on.fine() : fallback(one));
  }
}

// A word that is no verb: a script of the project, else a program found on its path.
function fallback(one: NodeVerb): Outcome {
  const { on, verb, name, rest, before } = one;
  const dir = dirOf({ rest: [], before });
  const names = scriptNames(on, dir);
  if (names?.has(name) === true || (names === undefined && isUsualScript(name)) || isUsualScript(name))
    return scriptOutcome(on, { name, args: rest, dir });
  const ran = localOutcome(on, [verb, ...rest], one.call);
  return isInstalled(on, name, dir) || ran.effects.length > 0
    ? ran
    : on.effect(
        "unknown.option",
        `run \`pnpm ${name}\`, which is neither a command of pnpm nor a script nor a program of this project`,
      );
}

function executed({ call, on, before }: NodeVerb, operands: readonly Arg[], shell: boolean): Outcome {
  const [first] = operands;
  if (first === undefined) return on.fine();
  if (shell || readOptions(before, options).has("shell-mode", "call")) return on.script(first);
  return localOutcome(on, operands, call);
}

function install(one: NodeVerb, scope: InstallScope): Outcome {
  const { on, verb, name, rest, before } = one;
  const given = readOptions([...before, ...rest], options);
  return nodeInstall(one, {
    scope,
    given,
    words: scope === "add" ? readOptions(rest, options).operands : [],
    global: given.has("global"),
    frozen: given.has("frozen-lockfile") || /^(?:ci|clean-install|fetch)$/.test(name),
    edits: insertAfter(verb, "--ignore-scripts", on),
    lockless: given.given.some(
      (option) =>
        /^no-(?:frozen-)?lockfile$/.test(option.name) ||
        (option.name === "lockfile" && switchValue(option.value) !== true),
    ),
    locks: ["pnpm-lock.yaml"],
    installed: "node_modules/.pnpm/lock.yaml",
    dir: dirOf(one),
  });
}

const dirOf = ({ rest, before }: Pick<NodeVerb, "rest" | "before">): Arg | undefined => {
  const given = readOptions([...before, ...rest], options);
  return given.value("dir") ?? given.value("prefix");
};
