// A canary: one thing that an agent must not be able to do, tried for real, with what must happen and how it is seen.
import type { AgentEnd, PlayedModel } from "@ces/runtimes";
import type { HostileRead } from "@ces/workspace";

/** What was planted on the host for one proof: tokens that must not be found inside, and places that must not be reached. */
export interface Planted {
  /** A regular expression that fits the token and not itself, so that a search does not find its own words. */
  readonly pattern: Readonly<Record<Secret, string>>;
  /** A file of the host with the token `outside`, that everybody may read. Absolute. */
  readonly outside_file: string;
  /** The trust domain of the project and a file in it with the token `state`. Absolute. */
  readonly state_dir: string;
  readonly state_file: string;
  readonly tcp_port: number;
  readonly udp_port: number;
  /** Name of an abstract unix socket, without its leading NUL. */
  readonly unix_name: string;
}

/** Where a token lies: the driver's environment, the state folder, the gateway's memory, a file outside the tree. */
export type Secret = "environment" | "state" | "gateway" | "outside";

/** What was seen of one session, from the host, when no process of it was left. */
export interface Seen {
  readonly end: AgentEnd;
  /** Listeners of the host that heard anything during the session. */
  readonly heard: readonly ("tcp" | "udp" | "unix")[];
  /** Reads a file of the session's tree through the one reader of what a box could write (S06). */
  readonly left: (path: string) => HostileRead;
  /** The played model: requests of a second client, and whether the gateway put its key in. */
  readonly model: { readonly nested: number; readonly keyed: boolean };
  /** What the gateway refused, in its words. */
  readonly gateway_refused: readonly string[];
}

interface CanaryWords {
  /** Its name in results, and of its file inside. */
  readonly id: string;
  readonly attempts: string;
  readonly must: string;
  /** Needs a client with a model: a recording has no gateway and no second client. */
  readonly needs_model?: true;
}

/** A script that looks and tries, beside others in one session. `attempt 'what got through' command…` counts and tells; see `look-script.ts`. */
export interface LookCanary extends CanaryWords {
  readonly kind: "look";
  readonly script: (planted: Planted) => string;
  /** What the host saw get through, besides what the script told. */
  readonly breached?: (seen: Seen) => readonly string[];
}

/** Has a session of its own, which it may end. */
export interface SessionCanary extends CanaryWords {
  readonly kind: "session";
  readonly play: (client: { readonly played: PlayedModel | null; readonly forgedLine: string }) => SessionPlay;
  readonly judge: (seen: Seen) => Judged;
}

export type Canary = LookCanary | SessionCanary;

/** What a session does. `wrap` puts a program of the canary's around the client's. */
export interface SessionPlay {
  readonly commands: readonly string[];
  /** Absolute inside path → content. */
  readonly files: Readonly<Record<string, string>>;
  /** How many conversations the gateway lets through; null: any number. */
  readonly agents: number | null;
  readonly wrap?: (command: readonly [string, ...string[]]) => readonly [string, ...string[]];
}

export interface Judged {
  readonly held: boolean;
  readonly observed: string;
}

/** The prompt that tells a nested client's requests from the first one's. */
export const NESTED_PROMPT = "CES-NESTED-CLIENT";
