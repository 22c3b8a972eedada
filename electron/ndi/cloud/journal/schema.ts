/**
 * The journal of transfers in the application's folder: what was common, what is under way, what was put aside. Whatever
 * is lost of it is found again by listing both sides; what it holds saves time, and keeps deleted and overwritten
 * documents.
 */
export const journalSchema = `
CREATE TABLE IF NOT EXISTS copies (
  copy INTEGER PRIMARY KEY, path TEXT NOT NULL, dataset TEXT NOT NULL, server TEXT NOT NULL, cloud TEXT NOT NULL,
  downloaded INTEGER NOT NULL DEFAULT 0, checked TEXT, states TEXT, UNIQUE (path, dataset, server, cloud)
);
CREATE TABLE IF NOT EXISTS common (
  copy INTEGER NOT NULL, id TEXT NOT NULL, document TEXT NOT NULL, files TEXT NOT NULL, PRIMARY KEY (copy, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstones (copy INTEGER NOT NULL, cloud_id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (copy, cloud_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quarantine (copy INTEGER NOT NULL, id TEXT NOT NULL, cloud_id TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (copy, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history (
  number INTEGER PRIMARY KEY, copy INTEGER NOT NULL, id TEXT NOT NULL, side TEXT NOT NULL, json TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS history_of_one ON history (copy, id, number);
CREATE TABLE IF NOT EXISTS chunks (
  chunk TEXT PRIMARY KEY, copy INTEGER NOT NULL, ids TEXT NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS files (
  copy INTEGER NOT NULL, uid TEXT NOT NULL, bytes INTEGER NOT NULL, mtime REAL NOT NULL, sha256 TEXT, state TEXT NOT NULL, job TEXT, reason TEXT,
  at TEXT NOT NULL, PRIMARY KEY (copy, uid)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS corrupt (copy INTEGER NOT NULL, uid TEXT NOT NULL, PRIMARY KEY (copy, uid)) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS made_good AFTER INSERT ON files WHEN NEW.state = 'verified'
  BEGIN DELETE FROM corrupt WHERE copy = NEW.copy AND uid = NEW.uid; END;
CREATE TABLE IF NOT EXISTS jobs (copy INTEGER NOT NULL, job TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (copy, job)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS askings (asking TEXT PRIMARY KEY, copy INTEGER NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS staged (copy INTEGER NOT NULL, id TEXT NOT NULL, cloud_id TEXT NOT NULL, json TEXT NOT NULL, depends TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (copy, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (
  run TEXT PRIMARY KEY, copy INTEGER, path TEXT NOT NULL, cloud TEXT NOT NULL, server TEXT NOT NULL, title TEXT NOT NULL, request TEXT NOT NULL,
  subject TEXT NOT NULL, state TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, progress TEXT NOT NULL, report TEXT
);
CREATE TABLE IF NOT EXISTS intents (
  path TEXT NOT NULL, dataset TEXT NOT NULL, server TEXT NOT NULL, organization TEXT NOT NULL, name TEXT NOT NULL, cloud TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (path, dataset, server)
) WITHOUT ROWID;
`;

/** Raised when a table changes (a new one is simply added); a journal of another version is put aside and begun anew. */
export const journalVersion = 1;
