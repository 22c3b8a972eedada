import { formatProbeMap } from '../epoch-probe-map.ts';
import { parseDeviceString } from '../device-string.ts';
import { channelPrefix } from '../channels.ts';
import { NdiError } from '../errors.ts';
import { isProbeType } from '../probe-types.ts';
import { nameProblems } from './check-names.ts';
import type { FoundRecording, ImportChoices, ReaderChoice } from './choices.ts';
import type { PlannedEpoch, PlannedRecording, PlannedSession, PlanProblem } from './planned.ts';

const LONGEST_EPOCH_ID = 200;

/** Everything about an import that NDI could not keep or that may not be meant. */
export function checkPlan(
  found: readonly FoundRecording[],
  taken: readonly PlannedRecording[],
  sessions: readonly PlannedSession[],
  choices: ImportChoices,
  inPlace: boolean,
): PlanProblem[] {
  return [
    ...unknownKeys(found, choices),
    ...patternProblems(taken, choices),
    ...taken.flatMap(recordingProblems),
    ...sessions.flatMap(({ epochs }) => [...epochs.flatMap(epochProblems), ...deviceProblems(epochs)]),
    ...mergeProblems(sessions, choices),
    ...(inPlace ? placeProblems(sessions) : []),
    ...nameProblems(found, sessions, inPlace),
    ...sameReferences(sessions),
  ];
}

const blocks = (code: string, message: string, recordings: readonly PlannedRecording[] = []): PlanProblem => ({
  ...{ grade: 'blocks', code, message },
  paths: recordings.map(({ found }) => found.path),
});

function unknownKeys(found: readonly FoundRecording[], choices: ImportChoices): PlanProblem[] {
  const known = new Set(found.map(({ key }) => key));
  const named = [...choices.exclude, ...choices.merges.flat(), ...choices.alone, ...Object.keys(choices.recordings)];
  const strangers = [...new Set(named)].filter((key) => !known.has(key));
  if (strangers.length === 0) return [];
  const message = `The scan found no recording ${strangers.slice(0, 3).join(', ')}, which the choices name.`;
  return [{ grade: 'blocks', code: 'epoch.notFound', message, paths: [] }];
}

function patternProblems(taken: readonly PlannedRecording[], { pattern, sessions }: ImportChoices): PlanProblem[] {
  if (pattern === undefined || pattern.trim() === '') return [];
  const problems: PlanProblem[] = [];
  const unread = taken.filter(({ match }) => match === null);
  const unclear = taken.filter(({ match }) => match !== null && match.others.length > 0);
  if (unread.length > 0) {
    const message = `The pattern does not fit their paths: ${sessions === 'each' ? 'they are left out' : 'nothing is read from them'}.`;
    problems.push({ ...blocks('import.noMatch', message, unread), grade: 'shouldFix' });
  }
  if (unclear.length > 0) {
    const message = 'The pattern can be read from their paths in more than one way; the first one is taken.';
    problems.push({ ...blocks('import.unclearMatch', message, unclear), grade: 'shouldFix' });
  }
  const nameless = taken.filter(({ subject, match }) => match?.values.subject !== undefined && !subject.includes('@'));
  if (nameless.length > 0) {
    problems.push(blocks('import.subjectLab', 'Subjects are name@laboratory for NDI: say which laboratory.', nameless));
  }
  return problems;
}

function recordingProblems(one: PlannedRecording): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (!/^[A-Za-z][^\s:]*$/.test(one.device)) {
    const message = `“${one.device}” cannot name a device: begin with a letter, without white space and colons.`;
    problems.push(blocks('import.device', message, [one]));
    return problems;
  }
  if (one.subject !== '' && one.match?.values.subject === undefined && !/^[^\s@]+@[^\s@]+$/.test(one.subject)) {
    problems.push(
      blocks('import.subject', `“${one.subject}” cannot identify a subject: write name@laboratory.`, [one]),
    );
  }
  try {
    formatProbeMap(one.probes);
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return [...problems, blocks(error.code, error.message, [one])];
  }
  const missing = one.probes.flatMap(({ deviceString }) => missingChannels(deviceString, one.found.channelList));
  if (missing.length > 0) {
    const message = `It has no channel ${missing.slice(0, 5).join(', ')}; it has ${one.found.channelList || 'none'}.`;
    problems.push(blocks('channel.notFound', message, [one]));
  }
  for (const type of new Set(one.probes.map((probe) => probe.type))) {
    if (isProbeType(type)) continue;
    const message = `NDI has no class for probes of the type “${type}”: it would refuse to read them. Types are written exactly as the list has them.`;
    problems.push({ ...blocks('import.probeType', message, [one]), grade: 'shouldFix' });
  }
  const names = one.probes.map(({ name, reference, type }) => `${name} | ${reference} | ${type}`);
  if (new Set(names).size < names.length && one.probes.every(({ type }) => type !== 'stimulator')) {
    problems.push(blocks('import.probeTwice', 'Two of its probes have one name, reference and type.', [one]));
  }
  return problems;
}

/** Derived channels lie on these. */
const bases: Readonly<Record<string, string>> = {
  ...{ dep: 'di', den: 'di', dimp: 'di', dimn: 'di', aep: 'ai', aen: 'ai', aimp: 'ai', aimn: 'ai' },
};

const known = new Map<string, ReadonlySet<string>>();

function missingChannels(deviceString: string, channelList: string): string[] {
  let there = known.get(channelList);
  if (there === undefined) {
    // A list is the same for all recordings of a rig: some thousand need it read once.
    if (known.size > 100) known.clear();
    there = new Set(namesIn(channelList));
    known.set(channelList, there);
  }
  const list = there;
  return parseDeviceString(deviceString)
    .channels.filter(({ type }) => channelPrefix(type) !== 'md')
    .map(({ type, number }) => `${bases[channelPrefix(type)] ?? channelPrefix(type)}${number}`)
    .filter((name) => !list.has(name));
}

