import type { PublishState } from '../../../shared/contract/cloud-publish.ts';
import type { Command } from '../run.ts';
import { facts, sections, table } from '../tables.ts';
import { useProfile, type ProfileOption } from './cloud-account.ts';

interface Options extends ProfileOption {
  readonly check?: boolean;
  readonly publish?: boolean;
  readonly unpublish?: boolean;
  readonly branch?: string;
  readonly cite?: 'text' | 'bibtex' | 'ris';
  readonly doiXml?: string;
}

/** Without an option it submits the dataset, which is what everybody may do. */
export const publish: Command<Options> = async (run, [given = ''], options) => {
  await useProfile(run, options);
  const path = run.path(given);
  const { branch, doiXml, cite } = options;
  if (branch !== undefined) {
    const value = await run.call((client, signal) => client.cloudPublish.branch({ path, name: branch }, { signal }));
    return { value, text: () => `Made the branch ${value.cloudDatasetId}.` };
  }
  if (doiXml !== undefined) {
    const value = await run.call((client, signal) =>
      client.cloudPublish.depositXml({ path, email: doiXml }, { signal }),
    );
    return { value, text: () => value.xml };
  }
  const looks = options.check === true || cite !== undefined;
  const act = options.publish === true ? 'publish' : options.unpublish === true ? 'unpublish' : 'submit';
  const value = await run.callLong('Publishing', (client, signal) =>
    looks ? client.cloudPublish.state({ path }, { signal }) : client.cloudPublish.act({ path, act }, { signal }),
  );
  return { value, text: () => (cite === undefined ? describe(value) : value.citation[cite]) };
};

function describe({ name, state, page, doi, checks, citation }: PublishState): string {
  return sections(
    facts([
      ['Dataset', name],
      ['State', state],
      ['Page', page],
      ['DOI', doi],
    ]),
    table(
      ['Check', 'State', 'What'],
      checks.map(({ code, state: found, message }) => [code, found, message]),
    ),
    citation.text,
  );
}
