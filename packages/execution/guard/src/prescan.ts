// What is refused before it is read: size, control characters, characters that cannot be seen or that pretend to be others.

/** UTF-8 bytes of a command; more is refused. */
export const MAX_COMMAND_BYTES = 64 * 1024;

/** Why a command is refused unread. */
export type PreScan =
  | { readonly kind: "clean" }
  | { readonly kind: "too_large" }
  | { readonly kind: "hidden"; readonly shown: string };

// NUL, C0 and C1 controls except tab and newline; soft hyphen, zero-width, bidi and other format characters; odd spaces; lone surrogates.
const hidden =
  // oxlint-disable-next-line no-misleading-character-class -- single code points, each of them meant
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]|\ud834[\udd73-\udd7a]/;
const plainText = /^[\t\n\x20-\x7e]*$/;

// bash joins the lines before it reads `$name`, our parser after: found by test/differential.test.ts.
const brokenName = /\$(?:\{?[#!]?\w*)?\\\n[\w({'"]|[<>]\\\n\(/;

/** Looks at the characters only. */
export function preScan(command: string): PreScan {
  if (command.length > MAX_COMMAND_BYTES) return { kind: "too_large" };
  if (command.includes("\\\n") && brokenName.test(command))
    return { kind: "hidden", shown: "a name that is broken over two lines" };
  if (plainText.test(command)) return { kind: "clean" };
  if (command.length * 3 > MAX_COMMAND_BYTES && bytesOf(command) > MAX_COMMAND_BYTES) return { kind: "too_large" };
  const found = hidden.exec(withoutEmojiJoiners(command));
  if (found !== null) return { kind: "hidden", shown: codePoint(found[0]) };
  const lookalike = mixedWord(command);
  return lookalike === null ? { kind: "clean" } : { kind: "hidden", shown: lookalike };
}

// A joiner or a variation selector after a pictograph is how emoji are written.
const withoutEmojiJoiners = (text: string): string =>
  // oxlint-disable-next-line no-misleading-character-class -- single code points, each of them meant
  text.replaceAll(/(?<=\p{Extended_Pictographic}\ufe0f?)[\u200d\ufe0f]/gu, "");

function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const codePoint = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A command word of letters that only look like Latin ones: mixed scripts, full-width, mathematical letters. */
function mixedWord(command: string): string | null {
  // The first word of the text and of each part; what stands in quotes is data and may be in any script.
  for (const match of command.matchAll(/(?:^|[;&|(`{\n]|\$\()\s*([^\s;&|()<>"'`]+)/g)) {
    const word = match[1] ?? "";
    const odd = /[^\x21-\x7e]/u.exec(word);
    if (
      odd !== null &&
      (/[A-Za-z]/.test(word) || /^[\uff01-\uff5e\u0370-\u052f\u{1d400}-\u{1d7ff}]+$/u.test(word)) &&
      !/^[A-Za-z_]\w*=/.test(word)
    )
      return codePoint([...word].find((char) => /[^\x21-\x7e]/u.test(char)) ?? "");
  }
  return null;
}