/** Names of a list of channels. Unlike device strings it may have a channel 0: spikes of the unit 0 of a sorter. */
function namesIn(channelList: string): string[] {
  return channelList.split(';').flatMap((segment) => {
    const [, type = '', list = ''] = /^([a-z]*)(.*)$/.exec(segment) ?? [];
    return list.split(',').flatMap((item) => {
      const [from = NaN, to = from] = item.split('-').map(Number);
      return Array.from({ length: Math.max(0, to - from + 1) || 0 }, (_, at) => `${type}${from + at}`);
    });
  });
}

function epochProblems({ recordings, epochId }: PlannedEpoch): PlanProblem[] {
  const problems: PlanProblem[] = [];
  for (const [device, own] of Map.groupBy(recordings, (one) => one.device)) {
    if (own.length < 2) continue;
    const message = `${own.length} recordings of ${device} cannot be one epoch: NDI reads one recording of a device in it and does not join files that follow each other. Split the epoch, or give them different devices if they ran side by side.`;
    problems.push(blocks('import.sameDevice', message, own));
  }
  if (epochId !== null && (/[\r\n\t]/.test(epochId) || epochId.length > LONGEST_EPOCH_ID)) {
    problems.push(blocks('import.epochId', 'The id of the epoch holds a line break, or is too long.', recordings));
  }
  return problems;
}

/** A device is one DAQ system: one reader, and no id of an epoch twice (their case does not count). */
function deviceProblems(epochs: readonly PlannedEpoch[]): PlanProblem[] {
  const idOf = ({ epochId }: Pick<PlannedEpoch, 'epochId'>) => epochId?.toLowerCase() ?? null;
  const epochsOf = Map.groupBy(epochs, idOf);
  const all = epochs.flatMap(({ epochId, recordings }) => recordings.map((one) => ({ epochId, one })));
  return [...Map.groupBy(all, ({ one }) => one.device)].flatMap(([device, own]) => {
    const problems: PlanProblem[] = [];
    const readers = new Set(own.map(({ one }) => readerName(one.reader)));
    if (readers.size > 1) {
      const message = `The recordings of ${device} need different readers (${[...readers].join(', ')}): give them different devices.`;
      problems.push(
        blocks(
          'import.readers',
          message,
          own.map(({ one }) => one),
        ),
      );
    }
    for (const [id, same] of Map.groupBy(own, idOf)) {
      // Two recordings of one epoch are told as such.
      if (id === null || same.length < 2 || (epochsOf.get(id)?.length ?? 0) < 2) continue;
      const message = `${same.length} epochs of ${device} would have the id “${same[0]?.epochId ?? ''}”.`;
      problems.push(
        blocks(
          'import.epochIdTwice',
          message,
          same.map(({ one }) => one),
        ),
      );
    }
    return problems;
  });
}

export function readerName({ readerClass, readerArgument }: ReaderChoice): string {
  return readerArgument === undefined ? readerClass : `${readerClass} (${readerArgument})`;
}

function mergeProblems(sessions: readonly PlannedSession[], { merges }: ImportChoices): PlanProblem[] {
  const home = new Map<string, PlannedSession>();
  for (const session of sessions) {
    for (const { recordings } of session.epochs) for (const { found } of recordings) home.set(found.key, session);
  }
  const torn = merges.filter((merge) => new Set(merge.flatMap((key) => home.get(key) ?? [])).size > 1);
  if (torn.length === 0) return [];
  return [blocks('import.mergeAcross', 'Recordings of different sessions cannot be one epoch.')];
}

/** NDI finds the recordings of a session in its folder and all below: those of two sessions must lie apart. */
function placeProblems(sessions: readonly PlannedSession[]): PlanProblem[] {
  const shared = sessions.filter((one) =>
    sessions.some((other) => other !== one && (one.place === other.place || other.place.startsWith(below(one.place)))),
  );
  const outside = sessions.filter(({ place, epochs }) =>
    epochs.some(({ recordings }) => recordings.some(({ found }) => !isWithin(found.key, place))),
  );
  const problems: PlanProblem[] = [];
  const [first] = shared;
  if (first !== undefined) {
    const message = `The recordings of ${first.reference} and of another session lie in one folder, by which NDI finds them: choose to copy them, or make one session.`;
    problems.push(
      blocks(
        'import.sharedFolder',
        message,
        first.epochs.flatMap(({ recordings }) => recordings),
      ),
    );
  }
  const [scattered] = outside;
  if (scattered !== undefined && first === undefined) {
    const message = `The recordings of ${scattered.reference} lie in several folders: choose to copy them, or make one session.`;
    problems.push(
      blocks(
        'import.scattered',
        message,
        scattered.epochs.flatMap(({ recordings }) => recordings),
      ),
    );
  }
  return problems;
}

const below = (place: string) => (place === '' ? '' : `${place}/`);
const isWithin = (key: string, place: string) => key === place || key.startsWith(below(place));

function sameReferences(sessions: readonly PlannedSession[]): PlanProblem[] {
  const folders = Map.groupBy(sessions, ({ reference }) => reference.toLowerCase());
  const twice = [...folders.values()].find((same) => same.length > 1);
  if (twice === undefined) return [];
  const message = `The sessions ${twice.map(({ reference }) => reference).join(' and ')} differ by case only: their folders would be the same on many systems.`;
  return [{ ...blocks('import.sameReference', message), grade: 'shouldFix' }];
}
