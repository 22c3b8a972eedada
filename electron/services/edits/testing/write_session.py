"""Writes a session as other programs lay it out: as NDI-matlab (typed rows, bare objects for lists of one, NaN tokens,
rows and files left behind by a removal), or as the Python port (no indexes, rows of text, no rows of files, files by
document id, direct parents only, Unix times).

write_session.py matlab|python|dataset FOLDER     dataset: of NDI-matlab, with a session in it and one that it links
"""

import json
import os
import sqlite3
import sys

SESSION = "412694f69aafaba3_40dbbdf6582271b2"
IDS = ["412694f69ab0%04x_40dcc7544b5b9e1c" % n for n in range(1, 9)]
PYTHON_SESSION = "0006450000000000_aaaaaaaaaaaaaaaa"
PYTHON_IDS = ["00064500000000%02x_bbbbbbbbbbbbbbbb" % n for n in range(1, 9)]


def document(name, ident, session, supers, groups, depends=None, files=None, folder=""):
    result = {"base": {"session_id": session, "id": ident, "name": groups.pop("name", ""), "datestamp": groups.pop("date")}}
    if depends is not None:
        result["depends_on"] = depends
    result["document_class"] = {
        "definition": "$NDIDOCUMENTPATH/%s%s.json" % (folder, name),
        "validation": "$NDISCHEMAPATH/%s%s_schema.json" % (folder, name),
        "class_name": name,
        "property_list_name": name,
        "class_version": 1,
        "superclasses": [{"definition": "$NDIDOCUMENTPATH/%s.json" % one} for one in supers],
    }
    if files is not None:
        result["files"] = files
    result.update(groups)
    return result


def bare(value):
    """MATLAB does not tell a list of one object from the object."""
    if isinstance(value, list):
        items = [bare(item) for item in value]
        return items[0] if len(items) == 1 and isinstance(items[0], dict) else items
    return {key: bare(item) for key, item in value.items()} if isinstance(value, dict) else value


def location(uid, path, **more):
    return {"delete_original": 1, "uid": uid, "location": path, "parameters": "", "location_type": "file", "ingest": 1, **more}


def documents(ids, session, date, parents_only):
    full = lambda own, inherited: own if parents_only else sorted(own + inherited)
    return [
        document("session", ids[0], session, ["base"], {"date": date, "session": {"reference": "exp"}}),
        document("subject", ids[1], session, ["base"], {"date": date, "name": "s@lab", "subject": {"local_identifier": "s@lab", "description": ""}}, depends=[]),
        document(
            "element", ids[2], session, ["base"],
            {"date": date, "name": "", "element": {"ndi_element_class": "ndi.probe.timeseries.mfdaq", "name": "ctx", "reference": 1, "type": "n-trode", "direct": True if parents_only else 1}},
            depends=[{"name": "underlying_element_id", "value": ""}, {"name": "subject_id", "value": ids[1]}],
        ),
        document(
            "element_epoch", ids[3], session, full(["base", "epochid"], []),
            {"date": date, "epochid": {"epochid": "e1"}, "element_epoch": {"epoch_clock": "dev_local_time", "t0_t1": [0, float("nan")]}},
            depends=[{"name": "element_id", "value": ids[2]}], files={"file_list": ["epoch_binary_data.vhsb"]},
        ),
        document("demoNDI", ids[4], session, ["base"], {"date": date, "name": "kept", "demoNDI": {"value": 5}}, files={"file_list": ["filename1.ext"], "file_info": [{"name": "filename1.ext", "locations": [location(ids[4][:17] + "ffffffffffffffff", "/gone/kept")]}]}),
        document("demoNDI", ids[5], session, ["base"], {"date": date, "name": "removed", "demoNDI": {"value": 6}}, files={"file_list": ["filename1.ext"], "file_info": [{"name": "filename1.ext", "locations": [location(ids[5][:17] + "ffffffffffffffff", "/gone/removed")]}]}),
    ]


DATASET = "412694f69aafdddd_40dbbdf6582271b2"


