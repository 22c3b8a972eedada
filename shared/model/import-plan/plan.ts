import { type PathValues, matchPath } from '../import-pattern/match.ts';
import { type PathPattern, parsePattern } from '../import-pattern/pattern.ts';
import { NdiError } from '../errors.ts';
import type { FoundRecording, ImportChoices } from './choices.ts';
import { checkPlan } from './check.ts';
import type { ImportPlan, PlannedEpoch, PlannedRecording, PlannedSession, PlanProblem } from './planned.ts';

/** Stands for the subject while nobody has named it; NDI wants one for every probe. */
export const UNNAMED_SUBJECT = 'unknown@unknown';

/** Parts of a path that tell one session from another. */
const sessionFields = ['subject', 'date', 'session'] as const;

/**
 * What an import makes of the recordings of a scan and of what somebody said of them: the one truth of preview and
 * creation. A mistake in the choices is a problem that blocks; a pattern that cannot be read too.
 * @param recordings in the order of the scan
 * @param inPlace whether the recordings stay where they are: then no two sessions may share a folder
 */
export function planImport<F extends FoundRecording>(
  recordings: readonly F[],
  choices: ImportChoices,
  inPlace = true,
): ImportPlan<F> {
  const read = readPattern(choices.pattern);
  const excluded = new Set(choices.exclude);
  const taken = recordings
    .filter(({ key }) => !excluded.has(key))
    .map((found) => planRecording(found, choices, read.pattern));
  const isSplit = choices.sessions === 'each' && read.pattern !== null;
  const [matched, unmatched] = isSplit ? split(taken, ({ match }) => match !== null) : [taken, []];
  const bySession = Map.groupBy(matched, ({ match }) => (isSplit ? sessionName(match?.values) : ''));
  const names = new Set(taken.flatMap(({ match }) => sessionName(match?.values) || []));
  const sessions = [...bySession].map(([reference, own]): PlannedSession<F> => {
    const isAlone = bySession.size === 1;
    return {
      reference,
      place: isAlone || read.pattern === null ? '' : placeOf(read.pattern, own[0]?.found.key ?? ''),
      epochs: planEpochs(own, choices, !isSplit && names.size > 1),
    };
  });
  const problems = [...read.problems, ...checkPlan(recordings, taken, sessions, choices, inPlace)];
  return { sessions, unmatched: unmatched.map(({ found }) => found), problems };
}

function split<T>(items: readonly T[], fits: (item: T) => boolean): [T[], T[]] {
  return [items.filter(fits), items.filter((item) => !fits(item))];
}

function readPattern(text: string | undefined): { pattern: PathPattern | null; problems: PlanProblem[] } {
  if (text === undefined || text.trim() === '') return { pattern: null, problems: [] };
  try {
    return { pattern: parsePattern(text), problems: [] };
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return { pattern: null, problems: [{ grade: 'blocks', code: error.code, message: error.message, paths: [] }] };
  }
}

function planRecording<F extends FoundRecording>(
  found: F,
  choices: ImportChoices,
  pattern: PathPattern | null,
): PlannedRecording<F> {
  const edit = choices.recordings[found.key] ?? {};
  const match = pattern === null ? null : matchPath(pattern, found.key);
  const device = edit.device?.trim() ?? found.device;
  const subject = edit.subject?.trim() ?? subjectOf(match?.values.subject, choices);
  const proposed = found.probes.map((probe) => ({ ...probe, name: renamed(probe.name, found.device, device) }));
  const probes = (edit.probes ?? proposed).map(({ name, reference, type, channels }) => ({
    ...{ name, reference, type },
    deviceString: `${device}:${channels}`,
    subject: subject === '' ? UNNAMED_SUBJECT : subject,
  }));
  return { found, device, reader: edit.reader ?? found.reader, subject, probes, match };
}

/** Proposed probes are named for their device (`intan1_probe`) and follow its name. */
export function renamed(probe: string, from: string, to: string): string {
  return probe.startsWith(`${from}_`) ? `${to}${probe.slice(from.length)}` : probe;
}

function subjectOf(read: string | undefined, { subject, subjectLab }: ImportChoices): string {
  if (read === undefined) return subject?.trim() ?? '';
  const name = read.trim().replaceAll(/\s+/g, '_');
  const lab = subjectLab?.trim().replace(/^@/, '') ?? '';
  return name.includes('@') || lab === '' ? name : `${name}@${lab}`;
}

function sessionName(values: PathValues | undefined): string {
  return sessionFields.flatMap((field) => values?.[field] ?? []).join('_');
}

/** The folder down to the last name that tells one session from another. */
function placeOf({ parts }: PathPattern, key: string): string {
  const names = key.split('/');
  const last = parts.findLastIndex((part) => part.some((token) => token.kind === 'field' && token.field !== 'epoch'));
  return names.slice(0, Math.min(last + 1, names.length - 1)).join('/');
}

/** @param isMixed whether epochs of several subjects or days are in one session, so that their names alone do not do */
function planEpochs<F extends FoundRecording>(
  recordings: readonly PlannedRecording<F>[],
  choices: ImportChoices,
  isMixed: boolean,
): PlannedEpoch<F>[] {
  const alone = new Set(choices.alone);
  const named = (one: PlannedRecording<F>) => {
    const epoch = alone.has(one.found.key) ? undefined : one.match?.values.epoch?.trim();
    if (epoch === undefined || epoch === '') return null;
    return isMixed ? [sessionName(one.match?.values), epoch].filter((part) => part !== '').join('_') : epoch;
  };
  const groups = new Map<string, string>();
  for (const one of recordings) {
    const name = named(one);
    groups.set(one.found.key, name === null ? `key ${one.found.key}` : `name ${name}`);
  }
  for (const merge of choices.merges) {
    const joined = new Set(merge.flatMap((key) => groups.get(key) ?? []));
    const [first] = joined;
    if (first === undefined) continue;
    for (const [key, group] of groups) if (joined.has(group)) groups.set(key, first);
  }
  const byGroup = Map.groupBy(recordings, ({ found }) => groups.get(found.key) ?? '');
  return [...byGroup.values()].map((own) => ({
    key: own[0]?.found.key ?? '',
    epochId:
      own.map(({ found }) => choices.recordings[found.key]?.epochId?.trim()).find(Boolean) ??
      own.map(named).find((name) => name !== null) ??
      null,
    recordings: own,
  }));
}
