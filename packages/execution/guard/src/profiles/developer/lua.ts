// `luac`: compiles Lua; with `-p` it only reads.
import { literal } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { oddWords } from "../_words.ts";

const options = grammar("l o= p s v", { single: true });

export const profile: Profile = {
  names: ["luac", "luac5.1", "luac5.2", "luac5.3", "luac5.4"],
  summary: "compiles Lua",
  judge: (call, on) => {
    const given = readOptions(call.args, options);
    const [source] = given.operands;
    if (given.has("p") || source === undefined) return on.join(...oddWords(on, call.name, given.unknown), on.fine());
    const [output = literal("luac.out")] = given.values("o");
    return on.join(
      ...oddWords(on, call.name, [...given.unknown, ...given.uncertain]),
      ...given.operands.map((path) => on.read(path)),
      on.write(output, "overwrite"),
    );
  },
  matches: [
    { line: "luac -o /usr/bin/x x.lua", decision: "deny", effect: "system.write" },
    { line: "luac --frobnicate x.lua", decision: "ask", effect: "unknown.option" },
  ],
  spares: ["luac -p x.lua", "luac -v", "luac -l -p src/a.lua"],
};
