// CES's own dated price table. A model that is not in it is unpriced, never guessed (runtimes §7): token and request budgets
// still hold for it, a money budget refuses it.
import type { Price, Vendor } from "./config.schema.ts";

const AS_OF = "2026-11-20";

/** One row; dollars per million tokens become whole micro-dollars. `write` is the dearer, one-hour price. */
function row(
  models: readonly string[],
  [input, write, read, output]: readonly [number, number, number, number],
): Price {
  const micro = (dollars: number): number => Math.round(dollars * 1_000_000);
  return {
    vendor: "anthropic",
    models: [...models],
    input: micro(input),
    cache_write: micro(write),
    cache_read: micro(read),
    output: micro(output),
    as_of: AS_OF,
  };
}

/** List prices as claude 2.1.328 carries them. Where a long prompt costs more, the dearer row is used. OpenAI models come from the user's configuration. */
export const PRICES: readonly Price[] = [
  row(["claude-haiku-4-5", "claude-haiku-4-5-20251001"], [1, 2, 0.1, 5]),
  row(["claude-haiku-5-5"], [0.5, 1, 0.05, 2.5]),
  row(
    [
      "claude-sonnet-4-0",
      "claude-sonnet-4-20250514",
      "claude-sonnet-4-5",
      "claude-sonnet-4-5-20250929",
      "claude-sonnet-4-6",
    ],
    [3, 6, 0.3, 15],
  ),
  row(["claude-sonnet-5"], [2, 4, 0.2, 10]),
  row(["claude-sonnet-5-5"], [2, 4, 0.1, 10]),
  row(["claude-opus-4-0", "claude-opus-4-20250514", "claude-opus-4-1", "claude-opus-4-1-20250805"], [15, 30, 1.5, 75]),
  row(
    [
      "claude-opus-4-5",
      "claude-opus-4-5-20251101",
      "claude-opus-4-6",
      "claude-opus-4-7",
      "claude-opus-4-8",
      "claude-opus-5",
    ],
    [5, 10, 0.5, 25],
  ),
  row(["claude-opus-5-5"], [4, 8, 0.2, 20]),
  row(["claude-fable-5", "claude-mythos-5"], [10, 20, 1, 50]),
  row(["claude-fable-5-1", "claude-mythos-5-1"], [10, 20, 0.25, 50]),
  row(["claude-fable-5-2", "claude-mythos-5-2"], [8, 16, 0.4, 40]),
];

/** Tokens by what they cost. */
export interface PricedTokens {
  readonly input: number;
  readonly cache_write: number;
  readonly cache_read: number;
  readonly output: number;
}

/** The row of a model: `own` rows first, then the built-in ones. Undefined: unpriced. */
export function priceOf(vendor: Vendor, model: string, own: readonly Price[]): Price | undefined {
  return [...own, ...PRICES].find((price) => price.vendor === vendor && price.models.includes(model));
}

/** Whole micro-dollars, rounded up. */
export function costOf(price: Price, tokens: PricedTokens): number {
  const sum =
    tokens.input * price.input +
    tokens.cache_write * price.cache_write +
    tokens.cache_read * price.cache_read +
    tokens.output * price.output;
  return Math.ceil(sum / 1_000_000);
}
