// What every other package stands on: JSON, bytes, hashes, ids, time, errors, and the two filters for foreign text.
export { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from "./base64.ts";
export { canonicalize } from "./canonicalize.ts";
export { CesError, isCesError, type CesErrorDetail } from "./ces-error.ts";
export type { Clock } from "./clock.ts";
export type { Crypto } from "./crypto.ts";
export { isStrictPoint, isStrictSignature } from "./ed25519-encoding.ts";
export { equalBytes } from "./equal-bytes.ts";
export { findSecrets, type SecretFinding } from "./find-secrets.ts";
export { compileGlob, globLiteral, type Glob } from "./glob.ts";
export { hashJson, sha256Hex } from "./hash-json.ts";
export { decodeHex, encodeHex } from "./hex.ts";
export { isId, makeId, type Brand, type IdByPrefix, type IdPrefix } from "./ids.ts";
export type {
  ApprovalId,
  BriefId,
  DeliveryId,
  EntryId,
  EvidenceId,
  HaltId,
  ManifestId,
  RunId,
} from "./ids.ts";
export type { Json, JsonObject, JsonProfile } from "./json.ts";
export { nobleCrypto } from "./noble-crypto.ts";
export { parseJson, type JsonRead, type JsonRefusal, type ParseLimits } from "./parse-json.ts";
export { printable, type Printable, type PrintableOptions } from "./printable.ts";
export type { Random } from "./random.ts";
export { redact, redactText } from "./redact.ts";
export { isSecretName } from "./secret-name.ts";
export { secretPatterns, type SecretPattern } from "./secret-patterns.ts";
export { shannonEntropy } from "./shannon-entropy.ts";
export { utf8Decode, utf8Encode, utf8Length } from "./utf8.ts";
