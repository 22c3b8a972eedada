import type { CallInputs } from '../../shared/contract/contract.ts';
import type { ElementInfo } from '../../shared/contract/elements.ts';
import { type ElementTable, ElementTables } from '../ndi/epochs/element-signals.ts';
import type { DataWorkers } from '../workers/data-workers.ts';
import { deviceOf } from './element-source.ts';
import type { OpenItems } from './open-items.ts';
import { finiteOrNull, sessionEpochs } from './session-epochs.ts';

/** Probes and elements of sessions. */
export class ElementsService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;

  constructor(items: OpenItems, workers: DataWorkers) {
    this.#items = items;
    this.#workers = workers;
  }

  /** @throws NdiError session.notFound, document.invalid, database.*, path.*; epoch.notFound, usage.invalid for one */
  async list(
    { path, sessionId, element }: CallInputs['elements']['list'],
    signal?: AbortSignal,
  ): Promise<ElementInfo[]> {
    const session = this.#items.session(path, sessionId);
    const { epochs } = await sessionEpochs(session, this.#workers, signal);
    const tables = new ElementTables(session, epochs);
    return (element === undefined ? tables.all() : [tables.find(element)]).map(elementInfo);
  }
}

function elementInfo({ isProbe, underlyingId, epochs, ...element }: ElementTable): ElementInfo {
  return {
    ...element,
    probe: isProbe,
    underlyingId: underlyingId === '' ? null : underlyingId,
    epochs: epochs.map((epoch, at) => ({
      epochId: epoch.epochId,
      number: at + 1,
      device: deviceOf(epoch) || null,
      clocks: epoch.clocks.map(({ type, t0, t1 }) => ({ type, t0: finiteOrNull(t0), t1: finiteOrNull(t1) })),
    })),
  };
}
