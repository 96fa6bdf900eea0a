"""Edits a school's content as somebody at a spreadsheet would (openpyxl): a row more, or a share that is none.

    python edit_pack.py exported.xlsx edited.xlsx right|wrong
"""

import sys

import openpyxl

path, to, how = sys.argv[1:]
workbook = openpyxl.load_workbook(path)


def columns(sheet):
    """The columns by their headings, and the row that has these."""
    for row in sheet.iter_rows():
        headings = {cell.value: cell.column for cell in row if cell.value}
        if "编号" in headings:
            return headings, row[0].row
    raise SystemExit(f"no headings in {sheet.title}")


if how == "right":
    sheet = workbook["寝室检查项"]
    headings, _ = columns(sheet)
    row = sheet.max_row + 1
    sheet.cell(row, headings["检查项"], "门后贴有示例提示卡")
    sheet.cell(row, headings["来源"], "示例")
else:
    sheet = workbook["达标条件"]
    headings, first = columns(sheet)
    for row in range(first + 1, sheet.max_row + 1):
        cell = sheet.cell(row, headings["最低百分比"])
        if cell.value is not None:
            cell.value = "很多"
            break
workbook.save(to)
