// What a run of the suite says besides pass and fail: where the house is stricter than the reference.

const stricter: string[] = [];

/** Notes a row on which the house refuses what the reference takes, and by which rule. */
export function noteStricter(id: string, rule: string): void {
  stricter.push(`stricter ${id}: ${rule}`);
}

/** All notes, once; then they are forgotten. */
export function takeNotes(): readonly string[] {
  return stricter.splice(0);
}
