"""Checks a folder's .ndi as NDI-matlab would read it. Knows nothing of this application: only the layout of NDI's
database (tables, flattening, file store) and Python's own sqlite3. Prints what is wrong, as JSON.

read_session.py FOLDER [--foreign]    --foreign: the database was made by the Python port; its own rows are not checked
"""

import json
import os
import re
import sqlite3
import sys

TABLES = {
    "branches": "(branch_id TEXT NOT NULL UNIQUE, parent_id TEXT, timestamp NUMERIC, FOREIGN KEY(parent_id) REFERENCES branches(branch_id), PRIMARY KEY(branch_id))",
    "docs": "(doc_id TEXT NOT NULL UNIQUE, doc_idx INTEGER NOT NULL UNIQUE, json_code TEXT, timestamp NUMERIC, PRIMARY KEY(doc_idx AUTOINCREMENT))",
    "branch_docs": "(branch_id TEXT NOT NULL, doc_idx INTEGER NOT NULL, timestamp NUMERIC, FOREIGN KEY(branch_id) REFERENCES branches(branch_id), FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(branch_id,doc_idx))",
    "fields": "(class TEXT NOT NULL, field_name TEXT NOT NULL UNIQUE, json_name TEXT NOT NULL, field_idx INTEGER NOT NULL UNIQUE DEFAULT 1, PRIMARY KEY(field_idx AUTOINCREMENT))",
    "doc_data": "(doc_idx INTEGER NOT NULL, field_idx INTEGER NOT NULL, value, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), FOREIGN KEY(field_idx) REFERENCES fields(field_idx))",
    "files": "(doc_idx INTEGER NOT NULL, filename TEXT NOT NULL, uid TEXT NOT NULL UNIQUE, orig_location TEXT NOT NULL, cached_location TEXT, type TEXT NOT NULL, parameters TEXT, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(doc_idx,filename,uid))",
}
INDEXES = {"docs_doc_id": ("docs", "doc_id"), "doc_data_value": ("doc_data", "value"), "fields_field_name": ("fields", "field_name")}
ID = re.compile(r"^[0-9a-f]{16}_[0-9a-f]{16}$")
STAMP = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

problems = []


def wrong(what):
    problems.append(what)


def as_list(value):
    if value in (None, "", [], {}):
        return []
    return value if isinstance(value, list) else [value]


def base_name(definition):
    return os.path.splitext(definition.split("/")[-1])[0]


def cell(value):
    """Value and storage class of one flattened field."""
    if value is None or value == "" or value == [] or value == {}:
        return (None, "null")
    if isinstance(value, bool):
        return (int(value), "integer")
    if isinstance(value, (int, float)):
        return (None, "null") if value != value else (float(value), "real")
    if isinstance(value, str):
        return (value, "text")
    if all(isinstance(item, str) for item in value):
        return (",".join(value), "text")
    if len(value) == 1 and not isinstance(value[0], list):
        return cell(value[0])
    number = lambda item: item is None or (isinstance(item, (int, float)) and not isinstance(item, bool))
    if all(number(item) for item in value):
        return ("[1x%d] double" % len(value), "text")
    if all(isinstance(row, list) and len(row) == len(value[0]) and all(number(item) for item in row) for row in value):
        return ("[%dx%d] double" % (len(value), len(value[0])), "text")
    kind = "logical" if all(isinstance(item, bool) for item in value) else "cell"
    return ("[1x%d] %s" % (len(value), kind), "text")


def leaves(fields, prefix, suffix):
    for key, value in fields.items():
        path = prefix + key + suffix
        if isinstance(value, dict):
            yield from leaves(value, path + ".", "")
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for at, item in enumerate(value):
                yield from leaves(item, path + ".", "_%d" % (at + 1) if len(value) > 1 else "")
        else:
            yield path, value


