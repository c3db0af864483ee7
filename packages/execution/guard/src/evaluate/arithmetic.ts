// Arithmetic: constants are computed, commands inside are read, the rest is some number.
import type { ArithmeticExpression } from "unbash";
import { type Arg, isConstant, literal } from "../arg.ts";
import { assignNumber } from "./assign-variable.ts";
import { joinParts, streamValue } from "./expand-word.ts";
import { valueOf } from "./parameter-values.ts";
import { joinArgs } from "./join-args.ts";
import type { Shell } from "./shell.ts";
import { checkComputed } from "./subscripts.ts";
import type { Walker } from "./walker.ts";

/** The value when it is a constant, null when it is some number that is not known. Commands inside are evaluated. */
export function arithmeticValue(walk: Walker, shell: Shell, node: ArithmeticExpression): number | null {
  switch (node.type) {
    case "ArithmeticBinary": {
      const [left, right] = [arithmeticValue(walk, shell, node.left), arithmeticValue(walk, shell, node.right)];
      if (/(?:^|[^=!<>])=$|^(?:<<|>>)=$/.test(node.operator)) return assigned(walk, shell, node.left);
      return left === null || right === null ? null : exact(binary(node.operator, left, right));
    }
    case "ArithmeticUnary": {
      const value = arithmeticValue(walk, shell, node.operand);
      if (node.operator === "++" || node.operator === "--") return assigned(walk, shell, node.operand);
      if (value === null) return null;
      return node.operator === "-"
        ? -value
        : node.operator === "+"
          ? value
          : node.operator === "~"
            ? ~value
            : node.operator === "!"
              ? Number(value === 0)
              : null;
    }
    case "ArithmeticTernary": {
      const values = [node.test, node.consequent, node.alternate].map((one) => arithmeticValue(walk, shell, one));
      const [test, yes, no] = values;
      return test === null || test === undefined ? null : ((test !== 0 ? yes : no) ?? null);
    }
    case "ArithmeticGroup":
      return arithmeticValue(walk, shell, node.expression);
    case "ArithmeticWord":
      return exact(wordValue(walk, shell, node));
    case "ArithmeticCommandExpansion":
      checkComputed(walk, shell, streamValue(walk.substitution(shell, node.script, "$")));
      return null;
    default:
      walk.notParsed("arithmetic");
      node satisfies never;
      return null;
  }
}

// SECURITY: `i=1; ((i = 0)); ${a[i]}`: the name holds another number afterwards; which one is not followed.
function assigned(walk: Walker, shell: Shell, target: ArithmeticExpression): null {
  if (target.type === "ArithmeticWord") assignNumber(walk, shell, target.value);
  return null;
}

// What 64 bits hold is not computed here beyond what 32 bits hold.
const exact = (value: number | null): number | null =>
  value !== null && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : null;

function wordValue(
  walk: Walker,
  shell: Shell,
  node: Extract<ArithmeticExpression, { type: "ArithmeticWord" }>,
): number | null {
  const arg =
    node.parts === undefined ? positionals(walk, shell, node.value) : joinParts(walk, shell, node.parts, null);
  const text = (arg === null ? node.value : isConstant(arg) ? arg.text : "").trim();
  // SECURITY: `010` is eight in bash and ten in zsh.
  if (/^0\d+$/.test(text)) return null;
  if (/^(?:0[xX][0-9a-fA-F]{1,12}|\d{1,15})$/.test(text)) return Number(text);
  if (/^[A-Za-z_]\w*$/.test(text)) {
    const value = valueOf(walk, shell, text);
    if (isConstant(value) && /^(?:0|-?[1-9]\d{0,14})$/.test(value.text)) return Number(value.text);
  }
  checkComputed(walk, shell, arg ?? literal(node.value));
  return null;
}

// The parser leaves `$1` as it stands.
function positionals(walk: Walker, shell: Shell, text: string): Arg | null {
  const pieces = text.split(/\$(\d)/);
  return pieces.length === 1
    ? null
    : joinArgs(pieces.map((piece, index) => (index % 2 === 1 ? valueOf(walk, shell, piece) : literal(piece))));
}

function binary(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? null : Math.trunc(a / b);
    case "%":
      return b === 0 ? null : a % b;
    case "**":
      return b >= 0 && b < 64 ? a ** b : null;
    case "<<":
      return b >= 0 && b < 53 ? a * 2 ** b : null;
    case ">>":
      return b >= 0 && b < 53 ? Math.floor(a / 2 ** b) : null;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "<":
      return Number(a < b);
    case ">":
      return Number(a > b);
    case "==":
      return Number(a === b);
    case "!=":
      return Number(a !== b);
    case "&&":
      return Number(a !== 0 && b !== 0);
    case "||":
      return Number(a !== 0 || b !== 0);
    case ",":
      return b;
    default:
      return null;
  }
}
