// The process that owns the data (a utility process): the services, and a port for the page to call them through.
import { MessagePortHandler } from '@orpc/server/message-port';
import type { MessageEvent, MessagePortMain } from 'electron';
import { applicationFolder } from '../services/application-folder.ts';
import { createRouter } from '../services/router.ts';
import { createRpcHandler } from '../services/rpc-handler.ts';
import { createServices } from '../services/services.ts';
import type { DataMessage, DataNews } from './data-messages.ts';
import { KeyStoreClient } from './key-store-client.ts';

const tell = (news: DataNews) => process.parentPort.postMessage(news);
const keyStore = new KeyStoreClient(tell);
const services = createServices({
  door: 'desktop',
  dataFolder: applicationFolder(),
  sealer: keyStore,
  onEnd: (ending) => tell({ type: 'ended', ending }),
});
services.begin();
const handler = new MessagePortHandler(createRpcHandler(createRouter(services)));
/** By page. Held here: a port that nobody holds is collected, and with it the connection. */
const pagePorts = new Map<number, MessagePortMain>();

process.parentPort.on('message', ({ data, ports }: MessageEvent) => {
  const message = data as DataMessage;
  switch (message.type) {
    case 'connect':
      connect(message.page, ports[0]);
      break;
    case 'hostEvent':
      services.hostEvents.send(message.event);
      break;
    case 'keyStoreAnswer':
      keyStore.answered(message);
      break;
    case 'close':
      void services.close().finally(() => process.exit(0));
      break;
  }
});

function connect(page: number, port: MessagePortMain | undefined): void {
  if (port === undefined) return;
  pagePorts.get(page)?.close();
  pagePorts.set(page, port);
  port.on('close', () => {
    if (pagePorts.get(page) === port) pagePorts.delete(page);
  });
  handler.upgrade(port, { context: {} });
  port.start();
}
