// A report leaves the machine: nobody's home folder stands in it (spec/ces §10.7).
import type { Json } from "@ces/kernel";

const homes = /(?:\/home\/[^/\s"'`:;,)]+|\/Users\/[^/\s"'`:;,)]+|\/root(?![\w-])|[A-Za-z]:\\+Users\\+[^\\\s"'`:;,)]+)/g;

/** `text` with every home folder as `~`. */
export function textWithoutHomes(text: string): string {
  return text.replace(homes, "~");
}

/** The same for every string and member name of a value. */
export function withoutHomes(value: Json): Json {
  if (typeof value === "string") return textWithoutHomes(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutHomes);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [textWithoutHomes(name), withoutHomes(member)]),
  );
}
