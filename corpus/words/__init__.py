"""Words as people type, scan and shorten them, brought to one form; provinces; keys of the lexical index."""
