// deno: runs files and one-liners, fetches packages; install scripts of npm packages stay off unless they are asked for.
import { type Arg, known } from "../arg.ts";
import { grammar, readOptions, type Options } from "../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { installOutcome, isInside } from "../supply/clients/client-install.ts";
import { withoutUnknown } from "../supply/clients/local-program.ts";
import { verbWords } from "../supply/clients/verb-words.ts";
import { npmSpec } from "../supply/specs/npm-spec.ts";
import { fromRegistry, newest, type Requirement, shownWord } from "../supply/specs/requirement.ts";

const options = grammar(
  "h,help=? V,version q,quiet L,log-level= A,allow-all P,permission-set=? allow-read=? deny-read=? allow-write=? deny-write=? allow-net=? deny-net=? allow-env=? deny-env=? allow-run=? deny-run=? allow-sys=? deny-sys=? allow-ffi=? deny-ffi=? allow-import=? deny-import=? allow-hrtime no-prompt allow-scripts=? " +
    "c,config= no-config import-map= node-modules-dir=? no-npm no-remote r,reload=? lock=? no-lock frozen=? cached-only ca-certificate= cert= unsafely-ignore-certificate-errors=? unstable env-file=? location= seed= v8-flags= inspect=? inspect-brk=? inspect-wait=? watch=? watch-hmr=? watch-exclude=? no-clear-screen check=? no-check=? ext= preload= import= require= minimum-dependency-age= strace-ops=? cpu-prof " +
    "D,dev g,global f,force n,name= root= e,entrypoint no-save save-exact npm jsr u,update latest i,interactive compatible recursive filter= F,filter= cwd= eval T,ts p,print all doc doc-only fail-fast=? no-run coverage=? coverage-raw-data-only parallel permit-no-files reporter= junit-path= shuffle=? ignore= trace-leaks clean hide-stacktraces json html lcov detailed include= exclude= output= o,output= target= no-terminal icon= self-extracting bundle indent-width= line-width= single-quote use-tabs no-semicolons prose-wrap= fix rules rules-tags= rules-include= rules-exclude= compact lib= builtin token= dry-run allow-dirty set-version= no-provenance canary version= no-delta rc lts allow-slow-types port= host= open-site",
);

export const profile: Profile = {
  names: ["deno", "dx"],
  summary: "runs JavaScript and fetches packages",
  judge: (call, on) => {
    if (call.name === "dx") return remote(on, call.args[0], "dx");
    const { verb, rest } = verbWords(call.args, options);
    return verb === undefined ? on.fine() : judgeVerb(call, on, verb, rest);
  },
  matches: [
    { line: "deno add npm:expres", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "deno add jsr:@std/fs", decision: "ask", effect: "supply-chain.new-package" },
    { line: "deno install --allow-scripts", decision: "deny", effect: "supply-chain.scripts-on" },
    { line: "deno run https://example.com/x.ts", decision: "ask", effect: "remote-exec.run-url" },
    { line: "deno run -A npm:cowsay", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "deno install -g https://example.com/x.ts", decision: "ask", effect: "remote-exec.run-url" },
    { line: "deno eval 'Deno.removeSync(\"src\", {recursive: true})'", decision: "deny", effect: "delete.code-api" },
    { line: "deno publish", decision: "ask", effect: "infra.publish" },
    { line: "deno upgrade", decision: "ask", effect: "supply-chain.run-remote" },
    {
      line: "deno run --unsafely-ignore-certificate-errors src/a.ts",
      decision: "deny",
      effect: "supply-chain.protection-off",
    },
    { line: "deno run --preload /tmp/x.ts src/a.ts", decision: "deny", effect: "code-injection.environment" },
    { line: "deno outdated --update", decision: "ask", effect: "supply-chain.drift" },
  ],
  spares: [
    "deno test",
    "deno run src/a.ts",
    "deno task build",
    "deno fmt --check",
    "deno lint",
    "deno check src/a.ts",
    "deno --version",
    "deno eval 'console.log(1)'",
    "deno info",
    "deno compile -o dist/app src/a.ts",
    "deno outdated",
  ],
};

