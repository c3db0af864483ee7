// A search through everything that a process inside could read, for canaries that look for a token.

/** Lines of a script: a breach named after `what` when anything readable holds what fits `pattern`. Programs are left out for their size. */
export const searched = (what: string, pattern: string): string =>
  `attempt '${what} was found in a file' timeout 20 grep -rqsE -D skip '${pattern}' /home /workspace /run /tmp /dev/shm /etc /var /root /srv /mnt`;
