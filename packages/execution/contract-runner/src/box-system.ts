// The system as a command's box sees it: what dynamic linking and TLS need, folders of programs covered, made-up users and hosts.
import { lstatSync, readFileSync } from "node:fs";
import { readSystem, type SystemView } from "@ces/sandbox";
import type { PlaceRules } from "./declared-places.ts";

const PROGRAM_FOLDERS = [
  "/usr/bin",
  "/usr/sbin",
  "/usr/games",
  "/usr/local/bin",
  "/usr/local/sbin",
  "/usr/local/games",
  "/bin",
  "/sbin",
];

/** The machine's system with its folders of programs covered. */
export function boxSystem(): SystemView & { readonly covers: readonly string[] } {
  // A link such as /bin leads to a folder that is covered itself.
  const covers = PROGRAM_FOLDERS.filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
  return { ...readSystem(), covers };
}

/** What no contract gets on this machine. */
export function placeRules(
  system: SystemView,
  { keepOut, protect }: Pick<PlaceRules, "keepOut" | "protect">,
): PlaceRules {
  return { shown: system.mounts.map(({ inside }) => inside), covers: system.covers ?? [], keepOut, protect };
}

/** Files of CES in every box of a contract. */
export function boxFiles(network: "deny" | "allowlisted" | "full"): Readonly<Record<string, string>> {
  return {
    // The owner of a tree may show as nobody; what a repository configures is held by the walls, not by this.
    "/etc/gitconfig": "[safe]\n\tdirectory = *\n",
    ...(network === "full"
      ? {
          "/etc/resolv.conf": readQuietly("/etc/resolv.conf"),
          "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
        }
      : {}),
  };
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, "utf8").slice(0, 65_536);
  } catch {
    return "";
  }
}
