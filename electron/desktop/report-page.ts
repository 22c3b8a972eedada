export interface CrashReport {
  /** What died, for people. */
  readonly what: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly details: string;
  readonly theme: 'light' | 'dark';
}

const colours = {
  light: { text: '#1f2328', quiet: '#57606a', ground: '#ffffff', box: '#f3f4f6', accent: '#0b5cad' },
  dark: { text: '#e6e7e9', quiet: '#a3a9b1', ground: '#15181c', box: '#25262b', accent: '#74b0f4' },
};

/** The page shown when a process has died twice: plain, without script, because nothing else may be working. */
export function reportPage(report: CrashReport): string {
  const colour = colours[report.theme];
  const facts = Object.entries(report.facts).map(
    ([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>NDI Desktop has a problem</title>
<style>
body { margin: 12vh auto; max-width: 40rem; padding: 0 1rem; font: 14px/1.5 system-ui, sans-serif;
  color: ${colour.text}; background: ${colour.ground}; }
dt { float: left; clear: left; width: 9rem; color: ${colour.quiet}; }
pre { padding: 0.75rem; background: ${colour.box}; overflow: auto; white-space: pre-wrap; user-select: all; }
a { color: ${colour.accent}; }
</style>
<main>
<h1>${escape(report.what)}</h1>
<p>It was started again, and stopped again. Your data has not been touched.</p>
<p><a href="/">Start again</a></p>
<h2>Report</h2>
<dl>${facts.join('')}</dl>
<pre tabindex="0" aria-label="Last messages">${escape(report.details || 'No message was left.')}</pre>
</main>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
