import { IconWaveSine } from '@tabler/icons-react';
import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import { CommandButton } from '../../../components/command-button.tsx';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { useRevision } from '../../../state/edits.ts';
import { openElementSignals } from '../../../state/element-signals.ts';
import { useItem } from '../../../state/items.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';

interface SignalsButtonProps {
  readonly path: string;
  readonly summary: DocumentDetail['summary'];
}

/** Opens the first epoch of the element that a document describes; nothing where it has none. */
export function SignalsButton({ path, summary }: SignalsButtonProps) {
  const kind = useItem(path).info?.kind;
  const place = kind === 'dataset' ? { path, sessionId: summary.sessionId } : { path };
  const key = ['signals of a document', path, kind, summary.id, useRevision(path)].join('\n');
  const answer = useAnswer(key, async (signal) =>
    kind === undefined ? [] : client.elements.list({ ...place, element: summary.id }, { signal }),
  );
  // Where its epochs cannot be told, the session's page says why.
  const element = answer.value?.[0];
  if (element === undefined || element.epochs.length === 0) return null;
  return <Offered onOpen={() => openElementSignals(place, element)} />;
}

/** Apart, so that the command is bound only while there is something to show. */
function Offered({ onOpen }: { readonly onOpen: () => void }) {
  useCommand('documents.signals', onOpen);
  return (
    <CommandButton
      command="documents.signals"
      icon={<IconWaveSine size={16} aria-hidden />}
      label={t('Show its signals')}
      variant="default"
    />
  );
}
