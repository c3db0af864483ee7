// Exactness of numbers. A double silently rounds 9007199254740993; a signed record must not say another number than was written.

/** False only for an integer whose canonical text names another integer than the double itself (from 2^53 on). */
export function isExactInteger(value: number): boolean {
  if (Number.isSafeInteger(value) || !Number.isInteger(value)) return true;
  return sameDecimal(decimalOf(`${value}`), decimalOf(BigInt(value).toString()));
}

/**
 * True when reading the JSON number `lexeme` as a double keeps it: an integer must be exactly that double
 * (spec/acta §1.5), a fraction must not become an integer or zero.
 */
export function isExactLexeme(lexeme: string, value: number): boolean {
  if (lexeme.length <= 15 && /^-?\d+$/.test(lexeme)) return true;
  const written = decimalOf(lexeme);
  const isInteger = written.digits === "" || written.exponent >= 0;
  if (!isInteger) return !Number.isInteger(value);
  return Number.isInteger(value) && sameDecimal(written, decimalOf(BigInt(value).toString()));
}

/** ± `digits` × 10^`exponent`; digits without leading or trailing zeros, empty for zero. */
type Decimal = { readonly digits: string; readonly exponent: number };

function decimalOf(lexeme: string): Decimal {
  const [mantissa = "", power = "0"] = lexeme
    .replace(/^-/, "")
    .toLowerCase()
    .split(/e(?=.)/, 2) as [string?, string?];
  const [whole = "", fraction = ""] = mantissa.split(".", 2);
  const digits = whole + fraction;
  const end = lastNonZero(digits);
  const significant = digits.slice(0, end).replace(/^0+/, "");
  return {
    digits: significant,
    exponent: significant === "" ? 0 : Number(power) - fraction.length + digits.length - end,
  };
}

// A loop, because /0+$/ is quadratic on attacker-controlled runs of zeros.
function lastNonZero(digits: string): number {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end -= 1;
  return end;
}

function sameDecimal(a: Decimal, b: Decimal): boolean {
  return a.digits === b.digits && a.exponent === b.exponent;
}
