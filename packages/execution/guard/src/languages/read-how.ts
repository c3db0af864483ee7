// What a caller knows of a text that is read.

/** How a text with stretches that are not known is to be read. */
export interface ReadHow {
  /** Said or not: each NUL in the text is a stretch that is not known. */
  readonly has_holes?: boolean;
  /** The unknown stretches hold no quote, backslash, delimiter or line end: inside a string they are data. */
  readonly holes_stay_inside?: boolean;
}
