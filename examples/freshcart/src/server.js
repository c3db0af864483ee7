// The shop on a port: node:http in, plain requests and answers to `app.js`.
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.js';
import { readConfig } from './config.js';

const MAX_BODY = 64 * 1024;

/** Starts the shop and resolves to the listening server. Port 0 takes any free one. */
export function startServer(config = readConfig()) {
  const app = createApp(config);
  const server = http.createServer(async (request, response) => {
    const answer = await answerTo(app, request);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
  return new Promise((resolve) => server.listen(config.port, config.host, () => resolve(server)));
}

async function answerTo(app, request) {
  const body = await readBody(request);
  if (body.kind === 'refused') return { status: body.status, body: { error: body.error } };
  return app.handle({ method: request.method, url: request.url, headers: request.headers, body: body.value });
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) return { kind: 'refused', status: 413, error: 'the request is too large' };
    chunks.push(chunk);
  }
  if (size === 0) return { kind: 'read', value: undefined };
  try {
    return { kind: 'read', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { kind: 'refused', status: 400, error: 'the request is not JSON' };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await startServer();
  const { address, port } = server.address();
  console.log(`FreshCart listens on http://${address}:${port}`);
}
