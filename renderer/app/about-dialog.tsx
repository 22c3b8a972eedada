import { CopyButton, Button } from '@mantine/core';
import type { About } from '../../shared/contract/application.ts';
import { Logo } from '../components/logo.tsx';
import { modals } from '../components/modals.ts';
import { client } from '../state/client.ts';
import { showError } from '../state/messages.ts';
import { t } from '../texts/translate.ts';

/** Name, version and surroundings of the application, with a button that copies them for a report. */
export async function showAbout(): Promise<void> {
  try {
    const about = await client.application.about();
    modals.open({
      title: t('About NDI Desktop'),
      closeButtonProps: { 'aria-label': t('Close') },
      children: <AboutText about={about} />,
    });
  } catch (thrown) {
    showError(thrown);
  }
}

function AboutText({ about }: { readonly about: About }) {
  const doors = { desktop: t('desktop'), web: t('web door'), cli: t('command line') };
  const rows = [
    [t('Version'), about.version],
    [t('Door'), doors[about.door]],
    [t('System'), about.platform],
    [t('Node'), about.node],
    [
      t('Page'),
      navigator.userAgent.match(/Chrom\w+\/[\d.]+|Firefox\/[\d.]+|Version\/[\d.]+/)?.[0] ?? navigator.userAgent,
    ],
    [t('Own folder'), about.homeFolder],
  ];
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
        <Logo size={40} />
        <div>
          <strong translate="no">{about.name}</strong>
          <div>{t('The Neuroscience Data Interface as a desktop application')}</div>
        </div>
      </div>
      <table>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" style={{ textAlign: 'left', fontWeight: 400, paddingRight: 16, verticalAlign: 'top' }}>
                {name}
              </th>
              <td style={{ overflowWrap: 'anywhere' }} translate="no">
                {value}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <CopyButton value={rows.map((row) => row.join(': ')).join('\n')}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} style={{ justifySelf: 'start' }}>
            {copied ? t('Copied') : t('Copy for a report')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
