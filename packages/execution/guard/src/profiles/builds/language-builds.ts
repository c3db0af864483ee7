// Build tools of other languages, and runners of test environments: their tasks are the project's, code in a word and commands behind `--` are judged.
import { type Arg, known } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, partOf, shown } from "../_words.ts";
import { foreignCode, foreignFile } from "../interpreters/_foreign-code.ts";
import { buildFile, projectFiles } from "./_project-file.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;
const judges: Readonly<Record<string, Judge>> = {
  mix,
  rebar3: rebar,
  rebar,
  dotnet,
  bazel,
  bazelisk: bazel,
  buck: bazel,
  buck2: bazel,
  pants: bazel,
  plz: bazel,
  tox: environments,
  nox: environments,
  dub: packages,
  gleam: packages,
  rush: packages,
  moon: packages,
  opal: packages,
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "builds and tests programs of other languages",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : (judges[call.name]?.(call, on) ?? on.fine())),
  matches: [
    { line: 'mix run -e \'System.cmd("sudo", ["id"])\'', decision: "deny", effect: "code-injection.spawn" },
    { line: "mix ecto.drop", decision: "ask", effect: "infra.database" },
    { line: "mix hex.publish", decision: "ask", effect: "infra.publish" },
    { line: "mix archive.install hex phx_new", decision: "ask", effect: "supply-chain.new-package" },
    { line: "mix do compile, cmd sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "dotnet nuget push x.nupkg", decision: "ask", effect: "infra.publish" },
    { line: "dotnet add package Foo", decision: "ask", effect: "supply-chain.new-package" },
    { line: "dotnet ef database drop --force", decision: "ask", effect: "infra.database" },
    { line: "bazel run --run_under='sudo' //app", decision: "deny", effect: "privilege.elevate" },
    { line: "tox exec -e py312 -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "tox -x testenv.commands='sudo id'", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "nox -f /opt/noxfile.py", decision: "ask", effect: "unknown.script" },
  ],
  spares: [
    "mix test",
    "mix compile --warnings-as-errors",
    "mix run --no-halt",
    "dotnet build -c Release",
    "dotnet test",
    "dotnet run --project src/App",
    "bazel build //...",
    "bazel test //app:all",
    "tox -e py312",
    "nox -s lint",
    "rebar3 eunit",
    "tox -- -k sudo",
  ],
};

const after = (args: readonly Arg[], form: RegExp): readonly Arg[] =>
  args.flatMap(({ text }, index) => (form.test(text) ? args.slice(index + 1, index + 2) : []));

function mix({ args }: Pick<Call, "args">, on: Evaluation): Outcome {
  const verb = known(args.find(({ text }) => !text.startsWith("-"))) ?? "";
  const rest = args.slice(args.findIndex(({ text }) => text === verb) + 1);
  if (verb === "do") return on.join(on.fine(), ...chain(rest).map((words) => mix({ args: words }, on)));
  if (verb === "cmd") return on.run(rest.filter(({ text }, index) => !(index === 0 && text.startsWith("--"))));
  if (/^(?:run|eval)$/.test(verb)) {
    const texts =
      verb === "eval" ? rest.filter(({ text }) => !text.startsWith("-")).slice(0, 1) : after(rest, /^(?:-e|--eval)$/);
    const files = [
      ...after(rest, /^(?:-r|--require)$/),
      ...(verb === "run" && texts.length === 0
        ? rest.filter(({ text }) => !text.startsWith("-") && /\.exs?$/.test(text))
        : []),
    ];
    return on.join(
      on.fine(),
      ...texts.map((text) => foreignCode(on, "Elixir", text)),
      ...files.map((file) => foreignFile(on, "Elixir", file)),
    );
  }
  if (/^ecto\.(?:drop|reset|rollback)$|^(?:ash\.reset|ash\.rollback)$/.test(verb))
    return on.effect("infra.database", `run \`mix ${verb}\``);
  if (/^hex\.(?:publish|owner|retire|organization|user)$/.test(verb))
    return on.effect(verb === "hex.publish" ? "infra.publish" : "infra.admin", `run \`mix ${verb}\``);
  if (
    /^(?:archive|escript|local)(?:\.(?:install|hex|rebar|uninstall|build|public_keys))?$/.test(verb) &&
    /install|local/.test(verb)
  )
    return on.effect("supply-chain.new-package", `run \`mix ${verb}\``);
  if (/^deps\.(?:get|update|unlock|clean)$|^igniter\.install$/.test(verb))
    return verb === "deps.get"
      ? on.effect("supply-chain.no-data", "fetch dependencies that no advisory covers")
      : verb === "deps.clean" || verb === "deps.unlock"
        ? on.fine()
        : on.effect("supply-chain.new-package", `run \`mix ${verb}\``);
  return on.join(projectFiles(on, ["mix.exs"], null), on.fine());
}

// `mix do a, b + c`.
function chain(words: readonly Arg[]): readonly (readonly Arg[])[] {
  const commands: Arg[][] = [[]];
  for (const word of words) {
    if (word.text === "+" || word.text === ",") commands.push([]);
    else if (word.text.endsWith(",")) {
      commands.at(-1)?.push(partOf(word, word.text.slice(0, -1)));
      commands.push([]);
    } else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

function rebar({ args, name }: Call, on: Evaluation): Outcome {
  const verbs = args.map(({ text }) => text);
  if (verbs.some((verb) => /^(?:hex|publish)$/.test(verb))) return on.effect("infra.publish", `publish by \`${name}\``);
  if (verbs.some((verb) => /^(?:upgrade|get-deps|local|plugins)$/.test(verb)))
    return on.effect("supply-chain.new-package", `fetch packages by \`${name}\``);
  const texts = after(args, /^--(?:eval|script|start-clean)$/);
  return on.join(
    projectFiles(on, ["rebar.config", "rebar.config.script"], null),
    ...texts.map((text) => foreignCode(on, "Erlang", text)),
    on.fine(),
  );
}

function dotnet({ args, name }: Call, on: Evaluation): Outcome {
  const words = args.filter(({ text }) => !text.startsWith("-")).map(({ text }) => text);
  const [verb = "", next = "", last = ""] = words;
  const text = words.join(" ");
  if (/^(?:nuget\s+(?:push|delete)|workload\s+push)/.test(text))
    return on.effect("infra.publish", `run \`dotnet ${text}\``);
  if (/^ef\s+database\s+drop/.test(text) || /^ef\s+migrations\s+remove/.test(text))
    return on.effect("infra.database", `run \`dotnet ${verb} ${next} ${last}\``);
  if (
    /^(?:add\s.*package|package\s+add|tool\s+(?:install|update|restore|run|exec)|workload\s+(?:install|update|restore|repair)|new\s+(?:install|-i|update)|nuget\s+(?:add|update|enable))/.test(
      text,
    ) ||
    (verb === "add" && words.includes("package"))
  )
    return on.effect("supply-chain.new-package", `run \`dotnet ${verb} ${next}\``);
  if (/^user-secrets\s+(?:list|set|remove|clear)/.test(text))
    return next === "list" ? on.effect("exfil.secret-read", "print the secrets of the project") : on.fine();
  const exec = verb === "exec" || /\.(?:dll|exe)$/.test(verb) ? (verb === "exec" ? next : verb) : "";
  const file = args.find((word) => word.text === exec);
  if (exec !== "" && file !== undefined) return foreignFile(on, ".NET", file);
  if (/^(?:fsi|script)$/.test(verb))
    return on.join(
      ...args
        .slice(1)
        .filter((word) => !word.text.startsWith("-"))
        .map((script) => foreignFile(on, "F#", script)),
      ...after(args, /^--(?:exec|use)$/).map((script) => foreignFile(on, "F#", script)),
      on.fine(),
    );
  if (
    /^(?:build|test|run|restore|clean|publish|pack|format|new|list|sln|solution|remove|reference|watch|msbuild|vstest|help|tool|nuget|workload|ef|dev-certs|sdk|store|migrate|build-server|user-secrets|csharpier|)$/.test(
      verb,
    )
  ) {
    const loggers = args
      .filter(({ text: word }) => /^[-/](?:logger|l|distributedlogger|dl):/i.test(word) && /[\\/]/.test(word.slice(8)))
      .map((word) => on.effect("code-injection.tool-exec", `load \`${shown(word)}\``));
    return on.join(
      projectFiles(on, ["Directory.Build.props", "Directory.Build.targets", "NuGet.config"], null),
      ...loggers,
      on.fine(),
    );
  }
  return on.effect("unknown.option", `run \`${name} ${verb}\``);
}

const starts =
  /^--(?:run_under|run-under|shell_executable|test_runner|action_env_exec|python_path|extra_toolchains|override_repository|override_module|bazelrc|experimental_remote_downloader|remote_executor|host_jvm_args|host_javabase|server_javabase|credential_helper|workspace_status_command|output_base|install_base)(?:=|$)/;

function bazel({ args, name }: Call, on: Evaluation): Outcome {
  const outcomes = args.flatMap((word, index): readonly Outcome[] => {
    if (!starts.test(word.text)) return [];
    const value = word.text.includes("=")
      ? partOf(word, word.text.slice(word.text.indexOf("=") + 1))
      : (args[index + 1] ?? word);
    if (/run.under|workspace_status_command|credential_helper/.test(word.text))
      return [/^\/\/|^:|^@/.test(value.text) ? on.fine() : on.script(value)];
    if (/bazelrc|override_repository|override_module|output_base|install_base/.test(word.text))
      return on.places(value).some(({ real_zone }) => !/^(?:workspace|temporary|cache)/.test(real_zone)) &&
        value.text !== "/dev/null"
        ? [on.effect("unknown.option", `run \`${name}\` with \`${shown(word)}\``)]
        : [];
    return [on.effect("unknown.option", `run \`${name}\` with \`${shown(word)}\``)];
  });
  const verbs = args.filter(({ text }) => !text.startsWith("-")).map(({ text }) => text);
  const more =
    /^(?:sync|mod|fetch|vendor)$/.test(verbs[0] ?? "") && verbs[1] !== "graph"
      ? [on.effect("supply-chain.no-data", "fetch dependencies that no advisory covers")]
      : [];
  const publishes =
    verbs[0] === "run" &&
    verbs.some((target) =>
      /[:/](?:publish|push|deploy|upload|release)(?:$|[._-])|[._-](?:publish|push|deploy)$/.test(target),
    )
      ? [on.effect("infra.publish", `run the target \`${verbs[1] ?? ""}\``)]
      : [];
  return on.join(...outcomes, ...more, ...publishes, on.fine());
}

/** tox and nox: a command behind `--` reaches the project's own commands as words; `tox exec` runs it. */
function environments({ args, name }: Call, on: Evaluation): Outcome {
  const cut = args.findIndex(({ text }) => text === "--");
  const own = cut < 0 ? args : args.slice(0, cut);
  const exec = own.some(({ text }) => /^(?:exec|e)$/.test(text)) && name === "tox";
  const files = [
    ...after(own, /^(?:-c|--conf|-f|--noxfile)$/),
    ...own.flatMap((word) =>
      /^--(?:conf|noxfile)=/.test(word.text) ? [partOf(word, word.text.slice(word.text.indexOf("=") + 1))] : [],
    ),
  ].map((file) => buildFile(on, file, null));
  const overrides = own.flatMap(({ text }, index) =>
    /^(?:-x|--override)$/.test(text)
      ? own.slice(index + 1, index + 2)
      : /^(?:-x.|--override=)/.test(text)
        ? own.slice(index, index + 1)
        : [],
  );
  const changed = overrides
    .filter(({ text }) =>
      /commands|requires|deps|allowlist|setenv|set_env|install_command|base_python|list_dependencies/.test(text),
    )
    .map((word) => on.effect("code-injection.tool-exec", `set \`${shown(word)}\``));
  const packagesOf = own.some(({ text }) =>
    /^--(?:force-dep|installpkg|index-url|pip-pre|extra-pythons|force-python|download-python)(?:=|$)/.test(text),
  )
    ? [on.effect("supply-chain.new-package", `choose packages or interpreters by \`${name}\``)]
    : [];
  return on.join(
    ...files,
    ...(files.length > 0 ? [] : [projectFiles(on, name === "tox" ? ["tox.ini", "tox.toml"] : ["noxfile.py"], null)]),
    ...changed,
    ...packagesOf,
    exec && cut >= 0 ? on.run(args.slice(cut + 1)) : on.fine(),
  );
}

function packages({ args, name }: Call, on: Evaluation): Outcome {
  const verb = known(args.find(({ text }) => !text.startsWith("-"))) ?? "";
  if (/^(?:publish|retire|release)$/.test(verb)) return on.effect("infra.publish", `publish by \`${name}\``);
  if (/^(?:add|fetch|upgrade|update|install|remove|hex|deps|setup)$/.test(verb))
    return on.effect("supply-chain.new-package", `change packages by \`${name} ${verb}\``);
  return on.fine();
}
