"""What DID-python does with its tables to add documents, imitated with Python's own sqlite3: a row of docs, a row of
branch_docs, every field looked up and stored as text, foreign keys on, no indexes. In one transaction, and with a commit
for each document. Prints milliseconds a document."""

import json
import os
import sqlite3
import sys
import time

TABLES = """
CREATE TABLE branches (branch_id TEXT NOT NULL UNIQUE, parent_id TEXT, timestamp NUMERIC, PRIMARY KEY(branch_id));
CREATE TABLE docs (doc_id TEXT NOT NULL UNIQUE, doc_idx INTEGER NOT NULL UNIQUE, json_code TEXT, timestamp NUMERIC, PRIMARY KEY(doc_idx AUTOINCREMENT));
CREATE TABLE branch_docs (branch_id TEXT NOT NULL, doc_idx INTEGER NOT NULL, timestamp NUMERIC, FOREIGN KEY(branch_id) REFERENCES branches(branch_id), FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(branch_id,doc_idx));
CREATE TABLE fields (class TEXT NOT NULL, field_name TEXT NOT NULL UNIQUE, json_name TEXT NOT NULL, field_idx INTEGER NOT NULL UNIQUE, PRIMARY KEY(field_idx AUTOINCREMENT));
CREATE TABLE doc_data (doc_idx INTEGER NOT NULL, field_idx INTEGER NOT NULL, value BLOB, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), FOREIGN KEY(field_idx) REFERENCES fields(field_idx));
"""


def document(number):
    fields = {"value_%d" % at: number * (at + 1) for at in range(8)}
    fields.update(mixture_table="row %d" % (number % 1000), location={"ontologyNode": "UBERON:0000955", "name": "place"})
    return {"base": {"id": "%033d" % number, "session_id": "s", "name": "bath %d" % number, "datestamp": "2025"}, "stimulus_bath": fields}


def flat(prefix, value):
    for name, item in value.items():
        yield from flat(prefix + "." + name, item) if isinstance(item, dict) else [(prefix + "." + name, str(item))]


def add(database, doc):
    index = database.execute("INSERT INTO docs (doc_id, json_code, timestamp) VALUES (?, ?, ?)", (doc["base"]["id"], json.dumps(doc), time.time())).lastrowid
    rows = [("meta." + name, "") for name in ("class", "superclass", "datestamp", "creation", "deletion", "depends_on")]
    for group, fields in doc.items():
        rows += flat(group, fields)
    for name, value in rows:
        found = database.execute("SELECT field_idx FROM fields WHERE field_name = ?", (name,)).fetchone()
        field = found[0] if found else database.execute("INSERT INTO fields (class, field_name, json_name) VALUES (?, ?, ?)", (name.split(".")[0], name, name)).lastrowid
        database.execute("INSERT INTO doc_data VALUES (?, ?, ?)", (index, field, value))
    database.execute("INSERT INTO branch_docs VALUES ('a', ?, ?)", (index, time.time()))


def main():
    folder, count, few = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    database = sqlite3.connect(os.path.join(folder, "peer.sqlite"))
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(TABLES)
    database.execute("INSERT INTO branches VALUES ('a', NULL, 0)")
    database.commit()
    started = time.perf_counter()
    for number in range(count):
        add(database, document(number))
    database.commit()
    bulk = (time.perf_counter() - started) * 1000 / count
    started = time.perf_counter()
    for number in range(count, count + few):
        add(database, document(number))
        database.commit()
    print(json.dumps({"bulk": bulk, "single": (time.perf_counter() - started) * 1000 / few}))


main()
