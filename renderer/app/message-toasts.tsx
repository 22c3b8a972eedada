import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { forgetMessage, useMessages, type Message } from '../state/messages.ts';
import { t } from '../texts/translate.ts';

const COLORS = { info: 'accent', success: 'teal', problem: 'red' } as const;
const SHOWN_FOR_MS = 6000;

/** Shows messages at the edge of the window. A problem stays until it is dismissed. */
export function MessageToasts() {
  const messages = useMessages((state) => state.messages);
  useEffect(() => {
    for (const message of messages) {
      forgetMessage(message.id);
      show(message);
    }
  }, [messages]);
  return null;
}

function show(message: Message): void {
  const hide = () => notifications.hide(message.id);
  notifications.show({
    id: message.id,
    color: COLORS[message.tone],
    title: <span translate="no">{message.title}</span>,
    message: (
      <>
        {message.text !== '' && <p style={{ margin: 0 }}>{message.text}</p>}
        {message.actions.length > 0 && (
          <Group gap={8} mt={8}>
            {message.actions.map((action) => (
              <Button
                key={action.label}
                variant="default"
                onClick={() => {
                  hide();
                  action.run();
                }}
              >
                {action.label}
              </Button>
            ))}
          </Group>
        )}
      </>
    ),
    autoClose: message.tone === 'problem' ? false : SHOWN_FOR_MS,
    closeButtonProps: { 'aria-label': t('Dismiss') },
    role: message.tone === 'problem' ? 'alert' : 'status',
    style: { overflowWrap: 'anywhere' },
  });
}
