// What the verb of a service's command means where no table names the command: `terminate-instances`, `compute instances delete`, `pg:reset`.

import { HOLE } from "../arg.ts";

/** What a subcommand comes to. */
export type Sense =
  /** Looks, or changes only this machine's own small things. */
  | "read"
  /** Prints what is stored elsewhere: whoever can write there chose the text. */
  | "fetch"
  /** Prints a secret. */
  | "secret"
  /** Prints shell text that is meant to be evaluated. */
  | "generator"
  | "destroy"
  | "apply"
  | "admin"
  | "publish"
  | "database"
  /** Runs something on another machine. */
  | "remote"
  /** Fetches code and runs it, or keeps it to be run. */
  | "url"
  /** Runs a program that is handed to it in a way that is not read. */
  | "exec"
  | "unknown";

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));

// Never the name of a thing: where one stands, the command only looks.
const looks = setOf("list ls get describe show view head whoami info inspect version help ps exists");
// These may name a thing as well (`logs delete-log-group`, `az search service delete`): a change that follows counts.
const looksMaybe = setOf(
  "search find query log logs tail status stat stats read check validate verify test lint diff plan preview explain history events top wait estimate " +
    "count simulate lookup select scan filter print cat tree du watch detect compare summarize monitor docs synth outputs completion decode what-if browse serve access",
);
const destroys = setOf(
  "delete del destroy remove rm rmi rb terminate purge drop wipe erase nuke detach revoke disable deregister deprovision decommission unregister undeploy " +
    "uninstall rollback reset cancel abort kill stop flush clear clean cleanup prune empty truncate release disassociate reject unlink expire shutdown unassign " +
    "unbind undefine deactivate suspend evict failover forget teardown down unset discard unpublish deallocate redeploy reimage rebuild",
);
const applies = setOf(
  "create update put set modify add edit apply deploy start restart reboot resume run invoke execute exec send upload sync cp mv copy move import attach associate " +
    "enable activate configure patch replace scale resize rotate restore promote migrate submit trigger schedule tag untag label assign bind allocate request accept " +
    "authorize install upgrade init link connect rename clone fork merge transfer mount register provision up call export write insert load save push-state swap " +
    "build new increment reindex publish-version bootstrap convert change open-port extend expand lock unlock snapshot backup do",
);
const administers = setOf(
  "login logout auth grant authorise invite impersonate switch use assume ssh connect-to proxy tunnel port-forward",
);
const publishes = setOf("publish push release-to");
const reveals = setOf("get show print view read reveal access export fetch cat decrypt unwrap");

// As the first word they may name a group of commands: `deploy releases list`, `backup delete`.
const alsoGroups = setOf(
  "run deploy backup restore snapshot tag lock config export import schedule transfer build proxy release publish connect access link label migrate invite update install load save auth ssh tunnel stop disable",
);

const kinds: readonly (readonly [ReadonlySet<string>, Sense])[] = [
  [looks, "read"],
  [destroys, "destroy"],
  [applies, "apply"],
  [administers, "admin"],
  [publishes, "publish"],
  [setOf("decrypt unwrap reveal"), "secret"],
];

const before = setOf("batch bulk force async admin begin multi transact");
const secretThing =
  /(?:^|[-_.\s])(?:secrets?|passwords?|passwd|credentials?|creds|tokens?|private-?keys?|access-?keys?|api-?keys?|kubeconfigs?|connection-?strings?|publishing-profiles?|sas)(?:$|[-_.\s])/;

/** What the verb among the first words of a call says, and which word it is. */
export interface Verb {
  readonly sense: Sense;
  readonly at: number;
}

/** The verb among a call's words; undefined where none is known. */
export function senseOfWords(words: readonly string[]): Verb | undefined {
  const parts = words.slice(0, 8).flatMap((word, at) => word.split(":").map((text) => ({ text, at })));
  const found = scan(parts);
  if (found === undefined) return undefined;
  return { at: found.part.at, sense: found.sense === "read" && showsSecret(parts, found) ? "secret" : found.sense };
}

interface Part {
  readonly text: string;
  readonly at: number;
}

interface Scanned {
  readonly verb: string;
  readonly part: Part;
  readonly sense: Sense;
}

// The first word that can only be a verb; else a change that may be a group's name; else a look that may be one.
function scan(parts: readonly Part[]): Scanned | undefined {
  let group: Scanned | undefined;
  let look: Scanned | undefined;
  for (const part of parts) {
    // SECURITY: what is not known may be any verb.
    if (part.text.includes(HOLE)) return group;
    if (!/^[a-z][\w.-]*$/i.test(part.text)) continue;
    const verb = verbOf(part.text);
    const kind = kinds.find(([set]) => set.has(verb));
    if (kind === undefined) {
      if (looksMaybe.has(verb)) look ??= { verb, part, sense: "read" };
    } else if (part.at === 0 && alsoGroups.has(verb)) group ??= { verb, part, sense: kind[1] };
    else return { verb, part, sense: kind[1] };
  }
  return group ?? look;
}

/** `batch-delete-image`, `deleteMany`, `describe_stack`, `service-instance-delete`: the word that says what is done. */
function verbOf(part: string): string {
  const tokens = part.split(/[-_.]|(?<=[a-z\d])(?=[A-Z])/).map((token) => token.toLowerCase());
  const first = tokens.find((token) => !before.has(token)) ?? part;
  const last = tokens.at(-1) ?? "";
  return tokens.length > 1 && endings.has(last) && !kinds.some(([set]) => set.has(first)) ? last : first;
}

// Verbs that are also put after what they change; others there name a thing: `image-version`, `private-link`.
const endings = setOf(
  "delete del remove destroy rm purge create update add set unset terminate stop start reboot revoke detach cancel reset",
);

// A verb that shows, and a thing that is secret in the words up to it or the one after it.
function showsSecret(parts: readonly Part[], { verb, part }: Scanned): boolean {
  const near = parts.slice(0, parts.indexOf(part) + 2).map(({ text }) => text.toLowerCase());
  return (
    (reveals.has(verb) && secretThing.test(near.join(" "))) || (verb === "list" && /^list-.*keys$/.test(part.text))
  );
}
