"""The trials we follow as readers see them: pages, pictures, the table to download, and drafts."""
