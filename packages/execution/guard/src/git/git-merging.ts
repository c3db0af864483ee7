// Joining lines of work: merge, cherry-pick, revert. They refuse to run over uncommitted changes themselves.
import { grammar } from "../options.ts";
import { optionsOf, pathIn, type Subcommand } from "./git-call.ts";
import { strategies } from "./git-remote.ts";

const options = grammar(
  "n,no-stat stat m= message= F,file= s,strategy= X,strategy-option= S,gpg-sign=? log=? cleanup= into-name= x e,edit signoff continue abort skip quit no-commit squash",
);

export const merging: Subcommand = (git, on) => {
  const read = optionsOf(git, options);
  return on.join(
    ...read
      .values("file")
      .filter(({ text }) => text !== "-")
      .map((path) => on.read(pathIn(git, path))),
    ...strategies(git, on, read),
    on.fine(),
  );
};
