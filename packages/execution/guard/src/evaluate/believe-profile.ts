// A profile is believed once: its own examples are judged the first time its program is met. One that fails is never used.
import type { Profile } from "../profile.ts";

type Proof = (profile: Profile) => string | null;

const verdicts = new Map<Profile, string | null>();
let proving = false;
let proof: Proof | null = null;

/** Given once by the judgement, which a profile's examples need. */
export function proveWith(prove: Proof): void {
  proof = prove;
}

/** Null when the profile's examples hold, else the first that does not. While examples run, other profiles are taken as they are. */
export function believe(profile: Profile): string | null {
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
