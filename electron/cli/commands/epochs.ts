import type { SessionInfo } from '../../../shared/contract/sessions.ts';
import { parseClockType } from '../../../shared/model/clocks.ts';
import { epochRange } from '../../../shared/model/epoch-range.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { describeEpochs, describeProbes } from '../describe.ts';
import type { Command, Run } from '../run.ts';

interface EpochOptions {
  readonly device?: string;
  readonly first?: string;
  readonly last?: string;
  readonly clock: string;
}

export const epochs: Command<EpochOptions> = async (run, [path = ''], { device, first, last, clock }) => {
  const sessions = await readSessions(run, path);
  const names = sessions.flatMap((session) => session.daqSystems.map((daq) => daq.name));
  if (device !== undefined && !names.includes(device)) throw noSuchDevice(device, names);
  const listed = sessions
    .flatMap((session) => session.epochs)
    .filter((epoch) => device === undefined || epoch.device === device);
  if (device === undefined && (first !== undefined || last !== undefined)) throw whoseRange();
  const value =
    first === undefined && last === undefined
      ? listed
      : [
          ...epochRange(listed, parseClockType(clock), named(first ?? '1'), named(last ?? String(listed.length)))
            .epochs,
        ];
  return { value, text: () => (value.length === 0 ? 'There are no epochs.' : describeEpochs(value)) };
};

export const probes: Command<object> = async (run, [path = '']) => {
  const sessions = await readSessions(run, path);
  const value = sessions.flatMap((session) => session.probes);
  return { value, text: () => (value.length === 0 ? 'There are no probes.' : describeProbes(value)) };
};

/** Epochs are named by their ids or counted. */
const named = (text: string): string | number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

function whoseRange(): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: 'A range of epochs is one of a DAQ system.',
    recovery: 'Name it with --device.',
  });
}

/** The session of a path, or the sessions of a dataset. */
async function readSessions(run: Run, given: string): Promise<SessionInfo[]> {
  const path = run.path(given);
  return run.call(async (client, signal) => {
    const item = await client.items.info({ path }, { signal });
    if (item.kind === 'session') return [item];
    if (item.kind !== 'dataset') throw notASession(path, item.kind);
    const sessions: SessionInfo[] = [];
    for (const { id } of item.sessions) {
      const session = await client.items.info({ path, sessionId: id }, { signal });
      if (session.kind === 'session') sessions.push(session);
    }
    return sessions;
  });
}

function notASession(path: string, kind: string): NdiError {
  return new NdiError({
    code: 'session.notFound',
    message: `${path} is a ${kind}, not a session.`,
    recovery: 'Name the folder of a session; “ndi create” makes one.',
    details: { path, kind },
  });
}

function noSuchDevice(device: string, names: readonly string[]): NdiError {
  return new NdiError({
    code: 'epoch.notFound',
    message: `There is no DAQ system “${device}” in the session.`,
    recovery: names.length === 0 ? 'It has no DAQ systems.' : `There are: ${names.join(', ')}.`,
    details: { device },
  });
}
