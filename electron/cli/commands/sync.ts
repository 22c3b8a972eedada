import type { Converted, RulePreview, SyncGraphInfo, SyncRuleInfo } from '../../../shared/contract/sync.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { describeProblems } from '../describe.ts';
import { parsePlace } from '../clock-place.ts';
import type { Command } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { facts, formatNumber, sections, table } from '../tables.ts';

export const syncGraph: Command<SessionOptions & { readonly derived?: boolean }> = async (
  run,
  [path = ''],
  options,
) => {
  const request = { ...placeOf(run, path, options), derived: options.derived === true };
  const value = await run.callLong('Relating clocks', (client, signal) => client.sync.graph(request, { signal }));
  return { value, text: () => describeGraph(value) };
};

function describeGraph(graph: SyncGraphInfo): string {
  // Within an epoch clocks are related anyway, and every rule's edge goes both ways: people look for the links.
  const links = graph.edges.filter(({ kind, from, to }) => kind !== 'sameEpoch' && from < to);
  return sections(
    graph.nodes.length === 0
      ? 'The session has no epochs.'
      : table(
          ['Device', 'Epoch', 'Clock', 'From (s)', 'To (s)'],
          graph.nodes.map(({ device, epochId, clock, t0, t1 }) => [device, epochId, clock, t0 ?? '', t1 ?? '']),
        ),
    links.length === 0
      ? ''
      : table(
          ['From', 'To', 'By', 'Cost', 'Scale', 'Shift (s)', 'Residual (s)'],
          links.map(({ from, to, rule, kind, cost, mapping, residualMaxSec }) => [
            from,
            to,
            rule ?? kind,
            cost,
            String(mapping.at(-2) ?? 0),
            mapping.at(-1) ?? 0,
            residualMaxSec === null ? '' : String(residualMaxSec),
          ]),
        ),
    graph.rules.length === 0 ? 'The session has no sync rules.' : describeRules(graph.rules),
    describeProblems(graph.problems),
  );
}

interface ConvertOptions extends SessionOptions {
  readonly time: number;
  readonly from: string;
  readonly to: string;
}

export const convertTime: Command<ConvertOptions> = async (run, [path = ''], options) => {
  const [from, to] = [parsePlace(options.from), parsePlace(options.to)];
  const request = { ...placeOf(run, path, options), time: options.time, from, to };
  const value = await run.callLong('Converting', (client, signal) => client.sync.convert(request, { signal }));
  return { value, text: () => describeConverted(value) };
};

function describeConverted(value: Converted): string {
  return sections(
    facts([
      // A time is given to the last digit: it is to be used, not only to be read.
      ['Time', `${value.time} s`],
      ['On', `${value.device} / ${value.epochId} / ${value.clock}`],
      ['Nearest sample', value.sample ?? ''],
      ['May be off by', value.errorSec === null ? 'not known' : `${value.errorSec} s`],
      ['Cost', value.cost],
      ['Note', describeBeyond(value)],
    ]),
    value.path.length === 0
      ? ''
      : table(
          ['From', 'To', 'By', 'Time there is', 'Cost'],
          value.path.map(({ from, to, rule, kind, mapping, cost }) => [
            from,
            to,
            rule ?? kind,
            mapping.length === 2 ? `${mapping[0]} x time + ${mapping[1]}` : mapping.join(' '),
            cost,
          ]),
        ),
  );
}

function describeBeyond({ withinSource, within }: Converted): string {
  if (withinSource && within) return '';
  return withinSource
    ? 'The time lies outside the epoch that it comes to.'
    : 'The time lies outside the epoch that it is asked from.';
}

interface RuleOptions extends SessionOptions {
  readonly add?: string;
  readonly preview?: string;
  readonly parameters?: string;
  readonly remove?: string;
  readonly saveMappings?: boolean;
}

export const syncRules: Command<RuleOptions> = async (run, [path = ''], options) => {
  const place = placeOf(run, path, options);
  const parameters = parseParameters(options.parameters);
  if (options.preview !== undefined) {
    const rule = { class: options.preview, parameters };
    const value = await run.callLong('Trying the rule', (client, signal) =>
      client.sync.preview({ ...place, rule }, { signal }),
    );
    return { value, text: () => describePreview(value) };
  }
  if (options.saveMappings === true) {
    const value = await run.callLong('Relating clocks', (client, signal) =>
      client.sync.saveMappings(place, { signal }),
    );
    return {
      value,
      text: () => sections(`Stored ${formatNumber(value.saved)} time mappings.`, describeProblems(value.notSaved)),
    };
  }
  const value = await run.callLong('Relating clocks', (client, signal) => {
    if (options.add !== undefined)
      return client.sync.addRule({ ...place, rule: { class: options.add, parameters } }, { signal });
    if (options.remove !== undefined) return client.sync.removeRule({ ...place, id: options.remove }, { signal });
    return client.sync.rules(place, { signal });
  });
  return { value, text: () => (value.length === 0 ? 'The session has no sync rules.' : describeRules(value)) };
};

function parseParameters(text = '{}'): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new NdiError({
    code: 'usage.invalid',
    message: 'The parameters of a rule are a JSON object.',
    recovery: 'Write, for example, --parameters \'{"number_fullpath_matches": 1}\'.',
  });
}

function describeRules(rules: readonly SyncRuleInfo[]): string {
  return table(
    ['Rule', 'Relates', 'Parameters', 'Id'],
    rules.map(({ name, links, reason, parameters, id }) => [
      name,
      links === 0 ? `nothing: ${reason ?? ''}` : `${links} pairs of epochs`,
      JSON.stringify(parameters),
      id,
    ]),
  );
}

function describePreview({ rule, links, linksNotShown }: RulePreview): string {
  if (links.length === 0) return `The rule ${rule.name} would relate nothing. ${rule.reason ?? ''}`;
  return sections(
    table(
      ['First', 'Second', 'Scale', 'Shift (s)', 'Residual (s)', 'Drift (ppm)', 'Note'],
      links.map(({ a, b, fit, reason }) => [
        `${a.device}/${a.epochId}`,
        `${b.device}/${b.epochId}`,
        fit === null ? '' : String(fit.mapping.at(-2) ?? 0),
        fit === null ? '' : (fit.mapping.at(-1) ?? 0),
        String(fit?.residualMaxSec ?? ''),
        fit?.driftPpm ?? '',
        reason ?? describeJumps(fit),
      ]),
    ),
    linksNotShown > 0 ? `${linksNotShown} more pairs are not shown.` : '',
  );
}

function describeJumps(fit: RulePreview['links'][number]['fit']): string {
  const jumps = fit?.jumps ?? [];
  return jumps
    .map(({ seconds, afterSec }) => `jumps ${formatNumber(seconds)} s after ${formatNumber(afterSec)} s`)
    .join(', ');
}
