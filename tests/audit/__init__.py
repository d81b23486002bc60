"""The accessibility audit: every page and every state of the built site, with a report in Dutch. See ``__main__``."""
