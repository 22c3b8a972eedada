import { describe, expect, it } from 'vitest';
import { reportPage } from './report-page.ts';

const report = {
  what: 'The data process has stopped',
  facts: { Version: '0.1.0', 'Exit code': '134' },
  details: 'out of <memory> & "more"',
  theme: 'light',
} as const;

describe('reportPage', () => {
  it('says what died, with the facts and a way back', () => {
    const page = reportPage(report);
    expect(page).toContain('<h1>The data process has stopped</h1>');
    expect(page).toContain('<dt>Exit code</dt><dd>134</dd>');
    expect(page).toContain('<a href="/">Start again</a>');
  });

  it('shows last words as text, never as markup, and runs no script', () => {
    const page = reportPage({ ...report, details: '</pre><script>alert(1)</script>' });
    expect(page).not.toContain('<script');
    expect(page).toContain('&#60;script&#62;');
  });

  it('follows the theme', () => {
    expect(reportPage({ ...report, theme: 'dark' })).toContain('background: #15181c');
  });
});
