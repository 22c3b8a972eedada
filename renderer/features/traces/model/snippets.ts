import { resolveChannelList } from '../../../../shared/model/channel-list.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { t } from '../../../texts/translate.ts';
import { change, goToSpan, goToTime, showOnly, type TraceStore } from '../trace-store.ts';
import { groupName, groupsOf } from './groups.ts';
import { parseTimeOnClocks } from './other-clocks.ts';
import { bands, parseHertz, references } from './processing.ts';
import { MOST_GAIN } from './settings.ts';
import { parseDuration } from './typed-times.ts';

/** A short command of the trace view: its first word, what follows, and what it does. */
interface Snippet {
  readonly name: string;
  readonly form: string;
  readonly says: () => string;
  /** Does it; false where what follows the word is not understood. @throws NdiError that says why */
  readonly run: (store: TraceStore, rest: string) => boolean;
}

const snippets: readonly Snippet[] = [
  { name: 'g', form: 'g 2', says: () => t('gain'), run: setGain },
  { name: 't', form: 't 12.5 [device]', says: () => t('go to a time, of any clock'), run: setTime },
  { name: 'd', form: 'd 250 ms', says: () => t('visible duration'), run: setDuration },
  {
    name: 'c',
    form: 'c ai1-4 | c shank 1',
    says: () => t('show these channels, or this group, only'),
    run: setChannels,
  },
  { name: 'b', form: 'b spikes | b 300-6000', says: () => t('band'), run: setBand },
  { name: 'r', form: 'r median', says: () => t('reference'), run: setReference },
  { name: 's', form: 's 2', says: () => t('spacing of the lanes'), run: setSpacing },
  { name: 'u', form: 'u cortex_1_3', says: () => t('show or hide units by name; u all, u none'), run: setUnits },
];

/** All of them for people: `g 2 gain · t 12.5 go to a time`. */
export function snippetHelp(): { readonly form: string; readonly says: string }[] {
  return snippets.map(({ form, says }) => ({ form, says: says() }));
}

/** Carries out what was typed. @returns a sentence where it was not understood, else null */
export function runSnippet(store: TraceStore, text: string): string | null {
  const [, word = '', rest = ''] = /^\s*:?\s*(\S+)\s*(.*?)\s*$/.exec(text) ?? [];
  const snippet = snippets.find(({ name }) => name === word.toLowerCase());
  if (snippet === undefined) {
    return t('“{{word}}” is no command. There are: {{names}}.', {
      word,
      names: snippets.map(({ name }) => name).join(', '),
    });
  }
  try {
    return snippet.run(store, rest)
      ? null
      : t('“{{rest}}” is not understood. Write it as: {{form}}', { rest, form: snippet.form });
  } catch (thrown) {
    if (thrown instanceof NdiError) return thrown.message;
    throw thrown;
  }
}

function setGain(store: TraceStore, rest: string): boolean {
  const gain = Number(rest.replace(/^×/, '').replace(',', '.'));
  if (!(gain > 0)) return false;
  change(store, { gain: Math.min(Math.max(gain, 1 / MOST_GAIN), MOST_GAIN) });
  return true;
}

function setTime(store: TraceStore, rest: string): boolean {
  const { source, others } = store.getState();
  const time = parseTimeOnClocks(rest, source.device ?? '', others);
  if (time === undefined) return false;
  goToTime(store, time);
  return true;
}

function setDuration(store: TraceStore, rest: string): boolean {
  const seconds = parseDuration(rest);
  if (seconds === undefined) return false;
  goToSpan(store, seconds);
  return true;
}

function setChannels(store: TraceStore, rest: string): boolean {
  const { info, settings } = store.getState();
  const names = info.channels.map(({ name }) => name);
  const { by } = settings.groups;
  const group = groupsOf(info.channels, settings.groups).find(
    ({ key }) => groupName(by, key).toLowerCase() === rest.toLowerCase(),
  );
  const wanted = group?.channels.map(({ name }) => name) ?? resolveChannelList(rest.replaceAll(/\s+/g, ','), names);
  showOnly(store, names, new Set(wanted));
  return true;
}

function setBand(store: TraceStore, rest: string): boolean {
  const { processing } = store.getState().settings;
  const band = bands.find((one) => one === rest.toLowerCase());
  if (band !== undefined && band !== 'custom') {
    change(store, { processing: { ...processing, band } });
    return true;
  }
  const [, from = '', to = ''] = /^([^-]*)-([^-]*)$/.exec(rest) ?? [];
  const [low, high] = [parseHertz(from), parseHertz(to)];
  if (low === undefined || high === undefined || (low === null && high === null)) return false;
  change(store, { processing: { ...processing, band: 'custom', low, high } });
  return true;
}

function setReference(store: TraceStore, rest: string): boolean {
  const reference = references.find((one) => one === rest.toLowerCase());
  if (reference === undefined) return false;
  change(store, { processing: { ...store.getState().settings.processing, reference } });
  return true;
}

function setSpacing(store: TraceStore, rest: string): boolean {
  const spacing = Number(rest.replace(',', '.'));
  if (!(spacing >= 1 && spacing <= 100)) return false;
  change(store, { spacing });
  return true;
}

function setUnits(store: TraceStore, rest: string): boolean {
  const { units, settings } = store.getState();
  const set = (shown: readonly string[]) => change(store, { units: { ...settings.units, shown: [...shown] } });
  if (rest === 'all' || rest === 'none') {
    set(rest === 'all' ? units.map(({ id }) => id) : []);
    return true;
  }
  const found = units.filter(({ name }) => name.toLowerCase() === rest.toLowerCase());
  if (found.length === 0) return false;
  const shown = new Set(settings.units.shown);
  for (const { id } of found) if (!shown.delete(id)) shown.add(id);
  set([...shown]);
  return true;
}
