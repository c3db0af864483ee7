// Listing disks and what is on them.
import type { Profile } from "../../profile.ts";

export const profile: Profile = {
  names: [
    "blkid",
    "lsscsi",
    "lsdrv",
    "lstopo",
    "lsdvd",
    "cd-info",
    "zdb",
    "zstreamdump",
    "arcstat",
    "arc_summary",
    "hddtemp",
  ],
  summary: "lists disks",
  judge: (_call, on) => on.fine(),
  matches: [{ line: "blkid > /dev/sda", decision: "deny", effect: "disk.device-write" }],
  spares: ["blkid", "blkid -o value -s UUID /dev/sda1", "lsscsi -g"],
};
