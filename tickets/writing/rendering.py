"""Renders a document as markdown. Refused sentences are left out."""

from tickets.writing.document import Block, Document, Item


def as_markdown(document: Document) -> str:
    parts = []
    for section in document.sections:
        mark = f" ({section.mark})" if section.mark == "provisional" else ""
        parts.append(f"## {section.heading}{mark}")
        parts += [_block(block) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    if block.kind == "paragraph":
        return "\n\n".join(_item(item) for item in block.items)
    sign = "-" if block.kind == "bullets" else "1."
    return "\n".join(f"{sign} {_item(item)}" for item in block.items)


def _item(item: Item) -> str:
    lead = f"**{item.lead}.** " if item.lead else ""
    return lead + " ".join(each.text for each in item.sentences if not each.refused)
