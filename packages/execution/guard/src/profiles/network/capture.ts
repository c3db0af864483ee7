// Listening to a network: what was recorded may be read, live traffic is a person's to look at.
import { grammar, readOptions } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { readFile } from "../_read-files.ts";
import { fetched } from "../_sent-data.ts";
import { asksForHelp, shown } from "../_words.ts";

const options = grammar(
  "r,read-file= w,write-file= z= i,interface= c= s= C= G= W= B= E= F= M= T= V= y= Z= Y= f= o= e= t= D,list-interfaces L n v vv q x X A S p I N O U l d h,help version",
);

export const profile: Profile = {
  names: ["tcpdump", "tshark", "dumpcap", "ngrep", "termshark", "wireshark", "capinfos", "editcap", "mergecap"],
  summary: "listens to a network",
  judge: ({ name, args }, on) => {
    const given = readOptions(args, options);
    if (asksForHelp(args) || given.has("list-interfaces", "help", "version")) return on.fine();
    const started = name === "tcpdump" ? given.values("z") : [];
    const files = /^(?:capinfos|editcap|mergecap)$/.test(name) ? given.operands : given.values("read-file");
    const live =
      files.length === 0
        ? [on.effect("exfil.secret-read", `listen to what passes over the network by \`${name}\``)]
        : [];
    return on.printing(
      on.join(
        ...started.map((word) => on.effect("code-injection.tool-exec", `have \`tcpdump\` start \`${shown(word)}\``)),
        ...files.map((path) => readFile(on, path)),
        ...given.values("write-file").map((path) => on.write(path, "overwrite")),
        ...live,
        on.fine(),
      ),
      fetched,
    );
  },
  matches: [
    { line: "tcpdump -i eth0 -w out.pcap", decision: "ask", effect: "exfil.secret-read" },
    { line: "tcpdump -G 1 -w x -z ./evil.sh", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "tcpdump -r a.pcap -w /etc/x", decision: "deny", effect: "system.write" },
  ],
  spares: ["tcpdump -r a.pcap -nn", "tshark -r a.pcap -Y http", "tcpdump -D", "capinfos a.pcap"],
};
