// How links are written. Source: spec/acta.md §1.5.

/** How a link is written: with the draft's prefix, as bare hex of older drafts, or in no form that a draft knows. */
export type LinkForm = "prefixed" | "bare" | "malformed";

/** The form of a link's text. */
export function linkForm(link: string): LinkForm {
  if (/^sha256:[0-9a-f]{64}$/.test(link)) return "prefixed";
  return /^[0-9a-f]{64}$/.test(link) ? "bare" : "malformed";
}

/** Hex of the hash that a link of either good form names. */
export function linkHex(link: string): string {
  return link.slice(-64);
}
