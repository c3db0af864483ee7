// Base58 as Bitcoin writes it (no 0, O, I, l): short names for keys.

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
// Five digits at a time: 58^5 × 256 is exact in a double, and every verification names its key.
const DIGITS = 5;
const LIMB = 58 ** DIGITS;

/** Base58btc of bytes; each leading zero byte is a leading `1`. */
export function encodeBase58(bytes: Uint8Array): string {
  const limbs: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < limbs.length; i += 1) {
      const sum = (limbs[i] ?? 0) * 256 + carry;
      carry = Math.floor(sum / LIMB);
      limbs[i] = sum - carry * LIMB;
    }
    if (carry > 0) limbs.push(carry);
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  const leading = "1".repeat(zeros < 0 ? bytes.length : zeros);
  return leading + limbs.reverse().map(digitsOf).join("").replace(/^1+/, "");
}

// Five digits of one limb, the most significant first.
function digitsOf(limb: number): string {
  let text = "";
  for (let [rest, left] = [limb, DIGITS]; left > 0; left -= 1) {
    text = ALPHABET.charAt(rest % 58) + text;
    rest = Math.floor(rest / 58);
  }
  return text;
}
