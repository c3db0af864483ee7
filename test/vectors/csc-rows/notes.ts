// What a run of the suite says besides pass and fail: where the house is stricter than the reference, and what was not run.

const stricter: string[] = [];
const notRun: string[] = [];

/** Notes a row on which the house refuses what the reference takes, and by which rule. */
export function noteStricter(id: string, rule: string): void {
  stricter.push(`stricter ${id}: ${rule}`);
}

/** Notes a row that was not run, which is not a pass. */
export function noteNotRun(id: string, why: string): void {
  notRun.push(`not run ${id}: ${why}`);
}

/** All notes, once; then they are forgotten. */
export function takeNotes(): readonly string[] {
  return [...stricter.splice(0), ...notRun.splice(0)];
}
