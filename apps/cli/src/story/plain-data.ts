// Records as the data of an outcome: the same members, as plain JSON.

/** The same shape without names of its own, which is what makes it assignable to JSON. */
export type Plain<T> = T extends object ? { [Key in keyof T]: Plain<T[Key]> } : T;

/** A deep copy. `value` holds plain JSON only (records and reports do): no undefined, no dates, no maps. */
export function plainData<T extends object>(value: T): Plain<T> {
  // By the condition above the copy has the same shape; the compiler cannot see through JSON.
  return JSON.parse(JSON.stringify(value)) as Plain<T>;
}
