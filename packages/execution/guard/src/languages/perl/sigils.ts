// Names of Perl: with a sigil they are variables.
import type { Node } from "../lex/tree.ts";

/** True for a variable. */
export const hasSigil = (node: Node | undefined): boolean => node?.kind === "name" && /^[$@%&*]/.test(node.text);

/** True for a word without a sigil. */
export const isBare = (node: Node | undefined): boolean => node?.kind === "name" && !hasSigil(node);
