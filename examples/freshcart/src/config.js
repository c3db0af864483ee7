// Settings from the environment, with what a developer wants as defaults.

const HOUR = 60 * 60 * 1000;

/** Times are in milliseconds. */
export function readConfig(env = process.env) {
  return {
    host: env.FRESHCART_HOST ?? '127.0.0.1',
    port: Number(env.FRESHCART_PORT ?? 3000),
    sessionLifetime: Number(env.FRESHCART_SESSION_HOURS ?? 12) * HOUR,
  };
}
