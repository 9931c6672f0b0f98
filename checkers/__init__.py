"""Report checks: uploaded file -> outline -> findings -> outputs."""
