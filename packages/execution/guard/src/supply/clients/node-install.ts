// An install by npm or one of its kin: the clients differ in their words, not in what they do.
import type { Arg } from "../../arg.ts";
import type { Edit } from "../../effect.ts";
import type { Options } from "../../options.ts";
import type { Call, Evaluation, Outcome } from "../../profile.ts";
import type { InstallScope } from "../install/install-request.ts";
import { installOutcome } from "./client-install.ts";
import { settingOutcome, settingPairs } from "./config-setting.ts";
import { switchValue } from "./verb-words.ts";

/** A verb of such a client with its words. */
export interface NodeVerb {
  readonly call: Call;
  readonly on: Evaluation;
  readonly verb: Arg;
  /** The verb's text. */
  readonly name: string;
  readonly rest: readonly Arg[];
  /** Options before the verb. */
  readonly before: readonly Arg[];
}

/** What the client's profile understood of an install. */
export interface NodeInstall {
  readonly scope: InstallScope;
  readonly given: Options;
  /** Words that name packages. */
  readonly words: readonly Arg[];
  readonly global?: boolean;
  readonly frozen: boolean;
  /** Scripts are off already, by what this client takes for it besides `--ignore-scripts`. */
  readonly off?: boolean;
  /** Turns scripts off. */
  readonly edits: readonly Edit[];
  /** The lockfile is not written, or not kept to. */
  readonly lockless: boolean;
  readonly locks: readonly string[];
  readonly installed?: string;
  readonly dir: Arg | undefined;
}

/** True when install scripts are switched off by the options. */
export const isScriptless = (given: Options): boolean =>
  given.given.some(({ name, value }) => name === "ignore-scripts" && switchValue(value) === true);

/** The outcome of an install. */
export function nodeInstall({ call, on, name }: NodeVerb, install: NodeInstall): Outcome {
  const { scope, given, lockless } = install;
  const off = isScriptless(given) || install.off === true;
  const judged = installOutcome(on, {
    ecosystem: "npm",
    command: `${call.name} ${name}`,
    scope: install.global === true && scope !== "update" ? "global" : scope,
    frozen: install.frozen,
    words: install.words,
    unknown_words: given.uncertain.length > 0,
    scripts: off ? "off" : "rewritable",
    edits: off ? [] : install.edits,
    locks: install.locks,
    ...(install.installed === undefined ? {} : { installed: install.installed }),
    dir: install.dir,
  });
  return lockless
    ? on.join(judged, on.effect("supply-chain.drift", "install something else than the lockfile pins"))
    : judged;
}

const PUBLISH = new Set("publish unpublish deprecate undeprecate dist-tag dist-tags tag stage".split(" "));
const ADMIN = new Set(
  "login logout adduser add-user owner author access team org token profile hook star unstar trust".split(" "),
);

/** Verbs that change what the registry serves, or who may; undefined for any other. */
export function registryOutcome({ call, on, name, rest }: NodeVerb, action: string): Outcome | undefined {
  if (PUBLISH.has(name))
    return (name === "publish" && rest.some(({ text }) => text === "--dry-run")) ||
      action === "ls" ||
      (action === "" && name.startsWith("dist-tag"))
      ? on.fine()
      : on.effect("infra.publish", `change what the registry serves by \`${call.name} ${name}\``);
  if (!ADMIN.has(name)) return undefined;
  return /^(?:ls|list|get)$/.test(action)
    ? on.fine()
    : on.effect("infra.admin", `change an account or rights at the registry by \`${call.name} ${name}\``);
}

/** `config ACTION WORDS…`. */
export function configOutcome({ call, on }: NodeVerb, action: string, words: readonly Arg[]): Outcome {
  if (action === "set")
    return on.join(...settingPairs(words).map(([key, value]) => settingOutcome(on, key, value)), on.fine());
  return /^(?:delete|rm|unset|edit|fix)$/.test(action)
    ? on.effect("unknown.outside-write", `change the configuration of \`${call.name}\``)
    : on.fine();
}

/** `rebuild`: SECURITY: what was held back at install runs now. */
export function rebuildOutcome({ call, on }: NodeVerb, packages: readonly Arg[]): Outcome {
  if (packages.length > 0)
    return on.effect(
      "supply-chain.new-package",
      `run install scripts by \`${call.name} rebuild ${packages[0]?.text ?? ""}\``,
    );
  return on.effect("supply-chain.scripts-on", "run the install scripts of every package", {
    instead: `name the one package that needs it: ${call.name} rebuild NAME`,
  });
}
