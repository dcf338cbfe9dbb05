"""lemon24/reader on the same feeds; run by its own environment's Python, so it imports nothing of ours.

    python bench/rival.py DATABASE PORT FEEDS WORKERS

Prints as JSON what one update of all feeds took, its imports and the adding of the feeds not counted.
"""

import json
import sys
import time

import feedparser
import reader


def main(database: str, port: str, feeds: str, workers: str) -> None:
    shelf = reader.make_reader(database)
    for n in range(int(feeds)):
        shelf.add_feed(f"http://127.0.0.1:{port}/{n}", exist_ok=True)
    start, cpu = time.perf_counter(), time.process_time()
    shelf.update_feeds(workers=int(workers), scheduled=False)  # else a second update within the hour asks nobody
    told = {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "broken": shelf.get_feed_counts(broken=True).total,
        "entries": shelf.get_entry_counts().total,
        "reader": reader.__version__,
        "feedparser": feedparser.__version__,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:5])
