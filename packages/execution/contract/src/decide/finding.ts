// Making findings. Their sentences hold words of the agent, so they are made showable here, once (F-28).

import { printable } from "@ces/kernel";
import type { Finding } from "../policy-decision.ts";
import type { ReasonCode } from "../reason-code.ts";

const MAX_TEXT = 400;

/** A rule that does not hold. */
export function denial(code: ReasonCode, text: string, command_id?: string): Finding {
  return made("deny", code, text, command_id);
}

/** A rule that a person must answer. */
export function question(code: ReasonCode, text: string, command_id?: string): Finding {
  return made("needs_approval", code, text, command_id);
}

/** Something to know. */
export function note(code: ReasonCode, text: string, command_id?: string): Finding {
  return made("note", code, text, command_id);
}

function made(kind: Finding["kind"], code: ReasonCode, text: string, command_id: string | undefined): Finding {
  return { code, kind, text: printable(text, { max: MAX_TEXT }), ...(command_id === undefined ? {} : { command_id }) };
}
