"""Building `gazetteer/data` from registry packages and `names/`; not needed at run time.

``python -m gazetteer.build`` writes the data, ``--check`` compares it with
what is committed. Every module that builds a file has a function
``build() -> Artefact``, listed in ``__main__``.
"""
