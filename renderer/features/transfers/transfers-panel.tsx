import { Checkbox, Select } from '@mantine/core';
import { EmptyState } from '../../components/empty-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { TransferLine } from '../../components/transfers/transfer-line.tsx';
import { keepTransfersToNetwork, limitTransfers, useFollowedTransfers } from '../../state/transfers.ts';
import { formatBytes, plural, t } from '../../texts/translate.ts';

const MEGABYTE = 1_000_000;
const limits = [0.5, 1, 2, 5, 10, 50].map((megabytes) => megabytes * MEGABYTE);

/** All transfers with NDI Cloud: those that run, those that wait, and how those of the last month ended. */
export function TransfersPanel() {
  const { transfers, limit, keptToNetwork } = useFollowedTransfers();
  if (transfers === null) return <LoadingState what={t('Reading the list of transfers…')} lines={3} />;
  const running = transfers.filter(({ state }) => state === 'running').length;
  return (
    <>
      <Toolbar label={t('Transfers')}>
        <span role="status">
          {running === 0
            ? t('No transfer is running')
            : plural(running, '{{count}} transfer is running', '{{count}} transfers are running')}
        </span>
        <ToolbarSpace />
        <Checkbox
          label={t('Only on this network')}
          title={t('Transfers wait while this computer uses another network; until the application is closed.')}
          checked={keptToNetwork}
          onChange={(event) => void keepTransfersToNetwork(event.currentTarget.checked)}
        />
        <Select
          aria-label={t('Greatest speed of all transfers together')}
          data={[
            { value: '', label: t('As fast as possible') },
            ...limits.map((bytes) => ({
              value: String(bytes),
              label: t('At most {{rate}} a second', { rate: formatBytes(bytes) }),
            })),
          ]}
          value={limit === null ? '' : String(limit)}
          onChange={(value) => void limitTransfers(value === null || value === '' ? null : Number(value))}
          allowDeselect={false}
          w={220}
        />
      </Toolbar>
      {transfers.length === 0 ? (
        <EmptyState title={t('Nothing has been sent or fetched yet. Uploads, downloads and syncs show here.')} />
      ) : (
        <ul style={{ padding: 0, margin: 0, overflow: 'auto' }}>
          {transfers.toReversed().map((transfer) => (
            <TransferLine key={transfer.id} transfer={transfer} />
          ))}
        </ul>
      )}
    </>
  );
}
