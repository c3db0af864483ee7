// `git config`: reading passes, setting is judged by its key.
import { grammar } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import { type GitCall, type GitOptions, optionsOf, pathIn, type Subcommand, unknownCall } from "./git-call.ts";
import { setting } from "./git-config.ts";

const options = grammar(
  "global system local worktree f,file= blob= get get-all get-regexp get-urlmatch get-color get-colorbool replace-all add unset unset-all rename-section remove-section l,list e,edit z,null name-only show-origin show-scope show-names no-show-names includes no-includes t,type= no-type bool int bool-or-int bool-or-str path expiry-date default= fixed-value comment= all regexp value= url= append",
);

type Act = "read" | "set" | "unset" | "section" | "edit";

const verbs: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["list", "read"],
  ["get", "read"],
  ["set", "set"],
  ["unset", "unset"],
  ["rename-section", "section"],
  ["remove-section", "section"],
  ["edit", "edit"],
]);

/** `git config`. */
export const config: Subcommand = (git, on) => {
  const read = optionsOf(git, options);
  const verb = verbs.get(read.operands[0]?.text ?? "");
  const operands = verb === undefined ? read.operands : read.operands.slice(1);
  const act = verb ?? actOf(read);
  const odd = read.unknown.map(() => unknownCall(git, on));
  const file = read
    .values("file")
    .map((path) => (act === "read" ? on.read(pathIn(git, path)) : on.write(pathIn(git, path), "append")));
  const system =
    read.has("system") && act !== "read"
      ? [on.effect("system.write", "change the settings of every account here")]
      : [];
  return on.join(...odd, ...file, ...system, done(git, on, { act, operands }));
};

function actOf(read: GitOptions): Act {
  if (read.has("get", "get-all", "get-regexp", "get-urlmatch", "get-color", "get-colorbool", "list")) return "read";
  if (read.has("unset", "unset-all")) return "unset";
  if (read.has("rename-section", "remove-section")) return "section";
  if (read.has("edit")) return "edit";
  return read.operands.length > 1 || read.has("add", "replace-all") ? "set" : "read";
}

function done(
  git: GitCall,
  on: Evaluation,
  { act, operands: [key, value] }: { readonly act: Act; readonly operands: GitOptions["operands"] },
): Outcome {
  switch (act) {
    case "read":
      return on.fine();
    case "set":
      return key === undefined ? unknownCall(git, on) : setting(on, key, value);
    case "unset":
      // Hooks that hold the agent hang on this one.
      return /^core\.hookspath$/i.test(key?.text ?? "")
        ? on.effect("code-injection.config", "unset git's `core.hooksPath`")
        : on.fine();
    case "section":
      return /^(?:branch|remote|submodule|alias|url)\b/i.test(key?.text ?? "") &&
        !/^(?:url|alias)/i.test(value?.text ?? "")
        ? on.fine()
        : unknownCall(git, on);
    case "edit":
      return unknownCall(git, on);
    default:
      return act satisfies never;
  }
}
