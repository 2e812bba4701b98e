"""Files to INCIDENTS frames and articles."""

from mapper.readers.articles import Article, read_articles
from mapper.readers.duplicates import mark_duplicates
from mapper.readers.files import read_bytes
from mapper.readers.tables import holds_table, read_table

__all__ = [
    "Article", "holds_table", "mark_duplicates", "read_articles", "read_bytes", "read_table",
]  # fmt: skip
