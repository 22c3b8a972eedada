import { safeStorage } from 'electron';
import type { KeyStoreQuestion } from './data-messages.ts';

/**
 * Seals and unseals secrets with the key store of the system (Keychain, DPAPI, libsecret, KWallet). Electron gives it to
 * the main process alone. Null where the system has none, and for what was sealed by another user or machine.
 */
export async function askKeyStore({ ask, text }: KeyStoreQuestion): Promise<string | null> {
  if (!(await isTrustworthy())) return null;
  try {
    if (ask === 'seal') return (await safeStorage.encryptStringAsync(text)).toString('base64');
    return (await safeStorage.decryptStringAsync(Buffer.from(text, 'base64'))).result;
  } catch {
    return null;
  }
}

async function isTrustworthy(): Promise<boolean> {
  // Without a key store, Linux would seal with a password that everybody knows.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false;
  return await safeStorage.isAsyncEncryptionAvailable();
}
