// Takes halts and releases, gives what is stopped and who may start it again.
export { everyActivity, haltFor, haltsInForce, mayRelease } from "./halts.ts";
