"""Facts the package ships: programmes, references, glossary, settings for JupyterLab."""
