// `npx`, `dlx`, `create`: a package is fetched and run at once, unless the project has it installed.
import { type Arg, isKnown, known, literal } from "../../arg.ts";
import type { Call, Evaluation, Outcome } from "../../profile.ts";
import { installOutcome } from "./client-install.ts";
import { isInstalled, localOutcome, withoutUnknown } from "./local-program.ts";

/** A run of something that may have to be fetched. */
export interface RemoteRun {
  /** `npx`, `pnpm dlx`. */
  readonly command: string;
  /** The program and its words. */
  readonly words: readonly Arg[];
  /** Packages that are named apart from the program (`-p`). */
  readonly packages: readonly Arg[];
  /** A shell program that is run with the packages on its path (`-c`). */
  readonly script?: Arg | undefined;
  /** Use what is installed when it is. `dlx` never does. */
  readonly local: "first" | "only" | "never";
  readonly dir?: Arg | undefined;
}

/** The outcome: the local program's, or the question whether strangers' code may be fetched and run, and what that code would run. */
export function remoteRun(on: Evaluation, call: Call, run: RemoteRun): Outcome {
  const { words, packages, script, local } = run;
  const [program] = words;
  const scripted = script === undefined ? on.fine() : on.script(script);
  if (packages.length > 0) return on.join(fetched(on, run, packages), scripted, wrapped(on, words));
  if (program === undefined) return scripted;
  const name = known(program);
  const bare = name === undefined ? undefined : programOf(name);
  if (local !== "never" && bare !== undefined && isInstalled(on, bare, run.dir)) return localOutcome(on, words, call);
  if (local === "only") return localOutcome(on, words, call);
  return on.join(fetched(on, run, [program]), wrapped(on, words), scripted);
}

function fetched(on: Evaluation, { command, dir }: RemoteRun, packages: readonly Arg[]): Outcome {
  const install = installOutcome(on, { ecosystem: "npm", command, scope: "run", words: packages, scripts: "off", dir });
  // A package that is run needs no script to do harm: that it is clean is no answer.
  const asks = install.effects.filter(({ kind }) => kind !== "supply-chain.clean");
  return asks.length > 0
    ? { ...install, effects: asks }
    : on.effect("supply-chain.run-remote", `fetch and run a package by \`${command}\``);
}

// SECURITY: `npx cross-env A=1 sudo id`, `npx sudo id`: whatever the package is, its words may be a command.
function wrapped(on: Evaluation, words: readonly Arg[]): Outcome {
  const [program, ...args] = words;
  if (program === undefined || !isKnown(program)) return on.fine();
  return withoutUnknown(localOutcome(on, [literal(programOf(program.text) ?? program.text), ...args]));
}

// `tsc` is a program; `tsc@5`, `@s/p` and addresses are packages, whose last part is the program as a rule.
function programOf(name: string): string | undefined {
  if (/^[\w.-]+$/.test(name)) return name;
  return undefined;
}
