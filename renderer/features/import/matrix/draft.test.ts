import { expect, it } from 'vitest';
import { acceptDraft, descriptionOf, draftOf, emptyDraft, wrongFields } from './draft.ts';

it('a draft is a description once nothing is missing or wrong', () => {
  expect(descriptionOf(emptyDraft)).toBeNull();
  expect([...wrongFields(emptyDraft)]).toEqual([]);
  const whole = descriptionOf({ ...emptyDraft, channels: 4, sampleRate: 30_000 });
  expect(whole).toMatchObject({ format: 'binary-matrix', channels: 4, sampleRate: 30_000, gain: 1 });
  expect([...wrongFields({ ...emptyDraft, channels: 1.5, gain: 0 })].sort()).toEqual(['channels', 'gain']);
  expect(whole === null ? null : draftOf(whole)).toEqual({ ...emptyDraft, channels: 4, sampleRate: 30_000 });
  expect(acceptDraft({ ...emptyDraft, channels: 4, sampleRate: 30_000 })).toMatchObject({ channels: 4 });
  expect(acceptDraft({ channels: 4 })).toBeUndefined();
});
