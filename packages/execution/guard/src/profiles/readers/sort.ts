// Sorting: prints, writes with `-o`, and may start a program to compress its temporary files.
import { grammar } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { judgeReader } from "../_reader.ts";

const options = grammar(
  "k,key= t,field-separator= o,output= S,buffer-size= T,temporary-directory= compress-program= batch-size= parallel= files0-from= random-source= sort=? c,check=? b d f g i M h n R r V m s u z C",
);

export const profile: Profile = {
  names: ["sort", "gsort"],
  summary: "sorts lines",
  judge: (call, on) =>
    judgeReader(call, on, {
      options,
      reads: ["files0-from", "random-source"],
      writes: ["output"],
      programs: ["compress-program"],
    }),
  matches: [
    { line: "sort -o ~/.bashrc a.txt", decision: "ask", effect: "system.persist" },
    { line: "sort --output=/etc/passwd a.txt", decision: "deny", effect: "system.write" },
    { line: "sort --compress-program=sudo a.txt", decision: "deny", effect: "privilege.elevate" },
    { line: "sort --compress-prog='sh -c \"sudo id\"' a.txt", decision: "deny", effect: "privilege.elevate" },
    { line: "sort .env", decision: "ask", effect: "exfil.secret-read" },
  ],
  spares: ["sort -f", "sort -u -k2,2n -t, a.csv -o a.csv", "sort -T /tmp big.txt", "ls | sort -rh | head"],
};
