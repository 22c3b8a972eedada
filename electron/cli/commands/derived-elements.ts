import type { DerivationPlan, DerivationRequest } from '../../../shared/contract/derived-elements.ts';
import type { Answer, Command, Run } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { facts, formatBytes, sections } from '../tables.ts';

interface Options extends SessionOptions {
  readonly name: string;
  readonly reference: number;
  readonly dryRun?: true;
}

export const downsample: Command<Options & { readonly factor: number }> = (run, [path = '', element = ''], options) =>
  derive(run, path, element, options, { kind: 'downsample', factor: options.factor });

export const oneEpoch: Command<Options> = (run, [path = '', element = ''], options) =>
  derive(run, path, element, options, { kind: 'oneEpoch' });

async function derive(
  run: Run,
  path: string,
  element: string,
  { name, reference, dryRun, ...options }: Options,
  how: DerivationRequest['how'],
): Promise<Answer> {
  const request = { ...placeOf(run, path, options), element, name, reference, how };
  if (dryRun === true) {
    const plan = await run.call((client, signal) => client.derivedElements.plan(request, { signal }));
    return { value: { ids: [], ...plan }, text: () => sections('Nothing was written.', describePlan(plan)) };
  }
  const { ids, plan } = await run.callLong(`Computing ${name} | ${reference}`, (client, signal) =>
    client.derivedElements.make(request, { signal }),
  );
  const outcome =
    ids.length === 0 ? `${plan.to} has all epochs of ${plan.from} already.` : `Wrote ${ids.length} documents.`;
  return { value: { ids, ...plan }, text: () => sections(outcome, describePlan(plan)) };
}

function describePlan(plan: DerivationPlan): string {
  const { fromRate, toRate, leftOut } = plan;
  const rate = fromRate === null ? 'events' : fromRate === toRate ? `${fromRate} Hz` : `${fromRate} Hz → ${toRate} Hz`;
  return facts([
    ['From', plan.from],
    ['To', plan.exists ? `${plan.to} (there already)` : plan.to],
    ['Epochs', `${plan.epochs.length} to compute, ${plan.already} there already`],
    ['Rate', rate],
    ['Columns', String(plan.columns)],
    [fromRate === null ? 'Events' : 'Samples', String(plan.rows)],
    ['Size', formatBytes(plan.sizeBytes)],
    ...(plan.clock === null ? [] : [['Placed by', plan.clock] as [string, string]]),
    ...leftOut.map(({ epochId, reason }): [string, string] => ['Left out', `${epochId}: ${reason}`]),
  ]);
}
