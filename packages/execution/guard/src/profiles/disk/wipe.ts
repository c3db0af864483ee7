// Overwriting files so that nothing brings them back.
import { grammar, readOptions } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const options = grammar(
  "f,force n,iterations= s,size= u,remove=? v,verbose x,exact z,zero random-source= p,pattern= l q Q e P c,count= r,recursive",
);

export const profile: Profile = {
  names: [
    "shred",
    "gshred",
    "wipe",
    "srm",
    "scrub",
    "nwipe",
    "sfill",
    "sswap",
    "sdmem",
    "smem-wipe",
    "bcwipe",
    "secure-delete",
    "securedelete",
    "dban",
    "wipefreespace",
    "zerofree",
    "sdelete",
    "sdelete64",
    "blkdiscard",
    "blkzone",
  ],
  summary: "overwrites files and devices",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    if (call.name === "blkzone" && call.args[0]?.text === "report") return on.fine();
    const { operands } = readOptions(call.args, options);
    const device = call.name.startsWith("blk") ? [on.effect("disk.device-write", `run \`${callShown(call)}\``)] : [];
    // Where it writes counts besides: a device, a system file.
    return on.join(
      on.effect("delete.wipe", `run \`${callShown(call)}\``),
      ...device,
      ...operands.map((path) => on.write(path, "append")),
    );
  },
  matches: [
    { line: "shred -u secrets.txt", decision: "deny", effect: "delete.wipe" },
    { line: "shred -v -n 1 /dev/sdb", decision: "deny", effect: "disk.device-write" },
    { line: "srm -rf src", decision: "deny", effect: "delete.wipe" },
    { line: "blkdiscard -f /dev/nvme0n1", decision: "deny", effect: "disk.device-write" },
    { line: "find . -name '*.key' -exec shred -u {} \\;", decision: "deny", effect: "delete.wipe" },
  ],
  spares: ["shred --help", "grep -rn shred docs"],
};
