// Takes the facts of a request, gives a sealed contract, and tells whether a stored one may be believed.
export {
  CLASSIFICATION_DOMAIN,
  classificationHash,
  defaultBudgets,
  defaultTools,
  type DraftFacts,
  draftManifest,
  minimumGate,
  type NewBase,
  raiseManifest,
  rebaseManifest,
} from "./draft.ts";
export { manifestHash, type SealCheck, sealManifest, type SealRefusal, verifyManifest } from "./seal.ts";
