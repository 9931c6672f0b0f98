"""Regulations: source text -> clean text -> articles -> library."""
