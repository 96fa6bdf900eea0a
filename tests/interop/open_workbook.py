"""Opens an XLSX as a stranger would (openpyxl) and prints what it holds as JSON.

    python open_workbook.py ledger.xlsx
"""

import datetime
import json
import sys

import openpyxl


def plain(value):
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime.datetime) else value.isoformat()
    return value


def describe(sheet):
    rows = [[plain(cell.value) for cell in row] for row in sheet.iter_rows()]
    second = list(sheet.iter_rows(min_row=2, max_row=2))
    return {
        "rows": rows,
        "types": [cell.data_type for cell in second[0]] if second else [],
        "formats": [cell.number_format for cell in second[0]] if second else [],
        "formulas": sum(cell.data_type == "f" for row in sheet.iter_rows() for cell in row),
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "landscape": sheet.page_setup.orientation == "landscape",
        "paper": sheet.page_setup.paperSize,
        "repeated": sheet.print_title_rows,
        "widths": [sheet.column_dimensions[letter].width for letter in ("A", "B", "C")],
    }


book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({name: describe(book[name]) for name in book.sheetnames}, ensure_ascii=False))
