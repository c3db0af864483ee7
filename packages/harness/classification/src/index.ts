// Classification: how risky a change is, from words before the run and from the frozen delta after it.
export { raised, strictness, type Axes } from "./axes.ts";
export { classify, defaultAxes, type ClassifyCaller, type ClassifyInput } from "./classify.ts";
export { decisionTable, type DecisionRow } from "./decision-table.ts";
export { pathHazards } from "./find-paths.ts";
export { wordHazards } from "./find-words.ts";
export { hazardContents, type HazardContent } from "./hazard-contents.ts";
export { hazardPaths, type HazardPaths } from "./hazard-paths.ts";
export { hazardWords, type HazardWords } from "./hazard-words.ts";
export { consultOracle, type OracleAnswer } from "./oracle.ts";
export { reclassify, type ReclassifyInput } from "./reclassify.ts";
