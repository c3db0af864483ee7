// Stores of registry passwords, which an engine asks and an agent does not.
import type { Profile } from "../../profile.ts";
import { sensed } from "../_subcommands.ts";

export const profile: Profile = {
  names: ["docker-credential-*"],
  summary: "keeps passwords of registries",
  judge: ({ name, args }, on) => {
    const verb = args[0]?.text ?? "help";
    if (/^(?:list|version|help|--version|--help)$/.test(verb)) return on.fine();
    return sensed(on, verb === "store" || verb === "erase" ? "admin" : "secret", `${name} ${verb}`);
  },
  matches: [
    { line: "echo host | docker-credential-osxkeychain get", decision: "ask", effect: "exfil.secret-read" },
    { line: "docker-credential-pass erase", decision: "ask", effect: "infra.admin" },
  ],
  spares: ["docker-credential-desktop list"],
};
