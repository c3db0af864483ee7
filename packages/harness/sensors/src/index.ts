// Sensors: pure judgements over one frozen change. Adding one is one new file in ./sensors.
export { addedLines, removedLines, type Line } from "./added-lines.ts";
export { changeFacts, fileFacts, scannableText, type ChangeFacts, type FileFacts } from "./change-facts.ts";
export { isInstructionName, isInstructionPath } from "./instruction-paths.ts";
export { isCheckDefinition, isLockfile, isTestPath } from "./path-kinds.ts";
export { runSensors } from "./run-sensors.ts";
export { observe, type Sensor, type Sighting } from "./sensor.ts";
export { sensors } from "./sensors.gen.ts";
