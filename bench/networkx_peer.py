"""The sync graph of sync.bench.ts in NetworkX: sparse, equal clocks linked by way of one hub a clock."""
import json, sys, time
import networkx as nx

epochs = int(sys.argv[1])
asked = 100
started = time.perf_counter()
graph = nx.DiGraph()
clocks = ("local", "utc", "exp")
for device in "ab":
    for epoch in range(epochs):
        for one in clocks:
            for other in clocks:
                if one != other:
                    graph.add_edge((device, epoch, one), (device, epoch, other), weight=1)
for epoch in range(epochs):
    for clock in clocks:
        graph.add_edge(("a", epoch, clock), ("b", epoch, clock), weight=1)
        graph.add_edge(("b", epoch, clock), ("a", epoch, clock), weight=1)
for clock in ("utc", "exp"):
    for device in "ab":
        for epoch in range(epochs):
            graph.add_edge((device, epoch, clock), clock, weight=0)
            graph.add_edge(clock, (device, epoch, clock), weight=100)
build = time.perf_counter() - started
started = time.perf_counter()
costs = []
for at in range(asked):
    source = ("a", at * 7919 % epochs, "local")
    cost, _path = nx.single_source_dijkstra(graph, source, ("b", at * 104729 % epochs, "utc"))
    costs.append(cost)
convert = time.perf_counter() - started
print(json.dumps({"build": build * 1000, "convert": convert * 1000, "costs": costs}))
