"""The peer of decode.bench.ts: the same tasks by python-neo. Prints milliseconds as JSON."""
import json
import sys
import time
import warnings

warnings.simplefilter("ignore")
import neo.rawio
import numpy as np

COLUMNS = 2000
RATE = 30000
reader_name, path, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])


def open_reader():
    kind = getattr(neo.rawio, reader_name)
    reader = kind(filename=path, nsx_to_load=5) if reader_name.startswith("Blackrock") else kind(filename=path)
    reader.parse_header()
    return reader


def timed(task, count):
    task()
    taken = []
    for _ in range(count):
        started = time.perf_counter()
        task()
        taken.append((time.perf_counter() - started) * 1e3)
    return sorted(taken)[len(taken) // 2]


reader = open_reader()
frames = reader.get_signal_size(0, 0, 0)
channels = reader.signal_channels_count(0)


def chunk(start, stop):
    raw = reader.get_analogsignal_chunk(0, 0, start, stop, 0)
    return reader.rescale_signal_raw_to_float(raw, dtype="float32", stream_index=0)


def one_second():
    for index in range(20):
        start = int(((index * 0.618034) % 1) * (frames - RATE))
        chunk(start, start + RATE)


def decode():
    for start in range(0, frames, RATE):
        chunk(start, min(frames, start + RATE))


def envelope():
    """The fastest form that numpy allows: integers, a column at a time."""
    edges = np.linspace(0, frames, COLUMNS + 1).astype(np.int64)
    low, high = np.empty((COLUMNS, channels), np.int32), np.empty((COLUMNS, channels), np.int32)
    for column in range(COLUMNS):
        part = reader.get_analogsignal_chunk(0, 0, int(edges[column]), int(edges[column + 1]), 0)
        low[column], high[column] = part.min(axis=0), part.max(axis=0)


few = max(1, min(3, runs))
print(
    json.dumps(
        {
            "open": timed(open_reader, few),
            "second": timed(one_second, few) / 20,
            "decode": timed(decode, few),
            "envelope": timed(envelope, few),
        }
    )
)
