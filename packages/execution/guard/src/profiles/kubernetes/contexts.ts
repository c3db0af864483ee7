// Which cluster the next command talks to, and the full-screen client.
import { grammar, readOptions } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { sensed } from "../_subcommands.ts";
import { oddWords } from "../_words.ts";
import { clusterOptions } from "./_cluster-options.ts";

const options = grammar(
  `${clusterOptions} c,current d,delete= u,unset h,help f,force raw i,info V,version readonly write headless crumbsless logoless l,logLevel= logFile= r,refresh= command= A,all-namespaces screen-dump-dir= splashless`,
);

export const profile: Profile = {
  names: ["kubectx", "kubens", "k9s", "kubie"],
  summary: "chooses the cluster that is talked to",
  judge: (call, on) => {
    const read = readOptions(call.args, options);
    const odd = oddWords(on, call.name, read.unknown);
    if (read.has("delete", "unset")) return on.join(...odd, sensed(on, "destroy", `${call.name} --delete`));
    if (read.has("help", "version", "current", "info", "readonly")) return on.join(...odd, on.fine());
    const [word] = read.operands;
    const shows =
      word === undefined
        ? call.name === "kubectx" || call.name === "kubens"
        : /^(?:info|version|help|completion|lint|export)$/.test(word.text) &&
          call.name !== "kubectx" &&
          call.name !== "kubens";
    return on.join(...odd, shows ? on.fine() : sensed(on, "admin", `${call.name} ${word?.text ?? ""}`.trim()));
  },
  matches: [
    { line: "kubectx prod", decision: "ask", effect: "infra.admin" },
    { line: "kubectx -d prod", decision: "ask", effect: "infra.destroy" },
    { line: "kubens -", decision: "ask", effect: "infra.admin" },
    { line: "k9s", decision: "ask", effect: "infra.admin" },
  ],
  spares: ["kubectx", "kubens", "kubectx -c", "k9s info"],
};
