// The hosts by name.
import type { Host, HostName } from "./hook-call.ts";
import { claude } from "./hosts/claude.ts";
import { codex } from "./hosts/codex.ts";
import { copilot } from "./hosts/copilot.ts";
import { cursor } from "./hosts/cursor.ts";
import { gemini } from "./hosts/gemini.ts";
import { opencode } from "./hosts/opencode.ts";

const hosts: Readonly<Record<HostName, Host>> = { claude, codex, gemini, cursor, copilot, opencode };

/** The host of that name, or undefined. */
export const hostOf = (name: string): Host | undefined =>
  Object.hasOwn(hosts, name) ? hosts[name as HostName] : undefined; // SAFETY: an own name of the table is a HostName.
