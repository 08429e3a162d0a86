"""Does a document keep the rules of form F1–F27? It is read from its files, not from the code that drew them."""
