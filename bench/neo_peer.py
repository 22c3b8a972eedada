"""The peer of decode.bench.ts: the same tasks by python-neo. Prints milliseconds as JSON."""
import json
import os
import sys
import time
import warnings

warnings.simplefilter("ignore")
import neo.rawio
import numpy as np

COLUMNS = 2000
RATE = 30000
STEP = 7
reader_name, path, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])


def open_reader():
    kind = getattr(neo.rawio, reader_name)
    if reader_name.startswith("Blackrock"):
        reader = kind(filename=path, nsx_to_load=5)
    elif reader_name.startswith("SpikeGLX"):
        reader = kind(dirname=os.path.dirname(path))
    else:
        reader = kind(filename=path)
    reader.parse_header()
    return reader


def timed(task, count):
    """Milliseconds of every run but the first."""
    taken = []
    for run in range(count + 1):
        started = time.perf_counter()
        task(run)
        taken.append((time.perf_counter() - started) * 1e3)
    return taken[1:]


reader = open_reader()
frames = reader.get_signal_size(0, 0, 0)
channels = reader.signal_channels_count(0)


def chunk(start, stop, indexes=None, reader=reader):
    raw = reader.get_analogsignal_chunk(0, 0, start, stop, 0, indexes)
    return reader.rescale_signal_raw_to_float(raw, dtype="float32", stream_index=0, channel_indexes=indexes)


def one_second(run):
    start = int(((run * 0.618034) % 1) * (frames - RATE))
    chunk(start, start + RATE)


def one_channel(run, reader=reader):
    """Another one every time: what was read for the last would still be in the processor's cache."""
    chunk(0, frames, [STEP * run % channels], reader)


def one_channel_anew(count):
    """Of a reader that was just opened, as whoever looks at a file for the first time finds it."""
    taken = []
    for run in range(count):
        fresh = open_reader()
        started = time.perf_counter()
        one_channel(run, fresh)
        taken.append((time.perf_counter() - started) * 1e3)
    return taken


def decode(run):
    for start in range(0, frames, RATE):
        chunk(start, min(frames, start + RATE))


def envelope(run):
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
            "open": timed(lambda run: open_reader(), few),
            "second": timed(one_second, 100),
            "channel": timed(one_channel, few),
            "channelAnew": one_channel_anew(few),
            "decode": timed(decode, few),
            "envelope": timed(envelope, few),
        }
    )
)
