// Trust: how far an agent may go without a person.
export { autonomyCeiling, autonomyCeilings } from "./autonomy-ceiling.ts";
export { minimumGate, strictestGate } from "./strictest-gate.ts";
export { trustView, type TrustView } from "./trust-view.ts";
