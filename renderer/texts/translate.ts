import { createInstance, type FormatterModule } from 'i18next';
import { toPseudo } from './pseudo.ts';

export type Language = 'en' | 'pseudo';

/** Values for the placeholders of a text. Numbers are written as the locale writes them. */
export type TextValues = Readonly<Record<string, string | number>>;

/**
 * The translator. Its keys are the English sentences themselves: a text that no translation names shows as written.
 * `renderer/app` watches it for changes of language and draws the whole page anew.
 */
export const texts = createInstance();

/** Writes every number in a text as the locale does. */
const numbersByLocale: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown) => (typeof value === 'number' ? formatNumber(value) : String(value)),
};

void texts.use(numbersByLocale).init({
  lng: 'en',
  fallbackLng: false,
  resources: { en: {}, pseudo: {} },
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, alwaysFormat: true },
});

export function currentLanguage(): Language {
  return texts.language === 'pseudo' ? 'pseudo' : 'en';
}

export async function setLanguage(language: Language): Promise<void> {
  if (language !== currentLanguage()) await texts.changeLanguage(language);
}

/** The text in the current language: `t('Opened {{name}}', { name })`. Every visible text goes through here. */
export function t(text: string, values: TextValues = {}): string {
  return texts.t(text, { ...values, defaultValue: inLanguage(text) });
}

/** A text that depends on a number: `plural(3, '{{count}} document', '{{count}} documents')`. */
export function plural(count: number, one: string, many: string, values: TextValues = {}): string {
  return texts.t(many, {
    ...values,
    count,
    defaultValue_one: inLanguage(one),
    defaultValue_other: inLanguage(many),
  });
}

function inLanguage(english: string): string {
  return currentLanguage() === 'pseudo' ? toPseudo(english) : english;
}

/** The locale for numbers and dates: the system's own, since only the words are translated. */
const locale = typeof navigator === 'undefined' ? 'en' : navigator.language;

const plainNumbers = new Intl.NumberFormat(locale, { maximumSignificantDigits: 15, useGrouping: true });

/** A number with the locale's signs; `digits` limits the digits after the decimal sign. */
export function formatNumber(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  if (digits === undefined) return plainNumbers.format(value);
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
}

/** A span or a time in seconds with the unit that fits: `320 µs`, `12.5 ms`, `3.20 s`, `4 min 05 s`, `2 h 03 min`. */
export function formatSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  if (!Number.isFinite(seconds)) return formatNumber(seconds);
  if (size === 0) return `${formatNumber(0)} s`;
  if (size < 0.9995e-3) return `${significant(seconds * 1e6)} µs`;
  if (size < 0.9995) return `${significant(seconds * 1e3)} ms`;
  if (size < 59.95) return `${significant(seconds)} s`;
  const sign = seconds < 0 ? '−' : '';
  const whole = Math.round(size);
  if (whole < 3600) return `${sign}${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  const minutes = Math.round(size / 60);
  return `${sign}${formatNumber(Math.floor(minutes / 60))} h ${twoDigits(minutes % 60)} min`;
}

const threeDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });

function significant(value: number): string {
  return threeDigits.format(value);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A number of bytes in decimal units, as drives and systems count them: `3.2 GB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return formatNumber(bytes);
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? formatNumber(value) : significant(value)} ${BYTE_UNITS[unit] ?? ''}`;
}

/** Date and time of an ISO 8601 stamp (or NDI's datestamp); the text itself where it is none. */
export function formatDate(stamp: string): string {
  const date = new Date(stamp);
  if (Number.isNaN(date.getTime())) return stamp;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
