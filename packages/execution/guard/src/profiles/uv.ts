// uv: projects, tools and environments of Python; a sync takes what the lockfile pins, as built.
import { type Arg, known, literal } from "../arg.ts";
import { grammar, readOptions, type Options } from "../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { installOutcome } from "../supply/clients/client-install.ts";
import { withoutUnknown } from "../supply/clients/local-program.ts";
import { pipGrammar, pipWeakening, pythonInstall } from "../supply/clients/python-install.ts";
import { insertAfter, verbWords } from "../supply/clients/verb-words.ts";
import type { InstallScope } from "../supply/install/install-request.ts";

const own = grammar(
  "directory= project= config-file= no-config offline color= native-tls system-certs allow-insecure-host= no-progress n,no-cache python-preference= no-python-downloads managed-python no-managed-python p,python= " +
    "frozen locked no-build no-build-package= no-binary-package= no-install-project no-install-workspace no-install-package= no-install-local extra= all-extras no-extra= group= no-group= only-group= all-groups no-default-groups dev no-dev only-dev " +
    "inexact exact U,upgrade P,upgrade-package= reinstall reinstall-package= refresh refresh-package= index= default-index= index-strategy= resolution= prerelease= fork-strategy= exclude-newer= exclude-newer-package= link-mode= no-sources no-editable active " +
    "package= all-packages script s,gui-script m,module with= w= with-editable= with-requirements= env-file= no-env-file no-sync no-project isolated optional= raw raw-sources rev= tag= branch= lfs bounds= no-workspace workspace marker= " +
    "from= system strict verify-hashes no-verify-hashes require-hashes torch-backend= output-file= o= universal no-header no-annotate no-strip-extras emit-index-url only-emit-workspace force no-index no-emit-project depth= prune= invert sdist wheel out-dir= clear seed prompt= allow-existing relocatable default bin python-platform= compile-bytecode bare app lib name= description= no-readme no-pin-python vcs= author-from= build-backend= show-version outdated check short dry-run bump= output-format= no-wrap only-downloads",
);
const options = {
  ...pipGrammar,
  names: new Map([...pipGrammar.names, ...own.names]),
  longs: [...new Set([...pipGrammar.longs, ...own.longs])],
};

