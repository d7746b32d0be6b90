"""Learns how sure rows are from rows that gold judges, and measures it by leaving documents out."""
