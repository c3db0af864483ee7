// A profile is believed once its own examples hold. A bundle holds only profiles that were proved when it was made; from the sources they are
// proved the first time their program is met. One that fails is never used.
import type { Profile } from "../profile.ts";

type Proof = (profile: Profile) => string | null;

/** Set by scripts/bundle.ts, which makes no bundle when an example of any profile fails. */
declare const CES_PROFILES_PROVED: boolean | undefined;

const verdicts = new Map<Profile, string | null>();
let proving = false;
let proof: Proof | null = null;

/** Given once by the judgement, which a profile's examples need. */
export function proveWith(prove: Proof): void {
  proof = prove;
}

/** Null when the profile's examples hold, else the first that does not. While examples run, other profiles are taken as they are. */
export function believe(profile: Profile): string | null {
  if (typeof CES_PROFILES_PROVED !== "undefined" && CES_PROFILES_PROVED) return null;
  const known = verdicts.get(profile);
  if (known !== undefined) return known;
  if (proving || proof === null) return null;
  proving = true;
  try {
    const verdict = proof(profile);
    verdicts.set(profile, verdict);
    return verdict;
  } finally {
    proving = false;
  }
}
