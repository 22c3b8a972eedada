/** A window's name after its panel and the session in it: `intan1 · Epoch 1 – sample-experiment – NDI Desktop`. */
export function windowName(title: string, session: string): string {
  return [title, title.includes(session) ? '' : session, 'NDI Desktop'].filter((part) => part !== '').join(' – ');
}
