// The Random port of the program.

import { randomBytes as fromNode } from "node:crypto";
import type { Random } from "@ces/kernel";

/** `n` bytes of the kernel's random source, as a plain Uint8Array with its own memory. */
export const randomBytes: Random = (n) => new Uint8Array(fromNode(n));
