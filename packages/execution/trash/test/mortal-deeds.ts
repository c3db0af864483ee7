// What a mortal process does. Kept apart, so that a test can do the same thing in its own process.
import { keepCopy } from "../src/keep-copy.ts";
import { keepWorktree } from "../src/keep-worktree.ts";
import { putAside } from "../src/put-aside.ts";
import { undoLast } from "../src/undo.ts";
import { rm, words, type Home } from "./home-at.ts";

/** Deeds by name. */
export const performs: Readonly<Record<string, (home: Home) => unknown>> = {
  put: ({ trash }) => putAside(trash, words("file", "tree", "link"), rm()),
  many: ({ trash }) => {
    process.stdout.write("begun ");
    return putAside(trash, words(...Array.from({ length: 1500 }, (_, index) => `many/f${index}`)), rm());
  },
  undo: ({ trash, roots }) => undoLast(trash, roots),
  keep: ({ trash }) => keepCopy(trash, words("file", "tree", "nothing"), { absent: "record", most_bytes: 1e9 }),
  worktree: ({ trash, work }) =>
    keepWorktree(trash, { root: words(work)[0]!, paths: words("file", "tree/plain.txt", "gone"), most_bytes: 1e9 }),
};
