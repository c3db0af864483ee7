// What every package manager of the system has in common: changing asks, settings that name a program are refused.
import type { Call, Evaluation, Outcome } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";

/** Judges a call of a package manager. */
export type PackageJudge = (call: Call, on: Evaluation) => Outcome;

/** The call changes the machine. */
export const change: PackageJudge = (call, on) => on.effect("system.package", `run \`${callShown(call)}\``);

/** The call names a program, or settings that name one. */
export const toolExec: PackageJudge = (call, on) =>
  on.effect("code-injection.tool-exec", `run \`${callShown(call)}\`, which names a program or settings of one`);
