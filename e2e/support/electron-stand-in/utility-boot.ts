// First module of a utility process: gives it `process.parentPort` as Electron does, then runs the module it is for.
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { PortRelay } from './ports.ts';
import type { UtilityMessage } from './utility-process.ts';

const post = (message: UtilityMessage) => {
  if (process.connected) process.send?.(message);
};
const relay = new PortRelay(post);
const waiting: unknown[] = [];

class ParentPort extends EventEmitter {
  postMessage(data: unknown): void {
    post({ kind: 'message', data, ports: [] });
  }
}
const parentPort = new ParentPort();
// Messages wait until somebody listens.
parentPort.on('newListener', (event) => {
  if (event === 'message')
    setImmediate(() => waiting.splice(0).forEach((message) => parentPort.emit('message', message)));
});
Object.defineProperty(process, 'parentPort', { value: parentPort });

process.on('message', (message: UtilityMessage) => {
  if (message.kind === 'port') {
    relay.hear(message);
    return;
  }
  const event = { data: message.data, ports: message.ports.map((name) => relay.receive(name)) };
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', event);
  else waiting.push(event);
});
process.on('disconnect', () => process.exit(0));

const [, boot = '', entry = '', ...args] = process.argv;
process.argv = [process.argv[0] ?? boot, entry, ...args];
await import(pathToFileURL(entry).href);
