// The page keeps the chosen colour scheme under this key (renderer/style/theme.ts); without a choice the system's holds.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('ndi-color-scheme');
  } catch {
    // Storage may be refused: the system's scheme holds then.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
