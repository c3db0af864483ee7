// An answer other than yes: thrown anywhere below a route, turned into a status by `app.js`.

/** `details` go into the answer beside the message. */
export class ShopError extends Error {
  constructor(status, message, details = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}
