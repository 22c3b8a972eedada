import type { BiologicalSex, DescribedSubject } from '../../../shared/contract/subjects.ts';
import { parseJsonTolerant } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readGiven } from '../read-text.ts';
import type { Command } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { facts, table } from '../tables.ts';

interface SubjectOptions extends SessionOptions {
  readonly species?: string;
  readonly strain?: string;
  readonly sex?: BiologicalSex | '';
}

export const subject: Command<SubjectOptions> = async (run, [path = '', name = ''], options) => {
  const place = { ...placeOf(run, path, options), subject: name };
  const { species, strain, sex } = options;
  const term = (given: string) => (given === '' ? null : { term: given });
  const change = {
    ...(species === undefined ? {} : { species: term(species) }),
    ...(strain === undefined ? {} : { strain: term(strain) }),
    ...(sex === undefined ? {} : { sex: sex === '' ? null : sex }),
  };
  if (Object.keys(change).length > 0) {
    await run.call((client, signal) => client.subjects.set({ ...place, ...change }, { signal }));
  }
  const value = await run.call((client) => client.subjects.describe(place));
  return { value, text: () => describe(value) };
};

function describe({ localIdentifier, description, id, species, strain, sex }: DescribedSubject): string {
  const term = ({ name, term: curie }: DescribedSubject['species']) => (curie === '' ? name : `${name} (${curie})`);
  return facts([
    ['Subject', localIdentifier],
    ['Description', description],
    ['Species', term(species)],
    ['Strain', term(strain)],
    ['Sex', term(sex)],
    ['Id', id],
  ]);
}

interface TreatmentOptions extends SessionOptions {
  readonly subject: string;
  readonly preview?: boolean;
}

export const treatments: Command<TreatmentOptions> = async (run, [path = '', file = ''], options) => {
  const request = {
    ...placeOf(run, path, options),
    ...{ file: run.path(file), subject: options.subject },
  };
  if (options.preview === true) {
    const value = await run.call((client) => client.subjects.previewTreatments(request));
    return {
      value,
      text: () =>
        table(
          ['Row', 'Treatment', 'Term', 'Number', 'Text', 'Belongs to row'],
          value.rows.map((row, at) => [
            ...[at + 1, row.name, row.ontologyName, row.numericValue.join(' '), row.stringValue],
            row.manipulation ?? '',
          ]),
        ),
    };
  }
  const { ids } = await run.call((client) => client.subjects.importTreatments(request));
  return { value: { ids }, text: () => `${ids.length} treatments were stored.` };
};

interface OpenMindsOptions extends SessionOptions {
  readonly about?: 'subject' | 'element' | 'stimulus';
  readonly id?: string;
}

export const openminds: Command<OpenMindsOptions> = async (run, [path = '', file], options) => {
  const { about, id } = options;
  if ((about === undefined) !== (id === undefined)) throw halfAbout();
  if (file === undefined) {
    const { ids } = await run.call((client) => client.metadata.writeOpenMinds({ path: run.path(path) }));
    return { value: { ids }, text: () => `${ids.length} documents were written or replaced.` };
  }
  const objects = parseJsonTolerant(await readGiven(run, file));
  const { ids } = await run.call((client) =>
    client.metadata.addOpenMinds({
      ...{ ...placeOf(run, path, options), objects },
      ...(about === undefined || id === undefined ? {} : { about: { kind: about, id } }),
    }),
  );
  return { value: { ids }, text: () => [`${ids.length} documents were stored.`, ...ids].join('\n') };
};

function halfAbout(): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: 'What the objects are about needs both its kind and its document.',
    recovery: 'Give --about subject, element or stimulus together with --id.',
  });
}
