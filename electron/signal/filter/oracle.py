"""Filters a signal by means that share nothing with ours: numpy only. Reads JSON from standard input, prints JSON.

zero phase: the squared magnitude of a Butterworth filter in closed form, applied to the spectrum.
causal: poles and zeros placed by the bilinear transform, multiplied out to polynomials, and the plain recursion.
"""
import json
import sys

import numpy as np

task = json.load(sys.stdin)
x = np.array(task["signal"], float)  # samples x channels
rate, order, low, high = task["rate"], task["order"], task["low"], task["high"]
if task["reference"] == "median":
    x = x - np.median(x, axis=1, keepdims=True)
elif task["reference"] == "average":
    x = x - np.mean(x, axis=1, keepdims=True)


def zero_phase(values):
    f = np.fft.rfftfreq(len(values), 1 / rate)
    warped = np.tan(np.pi * np.minimum(f, rate / 2 * (1 - 1e-12)) / rate)
    gain = np.ones_like(f)
    with np.errstate(divide="ignore"):
        if low is not None:
            gain *= 1 / (1 + (np.tan(np.pi * low / rate) / warped) ** (2 * order))
        if high is not None:
            gain *= 1 / (1 + (warped / np.tan(np.pi * high / rate)) ** (2 * order))
    return np.fft.irfft(np.fft.rfft(values) * gain, len(values))


def causal(values, cut, kind):
    w = np.tan(np.pi * cut / rate)
    k = np.arange(order)
    poles = np.exp(1j * np.pi * (2 * k + order + 1) / (2 * order))
    poles = w * poles if kind == "low" else w / poles
    z = (1 + poles) / (1 - poles)
    a = np.real(np.poly(z))
    b = np.real(np.poly(np.full(order, -1.0 if kind == "low" else 1.0)))
    at = 1.0 if kind == "low" else -1.0
    b *= np.polyval(a, at) / np.polyval(b, at)
    y = np.zeros_like(values)
    for n in range(len(values)):
        total = 0.0
        for j in range(order + 1):
            if n >= j:
                total += b[j] * values[n - j]
                if j > 0:
                    total -= a[j] * y[n - j]
        y[n] = total
    return y


out = []
for channel in x.T:
    if task["phase"] == "zero":
        out.append(zero_phase(channel))
    else:
        if low is not None:
            channel = causal(channel, low, "high")
        if high is not None:
            channel = causal(channel, high, "low")
        out.append(channel)
print(json.dumps([list(y) for y in out]))
