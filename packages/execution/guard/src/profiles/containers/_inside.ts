// Commands that run inside a container or a machine of its own: judged like any other, except that its programs are its own business.
import { type Arg, literal } from "../../arg.ts";
import type { Effect } from "../../effect.ts";
import type { Evaluation, Outcome, RunHow } from "../../profile.ts";
import { lastName } from "../../paths/fold-path.ts";

/** Runs `words` inside. Paths of this machine mean nothing there; deletes cannot be taken back. */
export function runInside(on: Evaluation, words: readonly Arg[], how: RunHow = {}): Outcome {
  const command = words[0]?.text === "--" ? words.slice(1) : words;
  return command.length === 0 ? on.fine() : ownPrograms(on.run(command, { ...how, elsewhere: true }));
}

/** Runs a text as a shell program inside. */
export const scriptInside = (on: Evaluation, source: Arg): Outcome =>
  ownPrograms(on.script(source, { elsewhere: true }));

const itsOwn: ReadonlySet<string> = new Set([
  "unknown.program",
  "unknown.option",
  "unknown.script",
  "unknown.write-target",
  "unknown.outside-write",
  "system.package",
]);

// An image knows programs that no profile does, and its packages are not this machine's; an edit for the trash means nothing there.
function ownPrograms(ran: Outcome): Outcome {
  const effects: readonly Effect[] = ran.effects.filter(({ kind }) => !itsOwn.has(kind));
  return { ...ran, effects, edits: ran.edits.filter(({ kind }) => kind === "install"), rescues: [] };
}

const startsWith: ReadonlyMap<string, string> = new Map([
  ["aws-cli", "aws"],
  ["opentofu", "tofu"],
  ...[
    "terraform",
    "terragrunt",
    "tofu",
    "kubectl",
    "helm",
    "helmfile",
    "git",
    "aws",
    "flyway",
    "liquibase",
    "migrate",
    "vault",
    "consul",
    "nomad",
    "pulumi",
    "packer",
    "skopeo",
    "buildah",
    "rclone",
    "restic",
    "psql",
    "mc",
    "dbmate",
    "goose",
  ].map((name) => [name, name] as const),
]);

/** Runs `words` in a container of `image`: as they stand, and as the words of the program that images of that name start with. */
export function runImage(on: Evaluation, image: Arg, words: readonly Arg[]): Outcome {
  const name = lastName(image.text.replace(/@sha256:.*$/, "")).replace(/:[^:]*$/, "");
  const program = startsWith.get(name);
  const asGiven = runInside(on, words);
  return program === undefined ? asGiven : on.join(runInside(on, [literal(program), ...words]), asGiven);
}
