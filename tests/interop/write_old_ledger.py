"""Writes an old ledger as a college keeps one (openpyxl): a title, headings, the rows given as JSON.

    python write_old_ledger.py ledger.xlsx '{"title": …, "headings": […], "rows": [[…], …]}'
"""

import json
import sys

import openpyxl

path, content = sys.argv[1], json.loads(sys.argv[2])
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "台账"
width = len(content["headings"])
sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
sheet.cell(1, 1, content["title"])
for at, row in enumerate([content["headings"], *content["rows"]], start=2):
    for column, value in enumerate(row, start=1):
        cell = sheet.cell(at, column, value)
        if isinstance(value, str):
            # A number kept as text, as it should be.
            cell.number_format = "@"
book.save(path)
