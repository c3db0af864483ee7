// What a call is known by in the trash's journal: copies made before it and deletes made by it are one command, which one undo takes back.
import type { JudgedCall } from "./hook-call.ts";

/** The variables that `ces trash` reads. */
export interface CallIds {
  readonly CES_SESSION_ID: string;
  readonly CES_COMMAND_ID: string;
}

const unnamed = new WeakMap<JudgedCall, string>();

/** The ids of a call. One that its host gave no id has the same one as long as this process lives. */
export const callIds = (call: JudgedCall): CallIds => ({
  CES_SESSION_ID: cleaned(call.session),
  CES_COMMAND_ID: cleaned(call.id) || unnamedId(call),
});

function unnamedId(call: JudgedCall): string {
  const id = unnamed.get(call) ?? `call-${process.pid}-${process.hrtime.bigint().toString(36)}`;
  unnamed.set(call, id);
  return id;
}

// As `ces trash` takes them: nothing in it means anything to a shell.
const cleaned = (id: string): string => id.replaceAll(/[^A-Za-z0-9._:@-]/g, "_").slice(0, 128);

/** The text with the ids of its call before it: of its one command when that is all it is, else of everything it starts. */
export function withIds(command: string, call: JudgedCall): string {
  const words = Object.entries(callIds(call)).flatMap(([name, id]) => (id === "" ? [] : [`${name}=${id}`]));
  const isOne = /^[\w./-]+ trash put [^\n;&|()`$<>#!{}]*$/.test(command);
  return isOne ? `${words.join(" ")} ${command}` : `export ${words.join(" ")}; ${command}`;
}
