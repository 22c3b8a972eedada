import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { guardContents, guardSession } from './guards.ts';

function guarded() {
  const opened: string[] = [];
  let answerOpen: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof answerOpen) => void (answerOpen = handler),
  });
  guardContents(contents as unknown as WebContents, (address) => opened.push(address));
  const attempt = (event: string, facts: object) => {
    const preventDefault = vi.fn();
    contents.emit(event, { ...facts, preventDefault });
    return preventDefault.mock.calls.length > 0 ? 'refused' : 'let';
  };
  return { attempt, opened, open: (url: string) => answerOpen({ url }) };
}

describe('guardContents', () => {
  it('refuses to leave our page, by navigation or redirect, in any frame', () => {
    const { attempt } = guarded();
    expect(attempt('will-frame-navigate', { url: 'app://ndi/', isMainFrame: true })).toBe('let');
    expect(attempt('will-frame-navigate', { url: 'https://example.org/', isMainFrame: true })).toBe('refused');
    expect(attempt('will-frame-navigate', { url: 'app://ndi/', isMainFrame: false })).toBe('refused');
    expect(attempt('will-redirect', { url: 'https://example.org/', isMainFrame: true })).toBe('refused');
  });

  it('attaches no webview', () => {
    expect(guarded().attempt('will-attach-webview', {})).toBe('refused');
  });

  it('opens no window; https addresses go to the browser', async () => {
    const { open, opened } = guarded();
    expect(open('https://example.org/a')).toEqual({ action: 'deny' });
    expect(open('file:///etc/passwd')).toEqual({ action: 'deny' });
    expect(open('app://ndi/')).toEqual({ action: 'deny' });
    await new Promise(setImmediate);
    expect(opened).toEqual(['https://example.org/a']);
  });
});

describe('guardSession', () => {
  type Handler = (...args: never[]) => unknown;

  function session() {
    const handlers = new Map<string, Handler | null>();
    const emitter = new EventEmitter();
    const take = (name: string) => (handler: Handler | null) => void handlers.set(name, handler);
    guardSession(
      Object.assign(emitter, {
        setPermissionRequestHandler: take('request'),
        setPermissionCheckHandler: take('check'),
        setDevicePermissionHandler: take('device'),
      }) as unknown as Session,
    );
    const call = (name: string, ...args: unknown[]) => (handlers.get(name) as (...all: unknown[]) => unknown)(...args);
    return { call, emitter };
  }

  it('answers permission requests and checks by the policy', () => {
    const { call } = session();
    const answers: boolean[] = [];
    const details = { requestingUrl: 'app://ndi/', isMainFrame: true };
    const answer = (given: boolean) => answers.push(given);
    call('request', null, 'clipboard-sanitized-write', answer, details);
    call('request', null, 'media', answer, details);
    expect(answers).toEqual([true, false]);
    expect(call('check', null, 'clipboard-sanitized-write', 'app://ndi', { isMainFrame: true })).toBe(true);
    expect(call('check', null, 'geolocation', 'app://ndi', details)).toBe(false);
  });

  it('gives no device', () => {
    expect(session().call('device', {})).toBe(false);
  });

  it('cancels downloads that our page has not made', () => {
    const { emitter } = session();
    const download = (address: string) => {
      let cancelled = false;
      emitter.emit('will-download', { preventDefault: () => (cancelled = true) }, { getURL: () => address });
      return cancelled;
    };
    expect(download('https://example.org/x')).toBe(true);
    expect(download('blob:app://ndi/1')).toBe(false);
  });
});