def flatten(document):
    holder = document["document_class"]
    supers = sorted({base_name(one["definition"]) for one in as_list(holder.get("superclasses"))})
    depends = "".join("%s,%s;" % (one["name"], one["value"] or "") for one in as_list(document.get("depends_on")))
    meta = [
        ("class", holder["class_name"]),
        ("superclass", ", ".join(supers)),
        ("datestamp", document["base"]["datestamp"]),
        ("creation", ""),
        ("deletion", ""),
        ("depends_on", depends),
    ]
    for name, value in meta:
        yield ("meta", "meta." + name) + cell(value)
    for group, fields in document.items():
        if group in ("depends_on", "document_class", "files"):
            continue
        fields = fields[0] if isinstance(fields, list) and len(fields) == 1 else fields
        if not isinstance(fields, dict):
            if isinstance(fields, list) and len(fields) > 1:
                wrong("a property list of %d objects" % len(fields))
            continue
        for path, value in leaves(fields, "", ""):
            yield (group, group + "." + path.replace(group + ".", "")) + cell(value)


def check_layout(database):
    pragma = lambda name: database.execute("PRAGMA " + name).fetchone()[0]
    wanted = {"integrity_check": "ok", "page_size": 4096, "encoding": "UTF-8", "user_version": 0, "journal_mode": "delete", "auto_vacuum": 0}
    for name, value in wanted.items():
        if pragma(name) != value:
            wrong("%s is %r" % (name, pragma(name)))
    plain = lambda sql: re.sub(r"\s+", "", sql)
    found = {row[0]: row[1] for row in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}
    for name, columns in TABLES.items():
        if plain(found.get(name, "")) != plain('CREATE TABLE "%s" %s' % (name, columns)):
            wrong("table %s is %r" % (name, found.get(name)))
    if set(found) != set(TABLES):
        wrong("tables are %r" % sorted(found))
    indexes = {row[0]: row[1] for row in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")}
    for name, (table, column) in INDEXES.items():
        if plain(indexes.pop(name, "")) != plain('CREATE INDEX "%s" ON "%s" ("%s")' % (name, table, column)):
            wrong("index %s" % name)
    if indexes:
        wrong("further indexes %r" % sorted(indexes))


def check_documents(database, folder, foreign):
    rows = database.execute(
        "SELECT d.doc_idx, d.doc_id, d.json_code, d.timestamp, typeof(d.timestamp), b.branch_id, b.timestamp FROM docs d LEFT JOIN branch_docs b USING (doc_idx) ORDER BY d.doc_idx"
    ).fetchall()
    counts = {}
    for doc_idx, doc_id, code, stamp, kind, branch, joined in rows:
        document = json.loads(code)
        class_name = document["document_class"]["class_name"]
        counts[class_name] = counts.get(class_name, 0) + (branch == "a")
        if document["base"]["id"] != doc_id:
            wrong("row %s holds document %s" % (doc_id, document["base"]["id"]))
        if foreign and not stamp < 800000:
            continue
        if kind != "real" or not 700000 < stamp < 800000:
            wrong("timestamp %r of %s" % (stamp, doc_id))
        if not ID.match(doc_id) or not STAMP.match(document["base"]["datestamp"]):
            wrong("id or datestamp of %s" % doc_id)
        if not ID.match(document["base"]["session_id"]) or document["base"]["session_id"].strip("0_") == "":
            wrong("session id of %s" % doc_id)
        stored = database.execute(
            "SELECT f.class, f.field_name, v.value, typeof(v.value) FROM doc_data v JOIN fields f USING (field_idx) WHERE v.doc_idx = ? ORDER BY v.rowid", (doc_idx,)
        ).fetchall()
        expected = list(flatten(document))
        if stored != expected:
            difference = [pair for pair in zip(stored + [None] * 99, expected + [None] * 99) if pair[0] != pair[1]][:2]
            wrong("rows of %s %s: %r" % (class_name, doc_id, difference))
        check_files(database, folder, doc_idx, document, foreign)
    orphans = database.execute("SELECT count(*) FROM doc_data WHERE doc_idx NOT IN (SELECT doc_idx FROM docs)").fetchone()[0]
    orphans += database.execute("SELECT count(*) FROM files WHERE doc_idx NOT IN (SELECT doc_idx FROM docs)").fetchone()[0]
    if orphans:
        wrong("%d rows of no document" % orphans)
    for class_name, name, json_name in database.execute("SELECT class, field_name, json_name FROM fields"):
        if not foreign and (json_name != re.sub(r"\s", "_", name.replace(".", "___")) or not name.startswith(class_name + ".")):
            wrong("field %r" % name)
    return counts


def check_files(database, folder, doc_idx, document, foreign):
    rows = {row[1]: row for row in database.execute("SELECT filename, uid, orig_location, cached_location, type, parameters FROM files WHERE doc_idx = ?", (doc_idx,))}
    store = os.path.join(folder, ".ndi", "files")
    names = [pattern.lower() for pattern in as_list((document.get("files") or {}).get("file_list"))]
    for entry in as_list((document.get("files") or {}).get("file_info")):
        if entry["name"].lower() not in names and re.sub(r"\d+$", "#", entry["name"].lower()) not in names:
            wrong("file %s is not in the list" % entry["name"])
        for location in as_list(entry["locations"]):
            row = rows.pop(location["uid"], None)
            if row is None:
                wrong("no row for file %s" % location["uid"])
                continue
            if row[0] != entry["name"] or row[2] != location["location"] or row[4] != location["location_type"]:
                wrong("row of file %s: %r" % (location["uid"], row))
            if row[5] != (location["parameters"] or None):
                wrong("parameters of file %s" % location["uid"])
            stored = os.path.isfile(os.path.join(store, location["uid"]))
            other = os.path.isfile(os.path.join(store, document["base"]["id"] + "_" + entry["name"]))
            if location["ingest"] and not (stored or (foreign and other)):
                wrong("file %s is not in the store" % location["uid"])
            if stored and row[3] and not os.path.isabs(row[3]):
                wrong("cached location %r" % row[3])
    if rows:
        wrong("rows of files that the document does not have: %r" % list(rows))


def main():
    folder = sys.argv[1]
    foreign = "--foreign" in sys.argv
    ndi = os.path.join(folder, ".ndi")
    texts = {name: open(os.path.join(ndi, name), encoding="utf-8").read() for name in ("reference.txt", "unique_reference.txt")}
    for name, text in texts.items():
        if text != text.strip() or text == "":
            wrong("%s is %r" % (name, text))
    if not ID.match(texts["unique_reference.txt"]):
        wrong("unique_reference.txt")
    database = sqlite3.connect("file:%s?mode=ro" % os.path.join(ndi, "did-sqlite.sqlite"), uri=True)
    if not foreign:
        check_layout(database)
    branches = database.execute("SELECT branch_id, parent_id FROM branches").fetchall()
    if branches != [("a", None)]:
        wrong("branches %r" % branches)
    counts = check_documents(database, folder, foreign)
    uids = {row[0] for row in database.execute("SELECT uid FROM files")}
    ids = [row[0] for row in database.execute("SELECT doc_id FROM docs")]
    for name in os.listdir(os.path.join(ndi, "files")) if os.path.isdir(os.path.join(ndi, "files")) else []:
        if name not in uids and not any(name.startswith(one + "_") for one in ids):
            wrong("stored file %s belongs to nobody" % name)
    left = [name for name in os.listdir(ndi) if name.startswith("ndi-desktop") or name.endswith(("-journal", "-wal", "-shm"))]
    if left:
        wrong("left over: %r" % left)
    print(json.dumps({"problems": problems, "counts": counts, "stored": len(os.listdir(os.path.join(ndi, "files"))) if os.path.isdir(os.path.join(ndi, "files")) else 0}))


main()
