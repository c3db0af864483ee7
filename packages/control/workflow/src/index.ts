// Takes a delivery's standing and an event, gives the next standing and the effects to journal.
export { advance, type Advance, type Standing } from "./advance.ts";
export { type DeliveryEvent, events } from "./machine.ts";
