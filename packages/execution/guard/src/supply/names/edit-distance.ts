// How many single slips of the keyboard lie between two names.

/**
 * Damerau-Levenshtein distance (optimal string alignment): insert, drop, replace, swap neighbours. Stops at `most` and answers
 * `most + 1` for anything further. Time grows with the shorter name times `most`.
 */
export function editDistance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let twoBack: number[] = [];
  let back = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const line = nextLine({ left, right, row, most }, back, twoBack);
    if (Math.min(...line) > most) return most + 1;
    [twoBack, back] = [back, line];
  }
  return Math.min(back[right.length] ?? most + 1, most + 1);
}

interface Place {
  readonly left: string;
  readonly right: string;
  readonly row: number;
  readonly most: number;
}

// Only the band around the diagonal can stay within `most`.
function nextLine({ left, right, row, most }: Place, back: readonly number[], twoBack: readonly number[]): number[] {
  const far = most + 1;
  const line = Array.from({ length: right.length + 1 }, () => far);
  if (row <= most) line[0] = row;
  const last = Math.min(right.length, row + most);
  for (let column = Math.max(1, row - most); column <= last; column += 1) {
    const same = left[row - 1] === right[column - 1];
    const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
    line[column] = Math.min(
      (back[column] ?? far) + 1,
      (line[column - 1] ?? far) + 1,
      (back[column - 1] ?? far) + (same ? 0 : 1),
      swapped ? (twoBack[column - 2] ?? far) + 1 : far,
    );
  }
  return line;
}

/** Which letters and digits a text holds, one bit each. Linear. */
export function letterMask(text: string): number {
  let mask = 0;
  for (let at = 0; at < text.length; at += 1) mask |= 1 << (text.charCodeAt(at) & 31);
  return mask;
}

/** False when the texts differ in so many letters that `most` slips cannot bridge them: a slip changes at most two bits. */
export function couldBeNear(left: number, right: number, most: number): boolean {
  let differing = left ^ right;
  for (let bits = 0; bits <= 2 * most; bits += 1) {
    if (differing === 0) return true;
    differing &= differing - 1;
  }
  return false;
}
