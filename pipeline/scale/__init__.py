"""Runs of hundreds of thousands of papers: streams in, a cluster's workers, partitioned Parquet out."""
