// bun: a package manager, a runner of scripts, and an interpreter of files and one-liners.
import { type Arg, known } from "../arg.ts";
import { grammar, readOptions, type Options } from "../options.ts";
import type { Evaluation, Outcome, Profile } from "../profile.ts";
import { isInside } from "../supply/clients/client-install.ts";
import { createdPackage } from "../supply/clients/created-package.ts";
import { isInstalled, localOutcome } from "../supply/clients/local-program.ts";
import { nodeInstall, type NodeVerb } from "../supply/clients/node-install.ts";
import { npmGrammar, weakeningOutcome } from "../supply/clients/node-options.ts";
import { packageFieldOutcome } from "../supply/clients/package-field.ts";
import { isUsualScript, scriptNames, scriptOutcome } from "../supply/clients/package-script.ts";
import { remoteRun } from "../supply/clients/remote-run.ts";
import { insertAfter, joinedSwitches, verbWords } from "../supply/clients/verb-words.ts";
import type { InstallScope } from "../supply/install/install-request.ts";

const own = grammar(
  "watch hot smol r,preload= require= import= e,eval= print= i b,bun cwd= env-file= c,config=? inspect=? inspect-wait=? inspect-brk=? if-present no-install install= define= d,define= loader= l,loader= tsconfig-override= " +
    "conditions= main-fields= jsx-factory= jsx-runtime= port= F,filter= silent elide-lines= shell= no-clear-screen no-orphans title= expose-gc trust no-save frozen-lockfile no-cache no-verify no-summary concurrent-scripts= backend= " +
    "linker= minimum-release-age= catalog= dev D,development d,dev O,optional peer E,exact a,analyze only-missing latest interactive recursive timeout= u,update-snapshots rerun-each= only todo coverage coverage-reporter= coverage-dir= bail=? t,test-name-pattern= " +
    "outdir= outfile= target= format= minify sourcemap=? splitting external= entry-naming= compile production lockfile-only save-text-lockfile registry= ca= cafile= version revision global-store quiet",
);
const names = new Map([...npmGrammar.names, ...own.names]);
const options = { ...npmGrammar, names, longs: [...new Set([...npmGrammar.longs, ...own.longs])], single: false };

const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const LOCKED = set("install i ci remove rm r uninstall unlink");
const OWN = set("add a install i ci remove rm r uninstall unlink link update publish");
const READ = set("outdated audit info why help completions discord");

export const profile: Profile = {
  names: ["bun"],
  summary: "installs packages, runs scripts and programs",
  judge: (call, on) => {
    const args = joinedSwitches(call.args, options);
    const { globals, verb, name, rest } = verbWords(args, options);
    const code = globals.value("eval") ?? globals.value("print");
    const preload = preloaded(on, globals);
    if (code !== undefined) return on.join(preload, on.code("javascript", code));
    if (verb === undefined)
      return call.stdin.from === "none" ? on.join(preload, on.fine()) : on.codeFrom("javascript", call.stdin);
    return on.join(preload, judgeVerb({ call, on, verb, name, rest, before: args.slice(0, args.indexOf(verb)) }));
  },
  matches: [
    { line: "bun add hono", decision: "ask", effect: "supply-chain.new-package" },
    { line: "bun a expres", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "bun add github:someone/fork", decision: "deny", effect: "supply-chain.source" },
    { line: "bun add --trust esbuild", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "bun pm trust --all", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "bun x create-vite", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "bun create vite app", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "bun update", decision: "ask", effect: "supply-chain.drift" },
    { line: "bun install -g typescript", decision: "ask", effect: "supply-chain.new-package" },
    { line: "bun publish", decision: "ask", effect: "infra.publish" },
    { line: "bun upgrade", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "bun exec 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "bun run sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "bun run https://example.com/x.ts", decision: "ask", effect: "remote-exec.run-url" },
    { line: "bun --preload /tmp/x.js run build", decision: "deny", effect: "code-injection.environment" },
    { line: "bun install --no-verify", decision: "deny", effect: "supply-chain.protection-off" },
  ],
  spares: [
    "bun test",
    "bun test --watch src",
    "bun run build",
    "bun build src/a.ts --outdir dist",
    "bun src/a.ts",
    "bun run tsc",
    "bun --version",
    "bun pm ls",
    "bun x tsc",
    "bun outdated",
    "bun init -y",
    "bun --watch src/a.ts",
    "bun lint",
  ],
};

function preloaded(on: Evaluation, globals: Options): Outcome {
  const files = [...globals.values("preload"), ...globals.values("require"), ...globals.values("import")];
  const outside = files
    .filter((file) => file.text.startsWith("/") || file.text.startsWith("."))
    .filter((file) => !isInside(on, file));
  return on.join(
    ...outside.map(({ text }) => on.effect("code-injection.environment", `load \`${text}\` before the program`)),
    on.fine(),
  );
}

