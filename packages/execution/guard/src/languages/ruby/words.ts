// Operators and reserved words of Ruby.

/** A set of words. */
export const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Between operands. */
export const joins = set("+ - * / % ** == === != =~ !~ < > <= >= <=> && || & | ^ << >> .. ... and or ? : in");

/** Assignments. */
export const assigns = set("= ||= &&=");

/** Assignments that change what is there. */
export const updates = set("+= -= *= /= %= **= <<= >>= &= |= ^=");

/** Words that only separate. */
export const separators = set(
  `if unless while until then do end else elsif case when begin ensure rescue retry redo break next return yield in and or
  BEGIN END undef module`,
);
