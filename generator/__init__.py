"""Tipwijzer: turns tips in YAML into a searchable site of practical tips for public service design."""
