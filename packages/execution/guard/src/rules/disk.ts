// Devices, file systems, partitions.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "disk",
  effects: {
    "disk.device-write": {
      decision: "deny",
      code: "DEVICE_WRITE",
      why: "writing a device destroys what is on it",
      instead: "write to a file below the workspace",
      floor: true,
    },
    "disk.format": {
      decision: "deny",
      code: "DISK_FORMAT",
      why: "formatting destroys every file on it",
      instead: null,
      floor: true,
    },
    "disk.partition": {
      decision: "deny",
      code: "DISK_PARTITION",
      why: "a partition table is not the agent's to change",
      instead: "list with `lsblk`",
      floor: true,
    },
    "disk.mount": {
      decision: "deny",
      code: "MOUNT_CHANGE",
      why: "mounts change what every path means",
      instead: "list with `mount` or `findmnt`",
    },
    "disk.tune": {
      decision: "deny",
      code: "DISK_TUNE",
      why: "it changes a file system or a device below its files",
      instead: null,
    },
    "disk.fill": {
      decision: "deny",
      code: "DISK_FILL",
      why: "it would fill the disk",
      instead: "limit the size",
    },
  },
};
