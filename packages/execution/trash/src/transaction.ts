// The writing side of one transaction: it begins with its first intent, and an intent is on the disk before anything moves.
import type { Intent, Purpose, Settled } from "./journal-entry.ts";
import { encodePercent } from "./byte-text.ts";
import type { Session } from "./session.ts";

/** An intent without what the writer fills in. */
export type Intended = Omit<Intent, "kind" | "txid">;
/** An outcome without what the writer fills in. */
export type Outcome = Omit<Settled, "kind" | "txid">;

/** One open transaction. */
export type Transacting = {
  readonly txid: string;
  /** True after the first intent. */
  readonly begun: () => boolean;
  readonly number: () => number;
  readonly intend: (intents: readonly Intended[]) => void;
  /** `synced` where something is removed next because of it. */
  readonly settle: (outcomes: readonly Outcome[], how?: "synced" | "written") => void;
  /** Closes it. `whole`: all of it is done, so that what it undoes counts as undone. */
  readonly end: (how: "whole" | "in part") => void;
};

/** What a transaction is for; `undoes` are the transactions it takes back. */
export type Aim = { readonly what: Purpose; readonly undoes?: readonly string[] };

/** Words of a command that are recorded: enough to know it again. */
const MOST_WORDS = 100;
const MOST_LETTERS = 4_000;

/** Starts a transaction; nothing is written before its first intent. */
export function transact(session: Session, { what, undoes = [] }: Aim): Transacting {
  const { journal, trash } = session;
  const txid = `T-${Buffer.from(trash.random(8)).toString("hex")}`;
  let begun = false;
  let count = 0;
  const begin = () => ({
    kind: "begin" as const,
    txid,
    at: trash.clock.now(),
    what,
    session: trash.caller.session,
    command: trash.caller.command,
    argv: shortened(trash.caller.argv),
    cwd: encodePercent(trash.caller.cwd),
    undoes,
  });
  return {
    txid,
    begun: () => begun,
    number: () => count++,
    intend: (intents) => {
      if (intents.length === 0) return;
      const entries = intents.map((intent) => ({ kind: "intent" as const, txid, ...intent }));
      journal.append(begun ? entries : [begin(), ...entries], "synced");
      begun = true;
    },
    settle: (outcomes, how = "written") => {
      if (outcomes.length > 0)
        journal.append(
          outcomes.map((one) => ({ kind: "settled" as const, txid, ...one })),
          how,
        );
    },
    end: (how) => {
      if (begun) journal.append([{ kind: "end", txid, whole: how === "whole", recovered: false }], "written");
    },
  };
}

function shortened(argv: readonly string[]): readonly string[] {
  const words: string[] = [];
  let left = MOST_LETTERS;
  for (const word of argv.slice(0, MOST_WORDS)) {
    if (left <= 0) break;
    words.push(word.slice(0, left));
    left -= word.length;
  }
  const more = argv.length - words.length;
  return more > 0 ? [...words, `… ${more} more`] : words;
}
