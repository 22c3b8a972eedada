import { ownValue } from './own-value.ts';

/** Licences of datasets: SPDX id, canonical address, and the other names under which they are found. */
const licences: readonly { readonly id: string; readonly url: string; readonly names: readonly string[] }[] = [
  {
    id: 'CC0-1.0',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    names: ['cc0', 'cc0_1_0', 'creative commons zero v1.0 universal', 'creative commons cc0 1.0 universal'],
  },
  ...(['BY', 'BY-SA', 'BY-NC', 'BY-NC-SA', 'BY-ND', 'BY-NC-ND'] as const).map((kind) => ({
    id: `CC-${kind}-4.0`,
    url: `https://creativecommons.org/licenses/${kind.toLowerCase()}/4.0/`,
    names: [
      // openMINDS spells them in one word: ccByNcSa4_0.
      `cc${kind.replaceAll('-', '')}4_0`.toLowerCase(),
      `cc ${kind.replaceAll('-', ' ')} 4.0`.toLowerCase(),
      fullName(kind).toLowerCase(),
      ...(kind === 'BY' ? ['creative commons attribution 4.0 international', 'cc-by', 'cc by'] : []),
    ],
  })),
  { id: 'ODbL-1.0', url: 'https://opendatacommons.org/licenses/odbl/1-0/', names: ['open database license', 'odbl'] },
  { id: 'PDDL-1.0', url: 'https://opendatacommons.org/licenses/pddl/1-0/', names: ['pddl'] },
];

function fullName(kind: string): string {
  const words: Record<string, string> = {
    BY: 'Attribution',
    NC: 'NonCommercial',
    SA: 'ShareAlike',
    ND: 'NoDerivatives',
  };
  return `Creative Commons ${kind
    .split('-')
    .map((part) => ownValue(words, part) ?? part)
    .join('-')} 4.0 International`;
}

/** The licence of a name, however it is spelled; null for one that is not known. */
export function findLicence(given: string): { id: string; url: string } | null {
  const wanted = given.trim().toLowerCase().replace(/\/?$/, '');
  if (wanted === '') return null;
  const found = licences.find(({ id, url, names }) => {
    return (
      id.toLowerCase() === wanted ||
      url.replace(/\/$/, '') === wanted.replace(/^http:/, 'https:') ||
      names.includes(wanted)
    );
  });
  return found === undefined ? null : { id: found.id, url: found.url };
}
