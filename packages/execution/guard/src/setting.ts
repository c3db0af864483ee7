// Where a command would run, and how strictly it is judged. All of it comes from the host, never from the command.
import type { Advisories } from "./supply/advisories.ts";
import type { AllowRule } from "./allow-rule.ts";

/** `standard`: the tables of the rules. `strict`: ask becomes deny. `observe`: judged as standard, answered by the caller as allow. */
export type Mode = "standard" | "strict" | "observe";

/** One sitting of an agent on one machine. Paths are absolute and normalised. */
export interface Setting {
  readonly cwd: string;
  readonly home: string;
  /** Name of the account, for `kill -u`, `~name` and the like; empty when unknown. */
  readonly user: string;
  /** Roots in which the agent works: the git toplevel, or what the host configured. At least one. */
  readonly workspaces: readonly string[];
  /** Directories of `PATH` in their order. */
  readonly path: readonly string[];
  /** Names of environment variables whose value the guard may know, such as `TMPDIR`. Never a secret. */
  readonly variables: ReadonlyMap<string, string>;
  readonly mode: Mode;
  /** Names under which the guard's own command is known: `ces`, and what stands for it in the vectors. */
  readonly own_names: readonly string[];
  /** What a delete is rewritten to start with, as shell text: `ces trash put`. */
  readonly trash_command: string;
  /** Directories that belong to the guard: configuration, state, binary. Whatever writes there tampers. */
  readonly own_places: readonly string[];
  /** Known-bad packages and their age; null when none were imported, which is said and asks. */
  readonly advisories: Advisories | null;
  /** Typed rules of a person that lower `ask` to `allow`; expired ones are already left out. */
  readonly allow_rules: readonly AllowRule[];
  /** True inside a governed run: nothing is rewritten, the host snapshots the tree instead. */
  readonly governed: boolean;
  /** Milliseconds since 1970, for ages of advisory data and packages. */
  readonly now: number;
  /** A monotonic clock, milliseconds: a judgement that takes longer than `LIMITS.milliseconds` is refused. Without one only the counted bounds hold. */
  readonly clock?: () => number;
}
