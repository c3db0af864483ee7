// Sandboxes that others own: found, driven in versions that were asked, run against before they are used, observed.
export { findLayer, type LayerFound, type LayerSearch, needLayer } from "./find-layer.ts";
export { kernelFacts } from "./kernel-facts.ts";
export type { Layer, LayerName, LayerPlan, LayerRun } from "./layer-plan.ts";
export { nonoManifest } from "./nono-manifest.ts";
export { observeBox, withLimits } from "./observe-box.ts";
export { observeProcess } from "./observe-process.ts";
export { observeWalls } from "./observe-walls.ts";
export { openShellPolicy } from "./openshell-policy.ts";