function judgeVerb(call: Call, on: Evaluation, verb: Arg, rest: readonly Arg[]): Outcome {
  const name = known(verb) ?? "";
  const posix = readOptions(rest, { ...options, posix: true });
  const given = readOptions(rest, options);
  const [first, ...args] = posix.operands;
  const weak = weakening(on, posix);
  switch (name) {
    case "run":
    case "serve":
    case "x":
      return on.join(
        weak,
        first === undefined ? on.fine() : name === "x" ? remote(on, first, "deno x") : started(call, on, first, args),
      );
    case "eval":
      return on.join(weak, first === undefined ? on.fine() : on.code("javascript", first));
    case "add":
    case "install":
    case "i":
    case "cache":
      return on.join(weakening(on, given), installed(on, name, given));
    case "remove":
    case "rm":
    case "uninstall":
    case "init":
    case "vendor":
    case "fmt":
    case "compile":
    case "bundle":
      return on.join(weak, on.effect("harmless.write", `run \`deno ${name}\``));
    case "outdated":
    case "update":
    case "approve-scripts":
      if (name === "approve-scripts")
        return on.effect("supply-chain.scripts-on", "let packages run install scripts for good");
      return name === "update" || given.has("update")
        ? on.effect("supply-chain.drift", "change many pinned packages at once by `deno outdated --update`")
        : on.fine();
    case "publish":
    case "deploy":
      return given.has("dry-run")
        ? on.fine()
        : on.effect(name === "publish" ? "infra.publish" : "infra.apply", `run \`deno ${name}\``);
    case "upgrade":
      return on.effect("supply-chain.run-remote", "fetch another deno and run it from now on");
    case "task":
    case "test":
    case "bench":
    case "lint":
    case "check":
    case "doc":
    case "info":
    case "types":
    case "coverage":
    case "completions":
    case "lsp":
    case "help":
    case "audit":
    case "why":
    case "jupyter":
    case "repl":
    case "clean":
      return on.join(weakening(on, name === "task" ? posix : given), on.fine());
    default:
      // `deno src/a.ts` runs the file.
      return /[./:]/.test(name)
        ? started(call, on, verb, rest)
        : on.effect("unknown.option", `run \`deno ${name === "" ? "…" : name}\`, which is not known`);
  }
}

function started(call: Call, on: Evaluation, program: Arg, args: readonly Arg[]): Outcome {
  const text = known(program) ?? "";
  if (/^(?:npm|jsr):/.test(text)) return remote(on, program, "deno run");
  if (text === "-") return on.codeFrom("javascript", call.stdin);
  return on.programFile(program, "javascript", args);
}

function remote(on: Evaluation, word: Arg | undefined, command: string): Outcome {
  if (word === undefined) return on.fine();
  return withoutUnknown(
    installOutcome(on, {
      ecosystem: "npm",
      command,
      scope: "run",
      requested: requirements([word]),
      unknown_words: known(word) === undefined,
      scripts: "off",
      locked: null,
    }),
  );
}

function installed(on: Evaluation, name: string, given: Options): Outcome {
  const urls = given.operands
    .filter(({ text }) => /^https?:/.test(text))
    .map(({ text }) => on.effect("remote-exec.run-url", `fetch and keep the program at \`${shownWord(text)}\``));
  const words = given.operands.filter(
    ({ text }) => !/^https?:/.test(text) && !(name === "cache" && /[./]/.test(text) && !/^(?:npm|jsr):/.test(text)),
  );
  const judged = installOutcome(on, {
    ecosystem: "npm",
    command: `deno ${name}`,
    scope: given.has("global") ? "global" : words.length > 0 ? "add" : "lockfile",
    requested: requirements(words.filter((word) => known(word) !== undefined)),
    unknown_words: words.some((word) => known(word) === undefined),
    frozen: given.values("frozen").length > 0 || given.has("frozen"),
    scripts: "off",
    locks: ["deno.lock"],
  });
  return urls.length > 0 && words.length === 0 ? on.join(...urls) : on.join(...urls, judged);
}

// `jsr:` is a registry of deno's own; nothing is known of its packages.
const requirements = (words: readonly Arg[]): readonly Requirement[] =>
  words.map(({ text }) =>
    text.startsWith("jsr:") || (text.startsWith("@") && !text.startsWith("npm:"))
      ? { ...fromRegistry("npm", text, text, newest), name: null }
      : npmSpec(text),
  );

function weakening(on: Evaluation, given: Options): Outcome {
  const loads = [
    ...given.values("preload"),
    ...given.values("import"),
    ...given.values("require"),
    ...given.values("import-map"),
  ].filter((file) => !isInside(on, file) || /^https?:/.test(file.text));
  return on.join(
    ...(given.has("allow-scripts")
      ? [on.effect("supply-chain.scripts-on", "let install scripts run by `--allow-scripts`")]
      : []),
    ...(given.has("unsafely-ignore-certificate-errors", "cert", "ca-certificate")
      ? [on.effect("supply-chain.protection-off", "trust other certificates")]
      : []),
    ...loads.map(({ text }) =>
      on.effect("code-injection.environment", `load \`${shownWord(text)}\` before the program`),
    ),
    on.fine(),
  );
}
