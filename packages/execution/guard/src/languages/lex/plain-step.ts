// The step that most languages end with: a number, a name, a bracket or an operator.
import { giveUp, take, takeChars } from "./cursor.ts";
import { bracket, leaf, type Tree } from "./tree.ts";

/** How a language writes its plain tokens. The patterns are sticky. */
export interface PlainForms {
  readonly language: string;
  readonly number: RegExp;
  readonly name: RegExp;
  readonly operator: RegExp;
}

/** Takes the plain token that begins with `char`; gives up at a character that is none. */
export function stepPlain(tree: Tree, char: string, forms: PlainForms): void {
  const { cursor } = tree;
  const digits = take(cursor, forms.number);
  if (digits !== "") return leaf(tree, "number", digits);
  const word = take(cursor, forms.name);
  if (word !== "") return leaf(tree, "name", word);
  if ("([{)]}".includes(char)) {
    takeChars(cursor, 1);
    return void bracket(tree, char);
  }
  const op = take(cursor, forms.operator);
  if (op === "") return giveUp(cursor, `a character that ${forms.language} has no use for`);
  leaf(tree, "op", op);
}
