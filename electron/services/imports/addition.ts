import { existsSync, rmSync } from 'node:fs';
import type { EditHistory } from '../../../shared/contract/edits.ts';
import type { ImportTable } from '../../../shared/contract/import-choices.ts';
import type { ImportChoices } from '../../../shared/model/import-plan/choices.ts';
import { findDaqSystem } from '../../ndi/daq/daq-systems.ts';
import { whenFree } from '../../ndi/database/when-free.ts';
import { hiddenFile } from '../../ndi/daq/navigator.ts';
import { newSubject, subjects } from '../../ndi/epochs/subjects.ts';
import { writeEpochFiles } from '../../ndi/epochs/write-epochs.ts';
import { openSession, type Session as NdiSession } from '../../ndi/session.ts';
import type { Services } from '../services.ts';
import { devicesToAdd, type AddedDevice } from './added-devices.ts';
import { type PlacedRecording, takeTable } from './after-creation.ts';
import type { Session } from './plan-sessions.ts';
import { refuseLeftOvers } from './write-session.ts';

/** What is written to a session for recordings that have come into its folder, so that all of it can be taken back. */
export class Addition {
  readonly #services: Services;
  readonly #folder: string;
  /** Hidden files of epochs that were not there before. */
  readonly #fresh: string[] = [];
  readonly #places = new Map<string, PlacedRecording>();
  /** Ids of the steps of the session's history, in order. */
  readonly #steps: string[] = [];

  constructor(services: Services, folder: string) {
    this.#services = services;
    this.#folder = folder;
  }

  /** How many steps of the session's history it has become. */
  get steps(): number {
    return this.#steps.length;
  }

  /** DAQ systems and subjects as one step, and beside each recording the epoch's id and probe map. */
  async write(placed: Session, choices: ImportChoices, name: string) {
    const session = await whenFree(() => openSession(this.#folder, { writable: true }));
    try {
      const devices = devicesToAdd(session, placed, choices);
      const documents = devices.flatMap((device) => device.documents);
      const add = [...newSubjects(session, devices), ...documents];
      if (add.length > 0) {
        const title = `Add the recordings of ${name}`;
        const { history } = await this.#services.edits.change({ path: this.#folder }, { add }, title);
        this.#note(history);
      }
      const epochs = devices.flatMap((device) => this.#writeEpochs(session, device));
      return { epochs, documents: add.length };
    } finally {
      session.close();
    }
  }

  #writeEpochs(session: NdiSession, device: AddedDevice): { device: string; epochId: string }[] {
    const system = findDaqSystem(session, device.name);
    refuseLeftOvers(system.navigator, device.epochs);
    const files = device.epochs.flatMap((epoch) =>
      (['epochid', 'epochprobemap'] as const).map((kind) => hiddenFile(epoch.files, system.navigator, kind)),
    );
    this.#fresh.push(...files.filter((file) => !existsSync(file)));
    const ids = writeEpochFiles(
      session,
      system,
      device.epochs.map(({ files: [file = ''], probes, epochId }) => ({
        ...{ file, epochId, keepsMap: true },
        ...(probes.length === 0 ? {} : { probeMap: probes }),
      })),
    );
    return device.epochs.map(({ key, files: [file = ''] }) => {
      const epochId = ids.get(file) ?? '';
      this.#places.set(key, { path: this.#folder, device: device.name, epoch: epochId });
      return { device: device.name, epochId };
    });
  }

  /** Keeps a table of trials as stimuli of a recording's epoch: one more step. */
  async take(table: ImportTable, signal: AbortSignal): Promise<void> {
    await takeTable(this.#services, this.#places, table, signal);
    this.#note(this.#services.edits.history({ path: this.#folder }));
  }

  #note({ undo }: EditHistory): void {
    if (undo !== null) this.#steps.push(undo.id);
  }

  /** @throws NdiError edit.conflict where somebody has changed the session since: that is not taken back */
  async takeBack(): Promise<void> {
    for (const file of this.#fresh) rmSync(file, { force: true });
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await this.#services.edits.undo({ path: this.#folder, step });
    }
  }
}

function newSubjects(session: NdiSession, devices: readonly AddedDevice[]) {
  const known = new Set(subjects(session).map(({ localIdentifier }) => localIdentifier));
  const named = devices.flatMap(({ epochs }) => epochs.flatMap(({ probes }) => probes.map(({ subject }) => subject)));
  return [...new Set(named)].filter((name) => !known.has(name)).map((name) => newSubject(name));
}
