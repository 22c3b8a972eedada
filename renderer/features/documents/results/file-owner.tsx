import { Button } from '@mantine/core';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';

interface FileOwnerProps {
  readonly path: string;
  /** What may be the id of a stored file. */
  readonly uid: string;
  readonly onPick: (id: string) => void;
}

/** The document of a stored file, for somebody who looks for the name that it has in the file store. */
export function FileOwner({ path, uid, onPick }: FileOwnerProps) {
  const answer = useAnswer(JSON.stringify(['owner', path, uid]), (signal) =>
    client.objects.ownerOfFile({ path, uid }, { signal }),
  );
  const owner = answer.value ?? null;
  if (owner === null) return null;
  return (
    <Button variant="default" onClick={() => onPick(owner.document.id)}>
      {t('It is the file {{name}} of a document of class {{class}}: show it', {
        name: owner.name,
        class: owner.document.class,
      })}
    </Button>
  );
}
