// SHA-256 of a text, from node. Loaded when first needed: most of a millisecond that a refused call need not pay.
import { createHash } from "node:crypto";

/** Lower-case hex SHA-256 of the UTF-8 of a text. */
export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
