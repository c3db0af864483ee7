// Programs that give a command variables from a file or a vault: the command is judged, the variables are secrets.
import { type Arg, literal, taintedStream } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { oddWords, partOf, runJoined, shown } from "../_words.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;

const judges: Readonly<Record<string, Judge>> = {
  dotenv,
  dotenvx,
  "cross-env": crossEnv,
  "cross-env-shell": crossEnv,
  "env-cmd": envCmd,
  doppler: vault,
  infisical: vault,
  op: vault,
  "aws-vault": vault,
  chamber: vault,
  teller: vault,
  envconsul: vault,
  envchain: behind(1),
  envdir: behind(1),
  "with-env": behind(0),
  "env-vault": vault,
  berglas: vault,
  summon: vault,
  phase: vault,
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "runs a command with variables from a file or a vault",
  judge: (call, on) => judges[call.name]?.(call, on) ?? on.fine(),
  matches: [
    { line: "dotenv -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "dotenv -e .env.local sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "dotenvx run -f .env -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "cross-env A=1 LD_PRELOAD=./x.so ls", decision: "deny", effect: "code-injection.environment" },
    { line: "cross-env-shell A=1 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "env-cmd -f .env.test sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "doppler run -p app -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "doppler run --command 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "op run --env-file=.env -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "op read op://vault/item/password", decision: "ask", effect: "exfil.secret-read" },
    { line: "aws-vault exec prod -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "doppler secrets delete KEY", decision: "ask", effect: "infra.admin" },
  ],
  spares: [
    "dotenv -- true",
    "cross-env NODE_ENV=test true",
    "env-cmd -f .env.test true",
    "doppler run -- true",
    "op --version",
    "aws-vault list",
    "op run -- true",
  ],
};

const help = (args: readonly Arg[]): boolean =>
  args.every(({ text }) => /^(?:-h|--help|-v|-V|--version|help|version|completion)$/.test(text));

/** `NAME=value` words in front of a command. */
function withVariables(
  on: Evaluation,
  words: readonly Arg[],
  run: (rest: readonly Arg[], env: ReadonlyMap<string, Arg>) => Outcome,
): Outcome {
  const end = words.findIndex(({ text }) => !/^\w+=\S*$/.test(text));
  const cut = end < 0 ? words.length : end;
  const env = new Map(
    words
      .slice(0, cut)
      .map((word): [string, Arg] => [
        word.text.slice(0, word.text.indexOf("=")),
        partOf(word, word.text.slice(word.text.indexOf("=") + 1)),
      ]),
  );
  const rest = words.slice(cut);
  return rest.length === 0 ? on.fine() : run(rest, env);
}

/** `dotenv -e FILE -v NAME=value -- cmd` of JavaScript, `dotenv run cmd`, `dotenv get NAME` of Python, `dotenv cmd` of Ruby. */
function dotenv({ args, name }: Call, on: Evaluation): Outcome {
  if (help(args)) return on.fine();
  const read = readOptions(
    args,
    grammar(
      "e,env= v,var,variable= c=? p,print= o,override quiet debug f,file= q,quote= x,export= i,ignore overwrite t template= help version no-expand",
      { posix: true },
    ),
  );
  const [verb, ...rest] = read.operands;
  const odd = oddWords(on, name, read.unknown);
  if (read.value("print") !== undefined) return on.fine(taintedStream(["secret"]));
  if (verb === undefined) return on.join(...odd, on.fine());
  if (/^(?:get|list)$/.test(verb.text)) return on.effect("exfil.secret-read", `read \`${name} ${verb.text}\``);
  if (/^(?:set|unset)$/.test(verb.text))
    return on.join(...odd, on.write(read.value("file") ?? partOf(verb, ".env"), "append"));
  const words = verb.text === "run" ? withoutOptions(rest) : read.operands;
  const env = new Map(
    read
      .values("variable")
      .map((word): [string, Arg] => [
        word.text.slice(0, word.text.indexOf("=")),
        partOf(word, word.text.slice(word.text.indexOf("=") + 1)),
      ]),
  );
  return on.join(
    ...odd,
    withVariables(on, words, (command, more) => on.run(command, { env: new Map([...env, ...more]) })),
  );
}

// Options of `run` up to `--`, then the command.
function withoutOptions(args: readonly Arg[]): readonly Arg[] {
  const cut = args.findIndex(({ text }) => text === "--");
  if (cut >= 0) return args.slice(cut + 1);
  const start = args.findIndex(
    ({ text }, index) =>
      !text.startsWith("-") &&
      !/^-[a-zA-Z]$|^--(?:file|env-file|env|project|config)$/.test(args[index - 1]?.text ?? ""),
  );
  return start < 0 ? [] : args.slice(start);
}

function dotenvx({ args, name }: Call, on: Evaluation): Outcome {
  const [verb, ...rest] = args;
  if (verb === undefined || help(args)) return on.fine();
  if (verb.text === "run") return on.run(withoutOptions(rest));
  if (/^(?:get|keypair|decrypt)$/.test(verb.text))
    return on.effect("exfil.secret-read", `read secrets by \`${name} ${verb.text}\``);
  if (/^(?:ls|encrypt|set|ext|pro|genexample|gitignore|prebuild|precommit|scan|settings)$/.test(verb.text))
    return on.fine();
  return on.effect("unknown.option", `run \`${name} ${shown(verb)}\``);
}

function crossEnv({ args, name }: Call, on: Evaluation): Outcome {
  return withVariables(on, args, (rest, env) =>
    name === "cross-env-shell" ? runJoined(on, rest, { env }) : on.run(rest, { env }),
  );
}

function envCmd({ args, name }: Call, on: Evaluation): Outcome {
  if (help(args)) return on.fine();
  const read = readOptions(
    args,
    grammar(
      "f,file= r,rc-file= e,environments= x,expand-envs fallback no-override silent use-shell verbose recursive help version",
      { posix: true },
    ),
  );
  // Up to version 8 the file was the first operand.
  const words = /^\.?\/?\.env/.test(read.operands[0]?.text ?? "") ? read.operands.slice(1) : read.operands;
  const run = words.length === 0 ? on.fine() : read.has("use-shell") ? runJoined(on, words) : on.run(words);
  // A run-commands file in JavaScript is the project's.
  return on.join(...oddWords(on, name, read.unknown), run);
}

const looks =
  /^(?:list|ls|whoami|me|status|version|help|projects|environments|configs|activity|vault|item|account|user|group|document|completion|verify|doctor|history|--help)$/;
const reveals = /^(?:read|get|inject|export|secrets|token|env|show|access|decrypt|signin|login)$/;

/** `NAME run [options] -- command`, `aws-vault exec PROFILE -- command`, `chamber exec SERVICE -- command`. */
function vault({ args, name }: Call, on: Evaluation): Outcome {
  if (help(args)) return on.fine();
  const verb = args.find(({ text }) => !text.startsWith("-"));
  if (verb === undefined) return on.fine();
  const word = verb.text;
  const command = args.find(
    ({ text }, index) => text === "--command" || /^--command=/.test(text) || args[index - 1]?.text === "--command",
  );
  if (/^(?:run|exec|summon)$/.test(word) || args.some(({ text }) => text === "--")) {
    if (command !== undefined) return on.script(commandText(args));
    const cut = args.findIndex(({ text }) => text === "--");
    if (cut >= 0) return on.run(args.slice(cut + 1));
    return word === "exec"
      ? shellOf(on, name, args)
      : on.effect("unknown.option", `run \`${name} ${word}\` with a command that cannot be told from its options`);
  }
  if (
    args.some(({ text }) =>
      /^(?:delete|remove|rm|set|upload|create|edit|rotate|add|archive|write|import|share|configure|setup)$/.test(text),
    )
  )
    return on.effect("infra.admin", `change what \`${name}\` keeps`);
  if (reveals.test(word) || args.some(({ text }) => text === "get" || text === "download" || text === "--reveal"))
    return on.printing(
      on.effect("exfil.secret-read", `print secrets by \`${name} ${shown(verb)}\``),
      taintedStream(["secret"]),
    );
  return looks.test(word) ? on.fine() : on.effect("unknown.option", `run \`${name} ${shown(verb)}\``);
}

function commandText(args: readonly Arg[]): Arg {
  const at = args.findIndex(({ text }) => text === "--command" || text.startsWith("--command="));
  const word = args[at];
  if (word === undefined) return literal("");
  return word.text === "--command"
    ? (args[at + 1] ?? partOf(word, ""))
    : partOf(word, word.text.slice("--command=".length));
}

// `aws-vault exec prod` starts a shell with the keys; `aws-vault exec prod cmd` runs `cmd`.
function shellOf(on: Evaluation, name: string, args: readonly Arg[]): Outcome {
  const words = args.filter(({ text }) => !text.startsWith("-"));
  return words.length > 2
    ? on.run(words.slice(2))
    : on.effect("unknown.script", `start a shell with secrets by \`${name}\``);
}

function behind(count: number): Judge {
  return ({ args }, on) => {
    const words = args
      .filter((_word, index) => index >= args.findIndex(({ text }) => !text.startsWith("-")))
      .slice(count);
    return words.length === 0 ? on.fine() : on.run(words);
  };
}
