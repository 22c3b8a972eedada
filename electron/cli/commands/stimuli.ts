import type { StimulusList } from '../../../shared/contract/stimuli.ts';
import type { Command } from '../run.ts';
import { printable, sections, table } from '../tables.ts';

interface StimulusOptions {
  readonly session?: string;
  readonly probe?: string;
  readonly epoch?: string;
  readonly clock?: string;
  readonly decode?: boolean;
}

export const stimuli: Command<StimulusOptions> = async (run, [path = ''], { session, decode, ...choice }) => {
  const request = { path: run.path(path), ...(session === undefined ? {} : { sessionId: session }), ...choice };
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
