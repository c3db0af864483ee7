// Entries, trail rows and rows of state walked side by side: entries lead, the others must be exactly where they belong.
import type { CommitParts, TrailRow } from "@ces/ports";
import type { SealedEntry } from "@ces/records";
import { sameMac } from "./chain-mac.ts";
import {
  broken,
  checkParts,
  stepEntry,
  stepTrail,
  type Broken,
  type Place,
  type Undecidable,
  type WalkWith,
} from "./chain-walk.ts";
import { entryClaims, NO_PARTS, type EntryClaims } from "./commitment.ts";
import { cursor, type Cursor } from "./cursor.ts";

/** The rows of state stored under one entry's number. */
export type StateRows = { readonly seq: number; readonly parts: CommitParts };

/** A walk under way. `trail` and `state` are undefined when they are not part of what is judged. */
export type Walk = {
  readonly tools: WalkWith;
  place: Place;
  last: { readonly n: number; readonly mac: string };
  readonly trail: Cursor<TrailRow> | undefined;
  readonly state: Cursor<StateRows> | undefined;
};

/** Why a walk stops before its end. */
export type Stop = Broken | Undecidable | undefined;

/** Starts a walk behind `place` and trail row `last`; `trail` ordered by number, `state` by entry. */
export function startWalk(
  tools: WalkWith,
  from: { readonly place: Place; readonly last: Walk["last"] },
  rows: { readonly trail?: Iterable<TrailRow> | undefined; readonly state?: Iterable<StateRows> | undefined },
): Walk {
  const { trail, state } = rows;
  return { tools, ...from, trail: trail && cursor(trail), state: state && cursor(state) };
}

/** Takes one entry with everything that belongs before and to it. */
export function walkEntry(walk: Walk, entry: SealedEntry): Stop {
  const stop = takeTrail(walk);
  if (stop) return stop;
  const step = stepEntry(walk.tools, walk.place, entry);
  if (step.kind !== "on") return step;
  walk.place = step.place;
  // Its chain value holds: what it claims is read once, for both.
  const claims = entryClaims(entry.bytes);
  return takeState(walk, entry, claims) ?? checkTrail(walk, entry, claims);
}

/** Takes what follows the last entry; nothing may be left over. */
export function endWalk(walk: Walk): Stop {
  const stop = takeTrail(walk);
  if (stop) return stop;
  const row = walk.trail?.next();
  if (row)
    return broken(
      null,
      "TRAIL_MODIFIED",
      `trail row ${row.n} says it follows entry ${row.after_seq}, which does not exist`,
    );
  const left = walk.state?.next();
  return left && broken(left.seq, "STATE_MODIFIED", `rows are stored under entry ${left.seq}, which does not exist`);
}

function takeTrail(walk: Walk): Stop {
  const { seq, epoch } = walk.place;
  const due = (row: TrailRow): boolean => row.after_seq <= seq;
  for (let row = walk.trail?.nextIf(due); row; row = walk.trail?.nextIf(due)) {
    if (row.after_seq < seq)
      return broken(
        null,
        "TRAIL_MODIFIED",
        `trail row ${row.n} says it follows entry ${row.after_seq}, but stands after ${seq}`,
      );
    const stop = stepTrail({ tools: walk.tools, epoch }, walk.last, row);
    if (stop) return stop;
    walk.last = { n: row.n, mac: row.mac };
  }
  return undefined;
}

function takeState(walk: Walk, entry: SealedEntry, claims: EntryClaims | undefined): Stop {
  if (!walk.state) return undefined;
  const stray = walk.state.nextIf(({ seq }) => seq < entry.seq);
  if (stray)
    return broken(stray.seq, "STATE_MODIFIED", `rows are stored under entry ${stray.seq}, which is not theirs`);
  const own = walk.state.nextIf(({ seq }) => seq === entry.seq);
  return checkParts(walk.tools, { seq: entry.seq, claims }, own?.parts ?? NO_PARTS);
}

function checkTrail(walk: Walk, entry: SealedEntry, claims: EntryClaims | undefined): Stop {
  if (!walk.trail) return undefined;
  if (claims && claims.trail_count === walk.last.n && sameMac(claims.trail_mac, walk.last.mac)) return undefined;
  return broken(entry.seq, "TRAIL_MODIFIED", `the trail before entry ${entry.seq} is not the one it commits to`);
}
