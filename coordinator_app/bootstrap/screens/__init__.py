"""One file for each screen, each with ``build(parts: Parts) -> Screen``: joins view, view-model, services and ways."""