def dataset_documents(date):
    """The dataset's own session, and a record of each member."""
    result = [document("session", "412694f69ab0d001_40dcc7544b5b9e1c", DATASET, ["base"], {"date": date, "session": {"reference": "set"}})]
    for number, (session, reference, path, linked) in enumerate([(SESSION, "exp", "", 0), ("412694f69aaf1111_40dbbdf6582271b2", "far", "/gone/far", 1)]):
        fields = {"session_id": session, "session_reference": reference, "is_linked": linked, "session_creator": "ndi.session.dir"}
        fields.update({"session_creator_input%d" % n: value for n, value in enumerate([reference, path, session, "", "", ""], 1)})
        result.append(document("session_in_a_dataset", "412694f69ab0d1%02x_40dcc7544b5b9e1c" % number, DATASET, ["base"], {"date": date, "session_in_a_dataset": fields}))
    return result


MATLAB_TABLES = """
CREATE TABLE "branches" (branch_id TEXT NOT NULL UNIQUE, parent_id TEXT, timestamp NUMERIC, FOREIGN KEY(parent_id) REFERENCES branches(branch_id), PRIMARY KEY(branch_id));
CREATE TABLE "docs" (doc_id TEXT NOT NULL UNIQUE, doc_idx INTEGER NOT NULL UNIQUE, json_code TEXT, timestamp NUMERIC, PRIMARY KEY(doc_idx AUTOINCREMENT));
CREATE TABLE "branch_docs" (branch_id TEXT NOT NULL, doc_idx INTEGER NOT NULL, timestamp NUMERIC, FOREIGN KEY(branch_id) REFERENCES branches(branch_id), FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(branch_id,doc_idx));
CREATE TABLE "fields" (class TEXT NOT NULL, field_name TEXT NOT NULL UNIQUE, json_name TEXT NOT NULL, field_idx INTEGER NOT NULL UNIQUE DEFAULT 1, PRIMARY KEY(field_idx AUTOINCREMENT));
CREATE TABLE "doc_data" (doc_idx INTEGER NOT NULL, field_idx INTEGER NOT NULL, value, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), FOREIGN KEY(field_idx) REFERENCES fields(field_idx));
CREATE TABLE "files" (doc_idx INTEGER NOT NULL, filename TEXT NOT NULL, uid TEXT NOT NULL UNIQUE, orig_location TEXT NOT NULL, cached_location TEXT, type TEXT NOT NULL, parameters TEXT, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(doc_idx,filename,uid));
CREATE INDEX "docs_doc_id" ON "docs" ("doc_id");
CREATE INDEX "doc_data_value" ON "doc_data" ("value");
CREATE INDEX "fields_field_name" ON "fields" ("field_name");
"""
PYTHON_TABLES = """
CREATE TABLE branches (branch_id TEXT NOT NULL UNIQUE, parent_id TEXT, timestamp NUMERIC, FOREIGN KEY(parent_id) REFERENCES branches(branch_id), PRIMARY KEY(branch_id));
CREATE TABLE docs (doc_id TEXT NOT NULL UNIQUE, doc_idx INTEGER NOT NULL UNIQUE, json_code TEXT, timestamp NUMERIC, PRIMARY KEY(doc_idx AUTOINCREMENT));
CREATE TABLE branch_docs (branch_id TEXT NOT NULL, doc_idx INTEGER NOT NULL, timestamp NUMERIC, FOREIGN KEY(branch_id) REFERENCES branches(branch_id), FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(branch_id,doc_idx));
CREATE TABLE fields (class TEXT NOT NULL, field_name TEXT NOT NULL UNIQUE, json_name TEXT NOT NULL, field_idx INTEGER NOT NULL UNIQUE, PRIMARY KEY(field_idx AUTOINCREMENT));
CREATE TABLE doc_data (doc_idx INTEGER NOT NULL, field_idx INTEGER NOT NULL, value BLOB, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), FOREIGN KEY(field_idx) REFERENCES fields(field_idx));
CREATE TABLE files (doc_idx INTEGER NOT NULL, filename TEXT NOT NULL, uid TEXT NOT NULL UNIQUE, orig_location TEXT NOT NULL, cached_location TEXT, type TEXT NOT NULL, parameters TEXT, FOREIGN KEY(doc_idx) REFERENCES docs(doc_idx), PRIMARY KEY(doc_idx,filename,uid));
"""


