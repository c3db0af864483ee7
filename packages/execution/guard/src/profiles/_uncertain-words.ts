// Words of which not even the first letter is known may be options; those of strangers are asked about.
import type { Arg } from "../arg.ts";
import type { Options } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import { oddWords } from "./_words.ts";

const chosenByOthers = ({ taints }: Arg): boolean =>
  taints.has("network") || taints.has("decoded") || taints.has("input");

/** One question for each word that may be an option and comes from a network, a decoder or whoever is connected. */
export const strangersWords = (on: Evaluation, name: string, { uncertain }: Options): readonly Outcome[] =>
  oddWords(on, name, uncertain.filter(chosenByOthers));
