import type { CopyResult, MemberContent } from '../../../shared/contract/datasets.ts';
import type { DatasetInfo } from '../../../shared/contract/sessions.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { describeItem } from '../describe.ts';
import type { Answer, Command, Run } from '../run.ts';
import { placeOf } from '../session-place.ts';
import { facts, formatBytes, sections, table } from '../tables.ts';
import { readCondition } from '../query-option.ts';

interface DatasetOptions {
  readonly ingest?: boolean;
  readonly session?: string;
  readonly yes?: boolean;
  readonly unchecked?: boolean;
}

export const dataset: Command<DatasetOptions> = async (run, [action = '', path = '', session = ''], options) => {
  const folder = run.path(path);
  if (action === 'list') return listSessions(run, folder);
  if (session === '') throw sessionMissing(action);
  switch (action) {
    case 'add':
      return asInfo(
        await run.callLong('Adding a session', (client) =>
          client.datasets.add({
            path: folder,
            session: run.path(session),
            ingest: options.ingest === true,
            unchecked: options.unchecked === true,
            ...(options.session === undefined ? {} : { sessionId: options.session }),
          }),
        ),
      );
    case 'convert':
      return asInfo(
        await run.callLong('Taking a session in', (client) =>
          client.datasets.convert({ path: folder, sessionId: session, unchecked: options.unchecked === true }),
        ),
      );
    default:
      return removeSession(run, folder, session, options.yes === true);
  }
};

async function listSessions(run: Run, path: string): Promise<Answer> {
  const info = await run.call((client, signal) => client.items.info({ path }, { signal }));
  if (info.kind !== 'dataset') {
    throw new NdiError({
      code: 'session.invalid',
      message: `${path} holds no dataset.`,
      recovery: 'Choose the folder of a dataset, or make one with “create --dataset”.',
      details: { path },
    });
  }
  const { sessions } = info;
  return {
    value: { sessions },
    text: () =>
      sessions.length === 0
        ? 'No sessions.'
        : table(
            ['Session', 'Kept', 'Documents', 'Id', 'Folder'],
            sessions.map((one) => [one.reference, one.linked ? 'linked' : 'inside', one.documents, one.id, one.path]),
          ),
  };
}

async function removeSession(run: Run, path: string, sessionId: string, yes: boolean): Promise<Answer> {
  const content = await run.call((client) => client.datasets.content({ path, sessionId }));
  if (!content.linked && !yes) throw consequence(content);
  const info = await run.callLong('Removing a session', (client) =>
    client.datasets.remove({ path, sessionId, deleteDocuments: yes }),
  );
  return { value: { ...info, removed: content }, text: () => describeItem(info) };
}

function asInfo(info: DatasetInfo): Answer {
  return { value: info, text: () => describeItem(info) };
}

function consequence(content: MemberContent): NdiError {
  const { reference, documents, files, sizeBytes, dependentsElsewhere } = content;
  const others = dependentsElsewhere === 0 ? '' : ` ${dependentsElsewhere} documents of other sessions depend on them.`;
  return new NdiError({
    code: 'usage.invalid',
    message: `The dataset holds "${reference}" itself: removing it deletes ${documents} documents and ${files} files (${formatBytes(sizeBytes)}).${others}`,
    recovery: 'Add --yes if you mean it; “ndi copy” keeps a copy elsewhere. Nothing was changed.',
    details: { documents, files, sizeBytes, dependentsElsewhere },
  });
}

function sessionMissing(action: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `“dataset ${action}” needs to know which session.`,
    recovery: action === 'add' ? 'Name the folder of the session.' : 'Name the id of the session: “ndi dataset list”.',
  });
}

interface CopyOptions {
  readonly session?: string;
  readonly where?: string;
  readonly newIds?: boolean;
  readonly withoutFiles?: boolean;
  readonly unchecked?: boolean;
}

export const copy: Command<CopyOptions> = async (run, [path = '', dest = ''], options) => {
  const where = options.where === undefined ? undefined : await readCondition(options.where);
  const value = await run.callLong('Copying', (client, signal) =>
    client.copies.copy(
      {
        ...placeOf(run, path, options),
        to: run.path(dest),
        newIds: options.newIds === true,
        withoutFiles: options.withoutFiles === true,
        unchecked: options.unchecked === true,
        ...(where === undefined ? {} : { where }),
      },
      { signal },
    ),
  );
  return { value, text: () => describeCopy(value) };
};

function describeCopy({ path, kind, id, documents, files, sizeBytes, problems }: CopyResult): string {
  return sections(
    facts([
      [kind === 'dataset' ? 'Dataset' : 'Session', id],
      ['Path', path],
      ['Documents', documents],
      ['Files', files],
      ['Size', formatBytes(sizeBytes)],
    ]),
    problems.length === 0
      ? ''
      : table(
          ['Document', 'Class', 'Field', 'Rule that it breaks'],
          problems.map((one) => [one.id, one.class, one.field, one.rule]),
        ),
  );
}
