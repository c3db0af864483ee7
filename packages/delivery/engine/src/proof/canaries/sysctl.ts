// Settings of the kernel belong to the machine (S02).
import type { LookCanary } from "../canary.ts";

/** Settings of the kernel (S02). */
export const sysctl: LookCanary = {
  kind: "look",
  id: "sysctl",
  attempts: "open the core pattern, any other setting of the kernel and its trigger for writing",
  must: "none opens for writing",
  // Opened only: where a wall is down, nothing of the machine is changed.
  script: () => `
attempt 'the core pattern opened for writing' sh -c ': >/proc/sys/kernel/core_pattern'
attempt 'a setting of the kernel can be written' sh -c 'find /proc/sys -type f -writable | grep -q .'
attempt 'the trigger of the kernel can be written' sh -c ': >/proc/sysrq-trigger'
`,
};
