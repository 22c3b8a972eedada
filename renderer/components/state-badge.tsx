import { Badge } from '@mantine/core';

interface StateBadgeProps {
  readonly tone: 'quiet' | 'good' | 'warn' | 'busy';
  readonly text: string;
  readonly small?: boolean;
}

/** A word on how something stands, in colours whose contrast is enough in light and dark. */
export function StateBadge({ tone, text, small = false }: StateBadgeProps) {
  const look = { quiet: 'gray', good: 'green', warn: 'yellow', busy: 'blue' }[tone];
  const warns = tone === 'warn' ? { c: 'var(--ndi-warn)', bg: 'var(--ndi-warn-soft)' } : {};
  return (
    <Badge variant="light" color={look} tt="none" size={small ? 'sm' : 'md'} {...warns}>
      {text}
    </Badge>
  );
}
