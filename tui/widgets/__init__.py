"""Widgets of the dashboard, each drawn by lines."""
