/** Some writers leave this table out. */
export const createFilesTable = `CREATE TABLE "files" (doc_idx INTEGER NOT NULL, filename TEXT NOT NULL, uid TEXT NOT NULL UNIQUE, orig_location TEXT NOT NULL, cached_location TEXT, type TEXT NOT NULL, parameters TEXT, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(doc_idx,filename,uid));`;

/** The tables and indexes of `.ndi/did-sqlite.sqlite`, as NDI's document database (DID) lays them out. */
export const createTables = `
CREATE TABLE "branches" (branch_id TEXT NOT NULL UNIQUE, parent_id TEXT, timestamp NUMERIC, FOREIGN KEY(parent_id) REFERENCES branches(branch_id), PRIMARY KEY(branch_id));
CREATE TABLE "docs" (doc_id TEXT NOT NULL UNIQUE, doc_idx INTEGER NOT NULL UNIQUE, json_code TEXT, timestamp NUMERIC, PRIMARY KEY(doc_idx AUTOINCREMENT));
CREATE TABLE "branch_docs" (branch_id TEXT NOT NULL, doc_idx INTEGER NOT NULL, timestamp NUMERIC, FOREIGN KEY(branch_id) REFERENCES branches(branch_id), FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(branch_id,doc_idx));
CREATE TABLE "fields" (class TEXT NOT NULL, field_name TEXT NOT NULL UNIQUE, json_name TEXT NOT NULL, field_idx INTEGER NOT NULL UNIQUE DEFAULT 1, PRIMARY KEY(field_idx AUTOINCREMENT));
CREATE TABLE "doc_data" (doc_idx INTEGER NOT NULL, field_idx INTEGER NOT NULL, value, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), FOREIGN KEY(field_idx) REFERENCES fields(field_idx));
${createFilesTable}
CREATE INDEX "docs_doc_id" ON "docs" ("doc_id");
CREATE INDEX "doc_data_value" ON "doc_data" ("value");
CREATE INDEX "fields_field_name" ON "fields" ("field_name");
`;

/** Tables without which a SQLite file is not NDI's. `files` may be missing in files of other writers. */
export const requiredTables = ['branches', 'docs', 'branch_docs', 'fields', 'doc_data'] as const;

/** NDI keeps everything in one branch. Only documents that are in it exist. */
export const branch = 'a';
