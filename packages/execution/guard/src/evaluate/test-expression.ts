// `[[ … ]]`: its words are expanded, and what its arithmetic comparisons run is looked at.
import type { TestExpression } from "unbash";
import { literal } from "../arg.ts";
import { expandValue } from "./expand-word.ts";
import type { Shell } from "./shell.ts";
import { checkComputed, checkSubscripts } from "./subscripts.ts";
import type { Walker } from "./walker.ts";

/** Every part of the test, whichever of them would be reached. */
export function walkTest(walk: Walker, shell: Shell, node: TestExpression): void {
  switch (node.type) {
    case "TestUnary": {
      const operand = expandValue(walk, shell, node.operand);
      if (node.operator === "-v") checkSubscripts(walk, shell, "test", [literal("-v"), operand]);
      return;
    }
    case "TestBinary": {
      const sides = [expandValue(walk, shell, node.left), expandValue(walk, shell, node.right)];
      if (/^-(?:eq|ne|l[te]|g[te])$/.test(node.operator)) for (const side of sides) checkComputed(walk, shell, side);
      return;
    }
    case "TestLogical":
      for (const operand of node.operands) walkTest(walk, shell, operand);
      return;
    case "TestNot":
      walkTest(walk, shell, node.operand);
      return;
    case "TestGroup":
      walkTest(walk, shell, node.expression);
      return;
    default:
      walk.notParsed("a test");
      node satisfies never;
  }
}
