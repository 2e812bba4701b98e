"""Incidents in Iraq."""
