// Records as JSON: members that are `undefined` have no canonical form and are left out.
import type { Json } from '@ces/kernel'

/** The same record as plain JSON. */
export function plainJson(record: object): Json {
  const json: Json = JSON.parse(JSON.stringify(record))
  return json
}
