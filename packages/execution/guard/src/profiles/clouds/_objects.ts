// Copying between this machine and a store of objects: what is sent, what is written here, what is printed.
import { type Arg, type Stream, taintedStream } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { contentsOf } from "../_read-files.ts";
import { pathBelow } from "../_written-files.ts";
import { type Here, isTrial, sensed } from "../_subcommands.ts";

/** How a client names what is not on this machine, and what its options mean. */
export interface Store {
  readonly remote: RegExp;
  /** Options that delete at the target what the source does not hold. */
  readonly deletes?: readonly string[];
  /** Options of a trial run. */
  readonly trial?: readonly string[];
  /** The source is gone afterwards. */
  readonly moves?: true;
}

const stores = /^(?:s3|gs|gcs|az|oci|r2|b2|swift|https?):\/\//;

/** The names that most stores use. */
export const usualStore: Store = {
  remote: stores,
  deletes: ["delete", "d", "delete-removed", "remove"],
  trial: ["dryrun", "dry-run", "n"],
};

/** `cp SOURCE… TARGET`, `mv`, `sync`. */
export function copyObjects(here: Here, store: Store): Outcome {
  const { on, call, rest, options, name } = here;
  if (isTrial(call, options, ["help", ...(store.trial ?? [])])) return on.fine();
  const to = rest.at(-1);
  const from = rest.slice(0, -1);
  if (to === undefined || from.length === 0) return on.fine();
  const lost =
    options.has(...(store.deletes ?? []), "\u0001") ||
    (store.moves === true && from.some((one) => store.remote.test(one.text)));
  const moved = on.join(
    ...(lost ? [sensed(on, "destroy", name)] : []),
    store.remote.test(to.text)
      ? send(here, store, from)
      : keep(on, store, { from, to, many: /sync|mirror/.test(name) || options.has("recursive", "r", "R") }),
  );
  return to.text === "-" ? on.printing(moved, taintedStream(["network"])) : moved;
}

function send({ on, call, name }: Here, { remote }: Store, from: readonly Arg[]): Outcome {
  const local = from.filter((one) => !remote.test(one.text) && one.text !== "-");
  const input = from.some(({ text }) => text === "-") ? [call.stdin] : [];
  return on.join(
    ...[contentsOf(on, local), ...input].flatMap((stream) => sendStream(on, stream, name)),
    sensed(on, "apply", name),
  );
}

/** What goes to a network on a stream: a secret does not. */
export function sendStream(on: Evaluation, { taints }: Stream, name: string): readonly Outcome[] {
  return [
    ...(taints.has("secret") ? [on.effect("exfil.secret-send", `send a secret by \`${name}\``)] : []),
    ...(taints.has("environment") ? [on.effect("exfil.environment-send", `send the environment by \`${name}\``)] : []),
  ];
}

function keep(
  on: Evaluation,
  { remote }: Store,
  { from, to, many }: { readonly from: readonly Arg[]; readonly to: Arg; readonly many: boolean },
): Outcome {
  if (to.text === "-") return on.fine();
  const written = on.write(to, "overwrite");
  const fetched = { content: taintedStream(["network"]), copy_of: null };
  for (const source of from.filter((one) => remote.test(one.text))) {
    const name = source.text.slice(source.text.lastIndexOf("/") + 1);
    on.created(to, fetched);
    // Into a folder: by its own name, or, as a tree or a pattern, as whatever lies below.
    on.created(pathBelow(to, name === "" || /[*?[]/.test(name) || many ? "" : name), fetched);
  }
  return written;
}
