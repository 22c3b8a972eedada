import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { createDirectClient } from '../../router.ts';
import type { Services } from '../../services.ts';
import type { Pool } from './made-arguments.ts';

/** Whom the local cloud knows, and a dataset there. */
export interface CloudUser {
  readonly server: string;
  readonly email: string;
  readonly password: string;
  readonly datasetId: string;
}

/** Folders that calls are about: a session, a dataset that links it, other files, and what no call may touch. */
export class Sandbox {
  readonly #root: string;
  readonly #services: Services;
  readonly #client: ReturnType<typeof createDirectClient>;
  readonly #user: CloudUser;

  constructor(root: string, services: Services, client: ReturnType<typeof createDirectClient>, user: CloudUser) {
    this.#root = root;
    this.#services = services;
    this.#client = client;
    this.#user = user;
  }

  #at(...names: string[]): string {
    return join(this.#root, ...names);
  }

  /** Makes everything once. @returns what arguments are made of */
  async make(): Promise<Pool> {
    const [session, dataset] = [this.#at('whole', 'session'), this.#at('whole', 'dataset')];
    await this.#client.demo.make({ folder: session, seed: 1 });
    cpSync(session, this.#at('session'), { recursive: true, preserveTimestamps: true });
    await this.#client.datasets.create({ path: dataset, reference: 'set' });
    await this.#client.datasets.add({ path: dataset, session: this.#at('session') });
    mkdirSync(this.#at('whole', 'folder', 'sub'), { recursive: true });
    writeFileSync(this.#at('whole', 'folder', 'trials.csv'), 'onset,offset,name\n1,2,a\n3,4,b\n');
    writeFileSync(this.#at('whole', 'folder', 'raw.bin'), Buffer.alloc(4000, 7));
    await this.restore();
    return this.#pool();
  }

  /** As it was made: what calls wrote is gone. */
  async restore(): Promise<void> {
    this.#services.edits.close();
    await this.#services.clearCaches();
    for (const name of readdirSync(this.#root)) {
      if (!['app', 'whole', 'cwd', 'home'].includes(name)) rmSync(this.#at(name), { recursive: true, force: true });
    }
    for (const name of ['session', 'dataset', 'folder']) {
      cpSync(this.#at('whole', name), this.#at(name), { recursive: true, preserveTimestamps: true });
    }
    mkdirSync(this.#at('outside'), { recursive: true });
    writeFileSync(this.#at('outside', 'kept.txt'), 'kept');
    await this.#client.cloud.signIn(this.#user);
  }

  isWhole(): boolean {
    return ['session', 'dataset'].every((name) => existsSync(this.#at(name, '.ndi', 'did-sqlite.sqlite')));
  }

  /** Every file with its size and time, but the application's own, and those by which a writer is known. */
  state(): ReadonlySet<string> {
    return new Set(this.#filesOf(this.#root));
  }

  *#filesOf(folder: string): Generator<string> {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (/^ndi-desktop|-(wal|shm|journal)$/.test(entry.name)) continue;
      if (folder === this.#root && ['app', 'whole'].includes(entry.name)) continue;
      if (entry.isDirectory()) {
        yield path;
        yield* this.#filesOf(path);
      } else {
        const { size, mtimeMs } = statSync(path);
        yield `${path} ${size} ${mtimeMs}`;
      }
    }
  }

  async #pool(): Promise<Pool> {
    const info = await this.#client.items.info({ path: this.#at('session') });
    if (info.kind !== 'session') throw new TypeError('The sample session is none.');
    const { documents } = await this.#client.documents.list({ path: this.#at('session') });
    const ids = [...documents.map(({ id }) => id), '41_none', ''];
    const epochs = [...info.epochs.map(({ epochId }) => epochId), '1'];
    const [session, folder] = [this.#at('session'), this.#at('folder')];
    const recordings = ['ns5', 'nev'].map((ending) => this.#at('session', 't00001', `t00001.${ending}`));
    const paths = [session, session, this.#at('dataset'), folder, ...recordings, this.#at('missing')];
    const folders = [folder, this.#at('session', 't00001'), this.#at('new'), session, this.#at('outside')];
    const log = this.#at('session', 't00001', 't00001_stimulus_log.tsv');
    const files = [this.#at('folder', 'trials.csv'), this.#at('folder', 'raw.bin'), log, ...recordings];
    const devices = ['intan1', 'blackrock1', 'cortex | 1', 'thalamus | 1', 'screen | 1'];
    const clocks = ['dev_local_time', 'utc', 'exp_global_time', 'no_time'];
    const classes = ['subject', 'element', 'base', 'probe_location', 'stimulus_presentation', 'treatment'];
    const fields = [
      'base.name',
      'element.reference',
      'subject.local_identifier',
      'base',
      'depends_on',
      'name',
      'a.b.c',
    ];
    const operations = ['exact_string', 'contains_string', 'regexp', 'isa', 'depends_on', 'hasfield', 'lessthan', 'or'];
    const elements = [...devices, ...ids];
    const { server, email, password, datasetId } = this.#user;
    return {
      other: ['x', 'name', '1', '41_a', ids[0] ?? '', ...devices],
      byName: {
        ...{ path: paths, into: paths, a: paths, b: paths, folder: folders, from: [...folders, ...elements] },
        ...{ session: [session, this.#at('dataset')], sessionDir: [this.#at('new'), session, folder] },
        ...{
          to: [...paths, this.#at('new'), ...devices, 'csv', 'json'],
          file: files,
          files,
          table: files,
          location: files,
        },
        ...{
          out: [this.#at('outside', 'out.csv'), this.#at('folder', 'out')],
          target: [this.#at('outside', 'backup')],
        },
        ...{
          backup: paths,
          sessionId: [info.id, info.id, 'none'],
          id: [...ids, 'NCBITaxon:9669'],
          ids,
          documentId: ids,
        },
        ...{ epoch: epochs, epochId: epochs, device: devices, element: elements, probe: devices, units: elements },
        ...{ clock: clocks, type: [...clocks, 'n-trode'], class: [...classes, 'filematch'], isa: classes, classes },
        ...{ field: fields, column: fields, sort: fields, columns: [...fields, 1, 100, 8192], operation: operations },
        ...{ param1: [...fields, ...classes, 1, [1, 2]], param2: ['x', '', 3, ids[0]], limit: [1, 10, 0] },
        ...{
          channels: ['ai1-4', 'all', 'ai1', 'di1', 'dep10', 'zz'],
          t0: [0, 1, 5, -1],
          t1: [2, 6, 1e9, 0],
          time: [0, 1, 3.3],
        },
        ...{ server: [server], email: [email], password: [password], datasetId: [datasetId, datasetId, 'd'] },
        ...{ bytesASecond: [1e9], reference: ['sample-experiment', 'set', 'x'] },
      },
    };
  }
}
