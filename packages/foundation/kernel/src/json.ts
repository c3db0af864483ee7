// The shape of everything that is hashed, signed or stored: plain JSON values, nothing else.

/** Any JSON value, deeply readonly. Numbers are finite; strings hold no lone surrogates. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; member order carries no meaning. */
export type JsonObject = { readonly [name: string]: Json };

/** How numbers and member names are judged: plain RFC 8785, or with the receipt rules on top (spec/acta §1.5). */
export type JsonProfile = "rfc8785" | "strict";