export const profile: Profile = {
  names: ["uv", "uvx"],
  summary: "installs Python packages and runs programs of projects",
  judge: (call, on) => {
    if (call.name === "uvx") return tool(call, on, call.args, "uvx");
    const { globals, verb, name, rest } = verbWords(call.args, options);
    if (verb === undefined || globals.has("help")) return on.fine();
    return judgeVerb({ call, on, verb, name, rest, before: call.args.slice(0, call.args.indexOf(verb)) });
  },
  matches: [
    { line: "uv add httpx", decision: "ask", effect: "supply-chain.new-package" },
    { line: "uv add reqeusts", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "uv add git+https://example.com/x", decision: "deny", effect: "supply-chain.source" },
    { line: "uv add --index https://index.example.net/simple x", decision: "deny", effect: "supply-chain.source" },
    { line: "uv pip install ruff", decision: "ask", effect: "supply-chain.new-package" },
    { line: "uv pip install --system requests", decision: "ask", effect: "system.package" },
    { line: "uvx black .", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "uv tool run black .", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "uv tool install pre-commit", decision: "ask", effect: "supply-chain.new-package" },
    { line: "uv sync", decision: "ask", effect: "supply-chain.new-package" },
    { line: "uv sync --upgrade", decision: "ask", effect: "supply-chain.drift" },
    { line: "uv lock --upgrade", decision: "ask", effect: "supply-chain.drift" },
    { line: "uv run sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "uv run --with reqeusts python x.py", decision: "deny", effect: "supply-chain.lookalike" },
    { line: "uv run https://example.com/x.py", decision: "ask", effect: "remote-exec.run-url" },
    { line: "uvx --from git+https://example.com/x tool", decision: "deny", effect: "supply-chain.source" },
    { line: "uv publish", decision: "ask", effect: "infra.publish" },
    { line: "uv python install 3.12", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "uv self update", decision: "ask", effect: "supply-chain.run-remote" },
    { line: "uv sync --allow-insecure-host x", decision: "deny", effect: "supply-chain.protection-off" },
  ],
  spares: [
    "uv run pytest -q",
    "uv run -- pytest",
    "uv pip list",
    "uv tree",
    "uv --version",
    "uv python list",
    "uv tool list",
    "uv venv",
    "uv build",
    "uv lock --check",
    "uv cache dir",
    "uv run mytool --flag",
    "uv export",
    "uv version",
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
  const { call, on, name, rest, before } = one;
  const given = readOptions([...before, ...rest], options);
  switch (name) {
    case "add":
      return synced(one, given, "add");
    case "remove":
      return synced(one, given, "lockfile");
    case "sync":
      return synced(one, given, given.has("upgrade", "upgrade-package") ? "update" : "lockfile");
    case "lock":
      if (given.has("check", "locked", "dry-run")) return on.fine();
      return on.join(
        pipWeakening(on, given),
        given.has("upgrade", "upgrade-package")
          ? on.effect("supply-chain.drift", "change many pinned packages at once by `uv lock`")
          : synced(one, given, "lockfile"),
      );
    case "run":
      return ran(one);
    case "tool":
      return tools(one);
    case "pip":
      return pip(one);
    case "python":
      return pythons(on, rest);
    case "self":
      return rest[0]?.text === "update"
        ? on.effect("supply-chain.run-remote", "fetch another uv and run it from now on")
        : on.fine();
    case "publish":
      return on.effect("infra.publish", "publish a distribution");
    case "auth":
      return on.effect("infra.admin", "change credentials for an index");
    case "venv":
    case "build":
    case "init":
    case "version":
    case "format":
      return on.effect("harmless.write", `run \`uv ${name}\``);
    case "tree":
    case "export":
    case "cache":
    case "help":
    case "generate-shell-completion":
    case "workspace":
    case "audit":
      return on.fine();
    case "x":
      return tool(call, on, rest, "uv x");
    default:
      return on.effect("unknown.option", `run \`uv ${name === "" ? "…" : name}\`, which is not known`);
  }
}

// Adds, removes and syncs bring the environment to what the lockfile says, or will say.
function synced({ on, verb, name, rest }: Verb, given: Options, scope: InstallScope): Outcome {
  const off = given.has("no-build");
  const frozen = given.has("frozen", "locked");
  const files = given.values("requirements");
  const switches = scope === "lockfile" && name === "sync" && !frozen ? "--frozen --no-build" : "--no-build";
  const judged = installOutcome(on, {
    ecosystem: "PyPI",
    command: `uv ${name}`,
    scope,
    frozen: frozen && scope === "lockfile",
    words: scope === "add" ? readOptions(rest, options).operands : [],
    unknown_words: given.uncertain.length > 0 || files.length > 0,
    scripts: off ? "off" : "rewritable",
    edits: off ? [] : insertAfter(verb, switches, on),
    locks: ["uv.lock"],
    dir: given.value("directory") ?? given.value("project"),
  });
  return on.join(judged, pipWeakening(on, given));
}

// SECURITY: the program is the project's, or anything else on the path: it is judged like the line itself.
function ran({ on, rest, call }: Verb): Outcome {
  const posix = readOptions(rest, { ...options, posix: true });
  const [program, ...args] = posix.operands;
  const given = readOptions(rest.slice(0, rest.length - posix.operands.length), options);
  const withs = [...given.values("with"), ...given.values("w"), ...given.values("with-editable")];
  const more =
    withs.length + given.values("with-requirements").length === 0
      ? on.fine()
      : installOutcome(on, {
          ecosystem: "PyPI",
          command: "uv run",
          scope: "run",
          words: withs.flatMap(eachOf),
          unknown_words: given.has("with-requirements"),
          scripts: "off",
          locked: null,
        });
  const weak = pipWeakening(on, given);
  if (program === undefined) return on.join(more, weak, on.fine());
  const text = known(program) ?? "";
  const python = literal("python");
  if (given.has("module"))
    return on.join(more, weak, withoutUnknown(on.run([python, literal("-m"), program, ...args])));
  if (/^https?:\/\//.test(text))
    return on.join(more, weak, on.effect("remote-exec.run-url", `fetch and run \`${text}\``));
  if (text === "-") return on.join(more, weak, on.codeFrom("python", call.stdin));
  if (given.has("script", "gui-script") || /\.pyw?$/.test(text))
    return on.join(more, weak, on.programFile(program, "python", args));
  return on.join(more, weak, withoutUnknown(on.run([program, ...args])));
}

// `--with a,b` names two.
const eachOf = (arg: Arg): readonly Arg[] =>
  arg.text.includes("[") ? [arg] : arg.text.split(",").map((text) => ({ ...arg, text }));

function tools(one: Verb): Outcome {
  const { call, on, rest } = one;
  const [action, ...words] = readOptions(rest, { ...options, posix: true }).operands;
  switch (known(action)) {
    case "run":
      return tool(call, on, words, "uv tool run");
    case "install":
    case "upgrade": {
      const given = readOptions(words, options);
      const judged = installOutcome(on, {
        ecosystem: "PyPI",
        command: "uv tool install",
        scope: given.has("all") ? "update" : "global",
        words: [...given.operands, ...given.values("with").flatMap(eachOf), ...given.values("from")],
        scripts: given.has("no-build") ? "off" : "rewritable",
        edits: given.has("no-build") ? [] : insertAfter(action, "--no-build", on),
        locked: null,
      });
      return on.join(judged, pipWeakening(on, given));
    }
    case "list":
    case "dir":
    case "uninstall":
    case undefined:
      return on.fine();
    case "update-shell":
      return on.effect("system.persist", "change the shell's start-up files");
    default:
      return on.effect("unknown.option", "run a command of `uv tool` that is not known");
  }
}

// `uvx`, `uv tool run`: a tool is fetched and run at once.
function tool(call: Call, on: Evaluation, words: readonly Arg[], command: string): Outcome {
  const posix = readOptions(words, { ...options, posix: true });
  const given = readOptions(words.slice(0, words.length - posix.operands.length), options);
  const [program, ...args] = posix.operands;
  if (program === undefined) return on.fine();
  const from = given.values("from");
  const packages = [...(from.length > 0 ? from : [program]), ...given.values("with").flatMap(eachOf)];
  const fetched = installOutcome(on, {
    ecosystem: "PyPI",
    command,
    scope: "run",
    words: packages,
    scripts: "off",
    locked: null,
  });
  return on.join(
    fetched,
    pipWeakening(on, given),
    withoutUnknown(on.run([literal(known(program)?.replace(/[@=<>[].*$/s, "") ?? call.name), ...args])),
  );
}

function pip({ on, rest }: Verb): Outcome {
  const [action, ...words] = readOptions(rest, { ...options, posix: true }).operands;
  const given = readOptions(words, options);
  const name = known(action) ?? "";
  if (name === "install" || name === "sync") {
    const built_only = given.has("no-build") || given.values("only-binary").some(({ text }) => text === ":all:");
    const files =
      name === "sync"
        ? { ...given, values: (wanted: string) => (wanted === "requirements" ? given.operands : given.values(wanted)) }
        : given;
    return pythonInstall(on, {
      command: `uv pip ${name}`,
      scope: "add",
      options: files,
      words: name === "sync" ? [] : given.operands,
      built_only,
      edits: insertAfter(action, "--no-build", on),
    });
  }
  if (name === "compile")
    return on.join(pipWeakening(on, given), on.effect("harmless.write", "write a requirements file"));
  return /^(?:|uninstall|list|freeze|show|tree|check|debug)$/.test(name)
    ? on.fine()
    : on.effect("unknown.option", `run \`uv pip ${name}\``);
}

function pythons(on: Evaluation, rest: readonly Arg[]): Outcome {
  const action = known(readOptions(rest, { ...options, posix: true }).operands[0]) ?? "";
  if (action === "install" || action === "upgrade" || action === "update-shell")
    return on.effect("supply-chain.run-remote", "fetch another Python");
  return action === "uninstall" ? on.effect("system.package", "remove a Python of uv") : on.fine();
}
