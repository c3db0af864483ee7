// `ces demo`: the main job on the shop that comes with the installation, in a scratch folder with its own state and identity.
import { defineCommand } from "../define-command.ts";
import { demoLines } from "../wire/demo-lines.ts";
import { playDemo } from "../wire/play-demo.ts";

export const command = defineCommand({
  summary: "watch one change merged and two refused, on a scratch copy of a small shop",
  group: "Start here",
  args: [],
  options: [{ name: "keep", kind: "flag", summary: "leave the scratch folder, to look around in it" }],
  examples: [{ line: "ces demo", note: "plays recordings through the real walls; needs no account" }],
  exits: [0, 1, 5],
  live: true,
  run: playDemo,
  view: demoLines,
});
