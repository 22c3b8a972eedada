import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { makeDemo } from '../demo/demo.ts';
import { createDirectClient } from '../router.ts';
import { createServices } from '../services.ts';

const folder = temporaryFolder();
const services = createServices({ door: 'cli', dataFolder: join(folder, 'app') });
const { calculators, documents, edits, elements, stimuli, signals } = createDirectClient(services);
const path = join(folder, 'demo');
beforeAll(async () => {
  await makeDemo(services, { folder: path, seed: 3 });
}, 60_000);
afterAll(async () => {
  await services.close();
  cleanUp();
});

type Body = Record<string, never>;
const bodies = async (className: string): Promise<Body[]> => {
  const { documents: found } = await documents.full({ path, class: className });
  return found as unknown as Body[];
};
const dependency = (body: { depends_on: { name: string; value: string }[] }, name: string) =>
  body.depends_on.find((one) => one.name === name)?.value;

describe('calculators', () => {
  it('say what is missing', async () => {
    const curve = { path, calculator: 'tuningcurve', parameters: { independent_parameter: 'direction' } };
    await expect(calculators.run(curve)).rejects.toMatchObject({ data: { code: 'document.notFound' } });
    for (const [wrong, sentence] of [
      [{ calculator: 'nosuch' }, 'no calculator “nosuch”'],
      [{ parameters: {} }, 'independent_parameter must be'],
      [{ parameters: { independent_parameter: 'a,b', independent_label: 'A' } }, 'independent_label must be'],
      [{ parameters: { independent_parameter: 'a', selection: ['x'] } }, 'names no property'],
      [{ parameters: { angle: 3 } }, 'no parameter “angle”'],
      [{ inputs: { other: 'x' } }, 'no input “other”'],
    ] as const) {
      await expect(calculators.run({ ...curve, ...wrong })).rejects.toThrow(sentence);
    }
  });

  it('count the spikes of each presentation, on the clock of each neuron’s device', async () => {
    const made = await calculators.run({
      path,
      calculator: 'ndi.app.stimulus.tuning_response',
      parameters: { freq_response: 0 },
    });
    expect(made.problems).toEqual([]);
    const neurons = (await elements.list({ path })).filter(({ type }) => type === 'spikes');
    const stored = await bodies('stimulus_response_scalar');
    expect(stored).toHaveLength(neurons.length * 3);
    const shown = {
      cortex: (await stimuli.list({ path })).epochs,
      thalamus: (await stimuli.list({ path, clock: 'blackrock1' })).epochs,
    };
    for (const body of stored as never[]) {
      const one = body as {
        depends_on: { name: string; value: string }[];
        stimulus_response: { element_epochid: string; stimulator_epochid: string };
        stimulus_response_scalar: { responses: Record<string, (number | null)[]> };
      };
      const neuron = neurons.find(({ id }) => id === dependency(one, 'element_id'))!;
      const side = neuron.name.startsWith('cortex') ? shown.cortex : shown.thalamus;
      const { presentations } = side.find(({ epochId }) => epochId === one.stimulus_response.stimulator_epochid)!;
      const source = { path, element: neuron.id!, epoch: one.stimulus_response.element_epochid };
      const { events } = await signals.events({ source, channels: 'all', from: -1e6, to: 1e6 });
      const counted = presentations.map(({ onset, offset }) => {
        const inside = events.filter(({ time }) => time >= onset! && time <= offset!).length;
        return inside / (offset! - onset!);
      });
      const { stimid, response_real: rates } = one.stimulus_response_scalar.responses;
      expect(stimid).toEqual(presentations.map(({ stimulusId }) => stimulusId));
      for (const [at, rate] of rates!.entries()) expect(rate).toBeCloseTo(counted[at]!, 6);
    }
  });

  it('put the responses in the order of the direction, and keep what is there unless it is to be replaced', async () => {
    const request = { path, calculator: 'tuningcurve', parameters: { independent_parameter: 'direction' } };
    const made = await calculators.run(request);
    expect(made.documents.every((one) => one.class === 'tuningcurve_calc')).toBe(true);
    const [curve] = (await bodies('tuningcurve_calc')) as never as { stimulus_tuningcurve: Record<string, number[]> }[];
    expect(curve?.stimulus_tuningcurve['independent_variable_value']).toEqual([0, 45, 90, 135, 180, 225, 270, 315]);
    // The blank has a direction too, which it does not show.
    expect(curve?.stimulus_tuningcurve['stimid']).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await edits.validate({ path })).toMatchObject({ ok: true });

    const again = await calculators.run(request);
    expect([again.documents, again.kept.length]).toEqual([[], made.ids.length]);
    await expect(calculators.run({ ...request, whenItExists: 'error' })).rejects.toThrow('has a result');
    const replaced = await calculators.run({ ...request, whenItExists: 'replace' });
    expect(replaced.ids).toHaveLength(made.ids.length);
    expect(await bodies('tuningcurve_calc')).toHaveLength(made.ids.length);
  });

  it('are one step that can be undone', async () => {
    const before = (await documents.list({ path, limit: 1 })).total;
    const made = await calculators.run({ path, calculator: 'simple', parameters: { answer: 7 } });
    expect(made.ids).toHaveLength(before);
    const [one] = (await bodies('simple_calc')) as never as { simple_calc: unknown; app: { name: string } }[];
    expect(one).toMatchObject({ simple_calc: { answer: 7, input_parameters: { answer: 7 } } });
    expect(one?.app.name).toBe('ndi.calc.example.simple');
    await edits.undo({ path });
    expect((await documents.list({ path, limit: 1 })).total).toBe(before);
  });
});
