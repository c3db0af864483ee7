// SHA-256 of a text. Not node's: loading its crypto costs more than everything else a hook does.
import { nobleCrypto, sha256Hex } from "@ces/kernel";

/** Lower-case hex SHA-256 of the UTF-8 of a text. */
export const sha256 = (text: string): string => sha256Hex(nobleCrypto, text);