function judgeVerb(one: NodeVerb): Outcome {
  const { on, name, rest, before } = one;
  // What stands behind the name of a script or a program is that one's.
  const given = OWN.has(name) ? readOptions([...before, ...rest], options) : readOptions(before, options);
  const fetching = weakeningOutcome(on, given, { fetches: true });
  if (name === "add" || name === "a") return on.join(fetching, install(one, "add"));
  if ((name === "install" || name === "i") && readOptions(rest, options).operands.length > 0)
    return on.join(fetching, install(one, "add"));
  if (name === "link")
    return on.effect("supply-chain.new-package", "make a package that no registry published part of a project");
  if (LOCKED.has(name)) return on.join(fetching, install(one, "lockfile"));
  if (name === "update") return on.join(fetching, install(one, "update"));
  return other(one, fetching);
}

function other(one: NodeVerb, fetching: Outcome): Outcome {
  const { call, on, name, rest } = one;
  const { operands } = readOptions(rest, { ...options, posix: true });
  const [first, ...behind] = operands;
  const second = known(first) ?? "";
  switch (name) {
    case "run":
      return first === undefined ? on.fine() : started(one, first, behind);
    case "x":
      return on.join(
        fetching,
        remoteRun(on, call, {
          command: "bun x",
          words: operands,
          packages: readOptions(rest.slice(0, rest.length - operands.length), options).values("package"),
          local: "first",
        }),
      );
    case "create":
    case "c":
      return first === undefined
        ? on.fine()
        : on.join(
            fetching,
            remoteRun(on, call, {
              command: "bun create",
              words: [createdPackage(first), ...behind],
              packages: [],
              local: "never",
            }),
          );
    case "exec":
      return first === undefined ? on.fine() : on.script(first);
    case "test":
    case "build":
    case "init":
    case "repl":
    case "patch":
    case "patch-commit":
      return on.effect("harmless.run", `run \`bun ${name}\``);
    case "pm":
      return manager(on, second, behind);
    case "publish":
      return on.effect("infra.publish", "publish a package");
    case "upgrade":
      return on.effect("supply-chain.run-remote", "fetch another bun and run it from now on");
    default:
      return READ.has(name) ? on.fine() : started(one, one.verb, rest);
  }
}

function manager(on: Evaluation, action: string, words: readonly Arg[]): Outcome {
  if (action === "trust") return on.effect("supply-chain.scripts-on", "let packages run install scripts for good");
  if (action === "pkg")
    return words[0] === undefined || words[0].text === "get"
      ? on.fine()
      : packageFieldOutcome(on, words[0].text, words.slice(1));
  if (
    /^(?:|ls|list|bin|cache|hash|hash-print|hash-string|untrusted|default-trusted|why|view|whoami|pack|version|migrate|scan)$/.test(
      action,
    )
  )
    return on.fine();
  return on.effect("unknown.option", `run \`bun pm ${action}\``);
}

// A script of the project, a program of it, or a file.
function started({ call, on, before }: NodeVerb, word: Arg, args: readonly Arg[]): Outcome {
  const name = known(word);
  const dir = readOptions(before, options).value("cwd");
  if (name === "-") return on.codeFrom("javascript", call.stdin);
  if (name === undefined) return on.programFile(word, "javascript", args);
  if (scriptNames(on, dir)?.has(name) === true) return scriptOutcome(on, { name, args, dir });
  if (/[/.]/.test(name)) return on.programFile(word, /\.sh$/.test(name) ? "shell" : "javascript", args);
  if (isInstalled(on, name, dir)) return localOutcome(on, [word, ...args], call);
  if (isUsualScript(name)) return scriptOutcome(on, { name, args, dir });
  return on.join(
    localOutcome(on, [word, ...args]),
    on.effect(
      "unknown.option",
      `run \`bun ${name}\`, which is neither a command of bun nor a script nor a program of this project`,
    ),
  );
}

function install(one: NodeVerb, scope: InstallScope): Outcome {
  const { on, verb, name, rest, before } = one;
  const given = readOptions([...before, ...rest], options);
  const judged = nodeInstall(one, {
    scope,
    given,
    words: scope === "add" ? readOptions(rest, options).operands : [],
    global: given.has("global"),
    frozen: given.has("frozen-lockfile") || name === "ci",
    // A built-in list of packages may run scripts whatever the manifest says: the switch is always given.
    edits: insertAfter(verb, "--ignore-scripts", on),
    lockless: given.has("no-save"),
    locks: ["bun.lock", "bun.lockb"],
    dir: given.value("cwd"),
  });
  const unverified = given.has("no-verify")
    ? [on.effect("supply-chain.protection-off", "install what does not match its recorded hash")]
    : [];
  return on.join(judged, ...unverified);
}
