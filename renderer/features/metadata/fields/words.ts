import type { FormField } from '../../../../shared/contract/forms.ts';
import { t } from '../../../texts/translate.ts';
import type { FieldFault } from './field-text.ts';

/** A field's name for people: `local_identifier` and `virusLocation_name` become words. */
export function labelOf(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[\s_]+/)
    .filter((word) => word !== '')
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()))
    .map((word) => (word === 'id' ? 'ID' : word));
  const sentence = words.join(' ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A dependency's name without what says that it is one: `subject_id` becomes `Subject`. */
export function dependencyLabel(name: string): string {
  return labelOf(name.replace(/_id$/, ''));
}

export function faultText(fault: FieldFault): string {
  switch (fault) {
    case 'number':
      return t('Write a number, such as 12.5.');
    case 'whole':
      return t('Write a whole number.');
    case 'matrix':
      return t('Write numbers with spaces between them, and a ; between rows of equal length.');
    case 'json':
      return t('It is not JSON yet.');
  }
}

/** What may be written into a field, in a few words. */
export function kindText({ type, min, max, maxLength, term }: FormField): string {
  if (term === 'list') return t('terms, with commas between them');
  if (term === 'one') return t('a term');
  switch (type) {
    case 'integer':
      return rangeText(t('a whole number'), min, max);
    case 'double':
      return rangeText(t('a number'), min, max);
    case 'matrix':
      return t('numbers');
    case 'timestamp':
      return t('date and time, such as 2025-12-31T23:59:59Z');
    case 'did_uid':
      return t('an id');
    case 'structure':
    case 'cell':
      return t('JSON');
    default:
      return maxLength === null ? t('text') : t('text of at most {{count}} characters', { count: maxLength });
  }
}

function rangeText(what: string, min: number | null, max: number | null): string {
  if (min !== null && max !== null) return t('{{what}} from {{min}} to {{max}}', { what, min, max });
  if (min !== null) return t('{{what}}, {{min}} or more', { what, min });
  return max === null ? what : t('{{what}}, {{max}} or less', { what, max });
}
