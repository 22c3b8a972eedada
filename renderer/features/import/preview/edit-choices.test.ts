import { expect, it } from 'vitest';
import { noChoices } from '../../../../shared/model/import-plan/choices.ts';
import { withEdit, withKnown, withMerge, withOwnDevices } from './edit-choices.ts';

it('gives all but the first recording of a device a device of its own', () => {
  const recordings = ['a', 'b', 'c'].map((key) => ({ key, device: 'intan1' }));
  const choices = withOwnDevices(noChoices, [...recordings, { key: 'x', device: 'blackrock1' }]);
  expect(choices.recordings).toEqual({ b: { device: 'intan1_2' }, c: { device: 'intan1_3' } });
});

it('keeps what was said of recordings that are still there', () => {
  const said = withEdit(withMerge({ ...noChoices, exclude: ['c', 'gone'] }, ['a', 'gone']), ['a', 'gone'], {
    device: 'array',
  });
  expect(withKnown(said, [{ key: 'a' }, { key: 'c' }])).toEqual({
    ...{ ...noChoices, exclude: ['c'] },
    recordings: { a: { device: 'array' } },
  });
});
