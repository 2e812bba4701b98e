"""Files to INCIDENTS frames and articles."""

from mapper.readers.articles import Article, read_articles
from mapper.readers.files import read_bytes
from mapper.readers.tables import read_table

__all__ = ["Article", "read_articles", "read_bytes", "read_table"]
