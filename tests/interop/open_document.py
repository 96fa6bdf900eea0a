"""Opens a DOCX as a stranger would (python-docx) and prints what it holds as JSON.

    python open_document.py report.docx
"""

import json
import sys

import docx
from docx.oxml.ns import qn
from docx.table import Table


def describe_paragraph(paragraph):
    return {
        "style": paragraph.style.name,
        "text": paragraph.text,
        "marked": [run.text for run in paragraph.runs if run.font.highlight_color is not None],
    }


def describe_table(table):
    first = table.rows[0]._tr.trPr if table.rows else None
    return {
        "rows": [[cell.text for cell in row.cells] for row in table.rows],
        "repeated": first is not None and first.find(qn("w:tblHeader")) is not None,
    }


def describe_page(section):
    return {
        "landscape": section.page_width > section.page_height,
        "millimetres": [round(section.page_width.mm), round(section.page_height.mm)],
        "footer": "".join(paragraph.text for paragraph in section.footer.paragraphs),
    }


document = docx.Document(sys.argv[1])
content = list(document.iter_inner_content())
paragraphs = [describe_paragraph(block) for block in content if not isinstance(block, Table)]
print(
    json.dumps(
        {
            "title": document.core_properties.title,
            "headings": [each["text"] for each in paragraphs if each["style"].startswith("Heading")],
            "paragraphs": paragraphs,
            "tables": [describe_table(block) for block in content if isinstance(block, Table)],
            "pages": [describe_page(section) for section in document.sections],
        },
        ensure_ascii=False,
    )
)
