import type { PatternField } from '../../../../shared/model/import-pattern/pattern.ts';
import { t } from '../../../texts/translate.ts';

export function fieldTitle(field: PatternField): string {
  switch (field) {
    case 'subject':
      return t('Subject');
    case 'session':
      return t('Session');
    case 'date':
      return t('Date');
    case 'epoch':
      return t('Epoch');
  }
}
