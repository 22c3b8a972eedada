import type { StimulusList, TableMapping } from '../../../shared/contract/stimuli.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Answer, Command, Run } from '../run.ts';
import { placeOf, type SessionOptions, type SessionPlace } from '../session-place.ts';
import { printable, sections, table } from '../tables.ts';

interface StimulusOptions extends SessionOptions {
  readonly probe?: string;
  readonly epoch?: string;
  readonly clock?: string;
  readonly decode?: boolean;
  readonly table?: string;
  readonly device?: string;
  readonly onset?: string;
  readonly offset?: string;
  readonly duration?: string;
  readonly stimulus?: string;
  readonly unit?: TableMapping['unit'];
  readonly preview?: boolean;
  readonly sheet?: string;
  readonly origin?: string;
  readonly tableClock?: string;
}

export const stimuli: Command<StimulusOptions> = async (run, [path = ''], options) => {
  const { decode, probe, epoch, clock } = options;
  const place = placeOf(run, path, options);
  if (options.table !== undefined) return importTable(run, place, options.table, options);
  const request = {
    ...place,
    ...(probe === undefined ? {} : { probe }),
    ...(epoch === undefined ? {} : { epoch }),
    ...(clock === undefined ? {} : { clock }),
  };
  if (decode === true) {
    const value = await run.call((client, signal) => client.stimuli.decode(request, { signal }));
    const { decoded, already, presentations, problems } = value;
    return {
      value,
      text: () =>
        sections(
          `${presentations} presentations of ${decoded} epochs were written; ${already} epochs had their documents before.`,
          describeProblems(problems),
        ),
    };
  }
  const value = await run.call((client, signal) => client.stimuli.list(request, { signal }));
  return { value, text: () => describeStimuli(value) };
};

async function importTable(run: Run, place: SessionPlace, table: string, options: StimulusOptions): Promise<Answer> {
  const { probe, epoch, device, preview, sheet, tableClock } = options;
  if (probe === undefined || epoch === undefined || device === undefined) {
    throw new NdiError({
      code: 'usage.invalid',
      message: 'A table needs --probe (the stimulator), --device and --epoch (whose clock its times are on).',
      recovery: 'Name all three; “ndi epochs” lists devices and epochs.',
    });
  }
  const file = run.path(table);
  const value = await run.call(async (client, signal) => {
    const chosen = { file, ...(sheet === undefined ? {} : { sheet }) };
    const { mapping } = await client.stimuli.readTable(chosen, { signal });
    const request = {
      ...{ ...place, ...chosen, probe, epoch, device, mapping: chosenMapping(mapping, options) },
      ...(tableClock === undefined ? {} : { clock: tableClock }),
    };
    return client.stimuli.importTable({ ...request, ...(preview === true ? { preview } : {}) }, { signal });
  });
  return { value, text: () => describeStimuli({ epochs: [value.epoch], problems: [] }) };
}

/** What the names of the columns tell, unless something else is said. */
function chosenMapping(
  guess: TableMapping,
  { onset, offset, duration, stimulus, unit, origin }: StimulusOptions,
): TableMapping {
  const ends = offset === undefined && duration === undefined ? guess : { offset, duration };
  const kept = { stimulus: stimulus ?? guess.stimulus, offset: ends.offset, duration: ends.duration };
  return {
    onset: onset ?? guess.onset,
    unit: unit ?? guess.unit,
    ...(origin === undefined ? {} : { origin }),
    ...(kept.stimulus === undefined ? {} : { stimulus: kept.stimulus }),
    ...(kept.offset === undefined ? {} : { offset: kept.offset }),
    ...(kept.duration === undefined ? {} : { duration: kept.duration }),
  };
}

function describeStimuli({ epochs, problems }: StimulusList): string {
  if (epochs.length === 0) return sections('No stimuli.', describeProblems(problems));
  return sections(
    ...epochs.flatMap((epoch) => [
      `${epoch.probe}, epoch ${epoch.epochId}: seconds on ${epoch.clock} of ${epoch.onDevice}${epoch.documentId === null ? '' : `, document ${epoch.documentId}`}`,
      table(
        ['No.', 'Stimulus', 'Onset (s)', 'Offset (s)', 'Open (s)', 'Close (s)', 'Parameters'],
        epoch.presentations.map((shown, at) => [
          at + 1,
          shown.stimulusId ?? '',
          shown.onset ?? '',
          shown.offset ?? '',
          shown.open ?? '',
          shown.close ?? '',
          describeParameters(epoch.parameters[(shown.stimulusId ?? 0) - 1]),
        ]),
      ),
    ]),
    describeProblems(problems),
  );
}

function describeParameters(parameters: Readonly<Record<string, unknown>> | undefined): string {
  return Object.entries(parameters ?? {})
    .slice(0, 6)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

function describeProblems(problems: StimulusList['problems']): string {
  return problems.map(({ message }) => `should fix: ${printable(message)}`).join('\n');
}
