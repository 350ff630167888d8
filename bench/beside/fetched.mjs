// A worker that fetches files: what a client does with a file is not to delay the questions whose time is measured.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(await response.text());
  let bytes = 0;
  for await (const part of response.body) bytes += part.length;
  parentPort.postMessage(bytes);
});
