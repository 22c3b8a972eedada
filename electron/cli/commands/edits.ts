import type { CallInputs } from '../../../shared/contract/contract.ts';
import { parseJsonTolerant, type JsonObject, type JsonValue } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readGiven, readJsonOrText } from '../read-text.ts';
import type { Answer, Command, Run } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { useTypes } from './types.ts';

interface Options extends SessionOptions {
  readonly cascade?: boolean;
  readonly types?: string;
}

type Edit = CallInputs['edits']['edit']['documents'][number]['edits'][number];

export const add: Command<Options> = async (run, [path = '', file = ''], options) => {
  await useTypes(run, options.types);
  const documents = await readDocuments(run, file);
  const result = await run.callLong('Adding documents', (client, signal) =>
    client.edits.add({ ...placeOf(run, path, options), documents }, { signal }),
  );
  return answer(result.ids, 'Added');
};

export const remove: Command<Options> = async (run, [path = '', id = ''], options) => {
  const request = { ...placeOf(run, path, options), ids: [id], cascade: options.cascade === true };
  const result = await run.call((client, signal) => client.edits.remove(request, { signal }));
  return answer(result.ids, 'Removed');
};

export const edit: Command<Options> = async (run, [path = '', id = '', ...sets], options) => {
  await useTypes(run, options.types);
  const edits = sets.flatMap((set) => readSet(set, (given) => run.path(given)));
  const request = { ...placeOf(run, path, options), documents: [{ id, edits }] };
  const result = await run.call((client, signal) => client.edits.edit(request, { signal }));
  return answer(result.ids, 'Changed');
};

function answer(ids: readonly string[], verb: string): Answer {
  const text = () => [`${verb} ${ids.length === 1 ? '1 document' : `${ids.length} documents`}.`, ...ids].join('\n');
  return { value: { ids }, text };
}

/** One document, or a list of them. */
async function readDocuments(run: Run, file: string): Promise<JsonObject[]> {
  const value = parseGiven(file, await readGiven(run, file));
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    throw new NdiError({
      code: 'document.invalid',
      message: `${named(file)} holds an empty list: there is no document in it.`,
      recovery: 'Give one document as a JSON object, or a list of them.',
    });
  }
  return list.map((item) => {
    if (item !== null && typeof item === 'object' && !Array.isArray(item)) return item;
    throw new NdiError({
      code: 'document.invalid',
      message: `${named(file)} holds something that is no document.`,
      recovery: 'Give one document as a JSON object, or a list of them.',
    });
  });
}

const named = (file: string) => (file === '-' ? 'What was given' : file);

function parseGiven(file: string, text: string): JsonValue {
  try {
    return parseJsonTolerant(text);
  } catch (error) {
    throw new NdiError({
      code: 'document.invalid',
      message: `${named(file)}: ${(error as Error).message}`,
      recovery: 'Correct it there. Nothing was written.',
      cause: error,
    });
  }
}

/** `subject.description="x"`, `depends_on.subject_id=ID`, `files.NAME=PATH`. */
function readSet(given: string, toPath: (given: string) => string): Edit[] {
  const at = given.indexOf('=');
  if (at < 1) {
    throw new NdiError({
      code: 'usage.invalid',
      message: `“${given}” is not of the form FIELD=VALUE.`,
      recovery: 'Write the dotted path of a field, = and its new value: subject.description="x".',
    });
  }
  const [field, value] = [given.slice(0, at), given.slice(at + 1)];
  const [, group = '', name = ''] = /^(depends_on|files)\.(.+)$/.exec(field) ?? [];
  if (group === 'depends_on') return [{ kind: 'dependency', name, value: value === '' ? null : value }];
  if (group !== 'files') return [{ kind: 'set', path: field, value: readJsonOrText(value) }];
  if (value === '') return [{ kind: 'removeFile', name }];
  const location = /^[a-z]+:\/\//i.test(value) ? value : toPath(value);
  return [{ kind: 'addFile', name, location }];
}
