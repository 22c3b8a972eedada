import { Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { Converted, SyncNode } from '../../../shared/contract/sync.ts';
import { client } from '../../state/client.ts';
import type { Place } from '../../state/place.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import { formula, nodeText, secondsText } from './words.ts';
import classes from './sync-graph.module.css';

interface ConverterProps {
  readonly session: Place;
  readonly nodes: readonly SyncNode[];
  readonly from: string;
  readonly to: string;
  readonly onFrom: (id: string) => void;
  readonly onTo: (id: string) => void;
  /** Told the nodes of the path, so that it lights up. */
  readonly onPath: (ids: readonly string[]) => void;
}

/** Which of the two fields was typed into last. */
interface Typed {
  readonly side: 'from' | 'to';
  readonly text: string;
}

type Outcome = { readonly other: string; readonly converted: Converted } | { readonly message: string };

/** A time on two clocks: what is typed into either field appears in the other, with the path between them. */
export function Converter({ session, nodes, from, to, onFrom, onTo, onPath }: ConverterProps) {
  const [typed, setTyped] = useState<Typed>({ side: 'from', text: '0' });
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { side, text } = typed;
  const { path, sessionId } = session;
  useEffect(() => {
    const time = text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'));
    const ends = side === 'from' ? [from, to] : [to, from];
    const [source, target] = ends.map((id) => nodes.find((node) => node.id === id));
    const controller = new AbortController();
    const ask = async (): Promise<Outcome> => {
      if (!Number.isFinite(time)) return { message: t('Type a time in seconds.') };
      if (source === undefined || target === undefined) return { message: t('Choose two clocks.') };
      const place = { path, ...(sessionId === undefined ? {} : { sessionId }) };
      const request = { ...place, time, from: placeOf(source), to: placeOf(target) };
      const converted = await client.sync.convert(request, { signal: controller.signal });
      return { other: String(converted.time), converted };
    };
    ask().then(
      (found) => {
        if (controller.signal.aborted) return;
        setOutcome(found);
        const hops = 'converted' in found ? found.converted.path : [];
        onPath(hops.flatMap((hop) => [hop.from, hop.to]));
      },
      (thrown: unknown) => {
        if (controller.signal.aborted) return;
        setOutcome({ message: toNdiError(thrown).message });
        onPath([]);
      },
    );
    return () => controller.abort();
  }, [from, to, side, text, nodes, path, sessionId, onPath]);
  const other = outcome !== null && 'other' in outcome ? outcome.other : '';
  const options = nodes.map((node) => ({ value: node.id, label: nodeText(node) }));
  return (
    <section aria-label={t('Convert a time')}>
      <h2>{t('Convert a time')}</h2>
      <div className={classes.fields}>
        <Select
          label={t('From')}
          data={options}
          value={from}
          onChange={(id) => id !== null && onFrom(id)}
          searchable
          limit={100}
        />
        <TextInput
          label={t('Time there (s)')}
          value={side === 'from' ? text : other}
          onChange={(event) => setTyped({ side: 'from', text: event.currentTarget.value })}
        />
        <Select
          label={t('To')}
          data={options}
          value={to}
          onChange={(id) => id !== null && onTo(id)}
          searchable
          limit={100}
        />
        <TextInput
          label={t('Time there (s)')}
          value={side === 'to' ? text : other}
          onChange={(event) => setTyped({ side: 'to', text: event.currentTarget.value })}
        />
      </div>
      <div role="status">
        {outcome !== null &&
          ('message' in outcome ? <p className={classes.bad}>{outcome.message}</p> : <Path of={outcome.converted} />)}
      </div>
    </section>
  );
}

function Path({ of }: { readonly of: Converted }) {
  return (
    <>
      <ol className={classes.hops}>
        {of.path.map((hop) => (
          <li key={`${hop.from} ${hop.to}`}>
            {hop.rule ?? kindText(hop.kind)}: <span translate="no">{formula(hop.mapping)}</span>
            {hop.errorSec !== null && hop.errorSec > 0 && ` ± ${secondsText(hop.errorSec)}`}
          </li>
        ))}
      </ol>
      <p className={classes.quiet}>
        {t('Cost {{cost}}', { cost: of.cost })}
        {', '}
        {of.errorSec === null
          ? t('error not known')
          : t('may be off by {{error}}', { error: secondsText(of.errorSec) })}
        {of.sample !== null && t(', nearest sample {{sample}}', { sample: formatNumber(of.sample) })}
      </p>
      {!of.within && <p className={classes.bad}>{t('The time lies outside the epoch that it comes to.')}</p>}
      {!of.withinSource && <p className={classes.bad}>{t('The time lies outside the epoch that it is asked from.')}</p>}
    </>
  );
}

function kindText(kind: Converted['path'][number]['kind']): string {
  switch (kind) {
    case 'sameEpoch':
      return t('within the epoch');
    case 'underlying':
      return t('recorded by');
    case 'equalClock':
      return t('equal clocks');
    case 'rule':
      return t('sync rule');
  }
}

function placeOf({ device, epochId, clock }: SyncNode) {
  return { device, epoch: epochId, clock };
}
