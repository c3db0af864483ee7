// What the agent and its user read. Foreign text in it is printable: a reason must not be able to hide half of itself.
import type { Ground, Judgement } from "@ces/guard";
import { printable } from "@ces/kernel";

const MOST_GROUNDS = 3;
const MOST_TEXT = 600;

/** The grounds of a judgement, a line each, the safer way after it. `warning` stands first. */
export function reasonOf({ reasons }: Judgement, warning: string | null): string {
  const shown = reasons.slice(0, MOST_GROUNDS).map(groundLine);
  const more = reasons.length > MOST_GROUNDS ? [`and ${reasons.length - MOST_GROUNDS} more`] : [];
  const lines = shown.length === 0 ? ["refused without a stated reason"] : shown;
  return [...(warning === null ? [] : [`warning: ${warning}`]), ...lines, ...more].join("\n");
}

function groundLine({ text, code, instead }: Ground): string {
  const said = printable(text, { max: MOST_TEXT });
  const way = instead === null || text.includes(instead) ? "" : ` Instead: ${printable(instead, { max: MOST_TEXT })}`;
  return `ces guard: ${said} [${code}]${way}`;
}

/** A refusal that names the text which may run. */
export const replacement = (reason: string, command: string): string => `${reason}\nRun this instead: ${command}`;

/** A question, where the host has nobody to put it to. */
export const personNeeded = (reason: string): string =>
  `${reason}\nThis needs a person, and from here nobody can be asked: tell the user, who can run it in a terminal, or find a way without it.`;
