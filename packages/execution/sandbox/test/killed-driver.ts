// Not a test: a driver that starts a box which would run for a minute, tells so, and waits to be killed.
import { writeSync } from "node:fs";
import { join } from "node:path";
import {
  boxUser,
  closeInheritedDescriptors,
  DEFAULT_LIMITS,
  prepareBoxRoot,
  readSystem,
  startBox,
} from "../src/index.ts";

closeInheritedDescriptors();
const [folder = "", run = ""] = process.argv.slice(2);
const user = boxUser(folder);
const root = prepareBoxRoot(join(folder, "boxes"), run, user);
const system = readSystem();
writeSync(1, "spawning\n");
const box = await startBox({
  run,
  root: root.path,
  user,
  bwrap: "/usr/bin/bwrap",
  system,
  tools: [],
  cwd: "/workspace",
  env: {},
  files: {},
  masks: [],
  gates: [],
  command: ["/bin/sleep", "60"],
  home: { kind: "tmpfs", bytes: 1 << 20 },
  lock: root.lock,
  keepOut: [],
  limits: DEFAULT_LIMITS,
});
box.go();
await box.exited;
