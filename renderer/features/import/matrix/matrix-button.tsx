import { Button } from '@mantine/core';
import { modals } from '../../../components/modals.ts';
import { client } from '../../../state/client.ts';
import { showError } from '../../../state/messages.ts';
import { t } from '../../../texts/translate.ts';
import { MatrixForm, say } from './matrix-form.tsx';
import { useScanAgain } from './scan-again.ts';

interface MatrixButtonProps {
  readonly file: string;
  /** Files of which the same may be said; it may be one of them. */
  readonly alike: readonly string[];
  /** Whether the file is read as a raw matrix already. */
  readonly isMatrix?: boolean;
}

/** Reads a file as bare samples, whatever it was taken for; or changes what was said of it. */
export function MatrixButton({ file, alike, isMatrix = false }: MatrixButtonProps) {
  const again = useScanAgain();
  const others = () => alike.filter((one) => one !== file);
  const ask = async () => {
    try {
      const known = await client.imports.matrix({ file });
      const modal = modals.open({
        title: t('Read as a raw matrix'),
        size: 'xl',
        closeButtonProps: { 'aria-label': t('Close') },
        children: <MatrixForm known={known} others={others()} onDone={again} onClose={() => modals.close(modal)} />,
      });
    } catch (thrown) {
      showError(thrown);
    }
  };
  const forget = async () => {
    try {
      await say([file, ...others()], null, again);
    } catch (thrown) {
      showError(thrown);
    }
  };
  return (
    <>
      <Button variant="default" size="compact-xs" onClick={() => void ask()}>
        {isMatrix ? t('Change what is said of it…') : t('Read as a raw matrix…')}
      </Button>
      {isMatrix && (
        <Button variant="subtle" size="compact-xs" onClick={() => void forget()}>
          {t('Take the description away')}
        </Button>
      )}
    </>
  );
}
