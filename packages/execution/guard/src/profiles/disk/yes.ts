// yes: prints without an end; harmless until it goes to a file.
import { literal } from "../../arg.ts";
import type { Profile } from "../../profile.ts";
import { asksForHelp } from "../_words.ts";

export const profile: Profile = {
  names: ["yes", "gyes"],
  summary: "prints a line without an end",
  // Endless like the device: whoever writes such a stream to a file says so.
  judge: ({ args }, on) => on.fine(asksForHelp(args) ? undefined : on.contents([literal("/dev/zero")])),
  matches: [
    { line: "yes > big.txt", decision: "deny", effect: "disk.fill" },
    { line: "yes x >> dist/log.txt", decision: "deny", effect: "disk.fill" },
    { line: "yes | sh", decision: "deny", effect: "code-injection.dynamic" },
  ],
  spares: ["yes > /dev/null", "yes | head -3 > dist/yes.txt", "yes | npm test"],
};
