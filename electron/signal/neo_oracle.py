"""Reads recordings with python-neo, as an independent program: all samples of all channels in physical units.

Standard input: a JSON list of [reader, path]. Argument: a folder for the samples. Standard output: a JSON list, one entry
a recording: {"error": text} or {"channels": [{name, rate, samples}]}; the samples of recording n lie in n.f64, channel after
channel, its segments joined.
"""

import json
import os
import sys
import warnings

import numpy
from neo import rawio

BY_FOLDER = {"NeuralynxRawIO", "OpenEphysBinaryRawIO", "OpenEphysRawIO", "SpikeGLXRawIO", "TdtRawIO"}


def read(reader, path, out):
    kind = getattr(rawio, reader)
    if reader in BY_FOLDER:
        source = kind(dirname=path)
    elif reader == "BlackrockRawIO":
        stem, ending = os.path.splitext(path)
        source = kind(filename=stem, nsx_to_load=int(ending[-1]))
    else:
        source = kind(filename=path)
    source.parse_header()
    header = source.header
    channels = []
    for stream in range(len(header["signal_streams"])):
        own = header["signal_channels"][header["signal_channels"]["stream_id"] == header["signal_streams"][stream]["id"]]
        parts = []
        for segment in range(source.segment_count(0)):
            raw = source.get_analogsignal_chunk(0, segment, None, None, stream)
            parts.append(source.rescale_signal_raw_to_float(numpy.asarray(raw), "float64", stream))
        values = numpy.concatenate(parts)
        for index, channel in enumerate(own):
            out.write(numpy.ascontiguousarray(values[:, index], dtype="<f8").tobytes())
            channels.append({"name": str(channel["name"]), "rate": float(channel["sampling_rate"]), "samples": len(values)})
    return channels


warnings.simplefilter("ignore")
answers = []
stdout, sys.stdout = sys.stdout, sys.stderr
for number, (reader, path) in enumerate(json.load(sys.stdin)):
    with open(os.path.join(sys.argv[1], f"{number}.f64"), "wb") as out:
        try:
            answers.append({"channels": read(reader, path, out)})
        except Exception as error:
            answers.append({"error": f"{type(error).__name__}: {error}"[:200]})
stdout.write(json.dumps(answers))