def rows_of(doc):
    """Field, and value as MATLAB has it in memory."""
    holder = doc["document_class"]
    supers = sorted(one["definition"].split("/")[-1][:-5] for one in holder["superclasses"])
    depends = "".join("%s,%s;" % (one["name"], one["value"]) for one in doc.get("depends_on", []))
    yield from [("meta", "meta.class", holder["class_name"]), ("meta", "meta.superclass", ", ".join(supers)), ("meta", "meta.datestamp", doc["base"]["datestamp"])]
    yield from [("meta", "meta.creation", ""), ("meta", "meta.deletion", ""), ("meta", "meta.depends_on", depends)]
    for group, fields in doc.items():
        if group not in ("depends_on", "document_class", "files"):
            yield from ((group, group + "." + name, value) for name, value in fields.items())


def typed(value):
    if isinstance(value, list):
        return "[1x%d] double" % len(value)
    return None if value == "" else float(value) if isinstance(value, int) else value


def main():
    kind, folder = sys.argv[1:3]
    matlab = kind != "python"
    ids, session = (IDS, SESSION) if matlab else (PYTHON_IDS, PYTHON_SESSION)
    ndi = os.path.join(folder, ".ndi")
    os.makedirs(os.path.join(ndi, "files"))
    marks = [("reference.txt", "exp"), ("unique_reference.txt", session)]
    if kind == "dataset":
        marks = [("reference.txt", "set"), ("unique_reference.txt", DATASET), ("ndi_object_type.txt", "dataset")]
    for name, text in marks:
        with open(os.path.join(ndi, name), "w") as file:
            file.write(text)
    database = sqlite3.connect(os.path.join(ndi, "did-sqlite.sqlite"))
    database.executescript(MATLAB_TABLES if matlab else PYTHON_TABLES)
    now = 739963.3021386203 if matlab else 1765541704.25
    database.execute("INSERT INTO branches VALUES ('a', NULL, ?)", (now,))
    date = "2025-12-12T12:15:04.583Z"
    members = dataset_documents(date) if kind == "dataset" else []
    for doc in members + documents(ids, session, date, parents_only=not matlab):
        ident = doc["base"]["id"]
        code = json.dumps(bare(doc), indent=2) if matlab else json.dumps(doc, separators=(",", ":"))
        index = database.execute("INSERT INTO docs VALUES (?, NULL, ?, ?)", (ident, code, now)).lastrowid
        removed = doc["base"]["name"] == "removed"
        if not removed or not matlab:
            database.execute("INSERT INTO branch_docs VALUES ('a', ?, ?)", (index, now))
        for group, name, value in rows_of(doc):
            database.execute("INSERT OR IGNORE INTO fields (class, field_name, json_name) VALUES (?, ?, ?)", (group, name, name.replace(".", "___")))
            field = database.execute("SELECT field_idx FROM fields WHERE field_name = ?", (name,)).fetchone()[0]
            database.execute("INSERT INTO doc_data VALUES (?, ?, ?)", (index, field, typed(value) if matlab else str(value)))
        for entry in doc.get("files", {}).get("file_info", []):
            for place in entry["locations"]:
                stored = os.path.join(ndi, "files", place["uid"] if matlab else "%s_%s" % (ident, entry["name"]))
                with open(stored, "w") as file:
                    file.write("content of " + doc["base"]["name"])
                if matlab:
                    database.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, 'file', NULL)", (index, entry["name"], place["uid"], place["location"], "/gone/.ndi/files/" + place["uid"]))
    database.commit()
    database.close()
    print(json.dumps({"session": session, "ids": ids}))


main()
