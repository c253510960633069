"""A simulation of 10^9 articles on many machines: limits, failures, stragglers and cost, by measured figures.

    python benchmarks/batch/scale.py [--json]

Nothing here is a measurement: it is arithmetic and a random draw over figures that were measured elsewhere (they stand
in `Measured`, each with the row that gives it) and over prices and limits that a reader should replace by their
own (`Assumed`). It answers three questions: what binds at which size, what a failure costs, and what breaks first.
"""

from __future__ import annotations

import heapq
import json
import math
import random
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

ARTICLES = 10**9
DAY_S = 86_400.0


@dataclass(frozen=True)
class Measured:
    """Figures of `benchmarks/results/batch.json`; seconds of one processor and bytes, per article."""

    layer_cpu_s: float  # row 8: the batch layer alone
    network_cpu_s: float  # row throughput: all of llmx with a model behind HTTP, its start-up in it
    rules_cpu_s: float  # row rules: the embedded engine in two processes, start-up taken out
    ledger_rows_per_s: float  # row ledger: one ledger, fsync a group, results of 26 KB, a busy machine
    paid_twice_per_kill: float  # row 1, 32 workers
    limit_used: float  # row 6: the least share of a limit that was used without a violation
    restart_s: float  # row dataset: from an actor's death until its shard was taken up again
    ledger_bytes: float  # row ledger: what an example's article takes, which is rich in events

    @classmethod
    def read(cls, path: Path) -> Measured:
        """The figures as they were measured last."""
        rows = {name: row["figures"] for name, row in json.loads(path.read_text()).items()}
        used = [case["used"] for case in rows["6"]["cases"].values() if "used" in case]
        return cls(
            layer_cpu_s=rows["8"]["cpu_ms_per_article"] / 1000,
            network_cpu_s=rows["throughput"]["llmx"]["cpu_ms"] / 1000,
            rules_cpu_s=rows["rules"]["two_cores"]["cpu_ms"] / 1000,
            ledger_rows_per_s=rows["ledger"]["per_s"]["26,000 bytes"],
            ledger_bytes=rows["ledger"]["bytes_in_the_ledger_for_it"],
            paid_twice_per_kill=rows["1"]["paid_twice_per_kill"],
            limit_used=min(used),
            restart_s=rows["dataset"]["taken_up_after_s"],
        )


RESULTS = Path(__file__).parents[1] / "results" / "batch.json"


@dataclass(frozen=True)
class Assumed:
    """What a reader should replace."""

    tokens_in: float = 4_500.0  # prompt, schema and a 3 KB article
    tokens_out: float = 1_100.0
    usd_in: float = 0.25  # per million tokens, a small model
    usd_out: float = 2.00
    batch_discount: float = 0.5
    latency_median_s: float = 9.0
    latency_sigma: float = 0.6
    account_rpm: float = 30_000.0
    account_tpm: float = 150_000_000.0
    core_usd_per_h: float = 0.04
    node_cores: int = 16
    node_mtbf_h: float = 1_000.0  # preemptible machines
    poison: float = 0.002
    transport_faults: float = 0.01
    shards_per_node: int = 64
    batch_queue_tokens: float = 15e9  # a provider's limit of enqueued tokens, one model
    batch_turnaround_h: float = 6.0


def needs(measured: Measured, assumed: Assumed, nodes: int) -> dict:
    """Days that each part would take alone, with `nodes` machines; the longest binds."""
    cores = nodes * assumed.node_cores
    tokens = ARTICLES * (assumed.tokens_in + assumed.tokens_out)
    requests = ARTICLES * (1 + assumed.transport_faults)
    in_flight = assumed.account_rpm / 60 * assumed.latency_median_s * math.exp(assumed.latency_sigma**2 / 2)
    return {
        "processors, network model": ARTICLES * measured.network_cpu_s / cores / DAY_S,
        "processors, rules": ARTICLES * measured.rules_cpu_s / cores / DAY_S,
        "requests a minute, one account": requests / (assumed.account_rpm * measured.limit_used) * 60 / DAY_S,
        "tokens a minute, one account": tokens / (assumed.account_tpm * measured.limit_used) * 60 / DAY_S,
        "provider batch queue": tokens / assumed.batch_queue_tokens * assumed.batch_turnaround_h / 24,
        "one ledger, were there only one": ARTICLES / measured.ledger_rows_per_s / DAY_S,
        "requests in flight at the limit": in_flight,
    }


def breaks_first(parts: dict) -> dict:
    """What binds a model behind HTTP, live, and what binds the embedded engine; the ledger is one a shard."""
    live = ("processors, network model", "requests a minute, one account", "tokens a minute, one account")
    rules = ("processors, rules",)
    worst = max(live, key=parts.__getitem__)
    return {"live": worst, "days live": parts[worst], "days rules": parts[rules[0]]}


def costs(measured: Measured, assumed: Assumed) -> dict:
    """US dollars of the whole, by way."""
    live = ARTICLES * (assumed.tokens_in * assumed.usd_in + assumed.tokens_out * assumed.usd_out) / 1e6
    retried = live * assumed.poison * 2
    core_h = ARTICLES * measured.network_cpu_s / 3600
    rules_h = ARTICLES * measured.rules_cpu_s / 3600
    return {
        "tokens, live": live,
        "tokens, provider batch": live * assumed.batch_discount,
        "tokens of poison, tried three times": retried,
        "processors, network model": core_h * assumed.core_usd_per_h,
        "processors, rules alone": rules_h * assumed.core_usd_per_h,
        "disk, TB of ledgers": ARTICLES * measured.ledger_bytes / 1e12,
    }


@dataclass(frozen=True)
class Spread:
    """How a cluster works through its shards."""

    nodes: int
    seed: int = 1


def spread(measured: Measured, assumed: Assumed, plan: Spread, seconds_each: float, scan_s: float = 0.0) -> dict:
    """Draw machines, failures and stragglers; gives days, and what was done twice.

    Args:
        measured: Measured figures.
        assumed: Assumed figures.
        plan: Machines and the seed.
        seconds_each: Seconds of one machine for one article, all its cores at work.
        scan_s: Seconds in which a machine reads the whole input once; each shard pays it.
    """
    draw = random.Random(plan.seed)
    shards = plan.nodes * assumed.shards_per_node
    each = ARTICLES / shards * seconds_each + scan_s
    free = [(0.0, node) for node in range(plan.nodes)]
    heapq.heapify(free)
    speed = [draw.lognormvariate(0.0, 0.08) * (3.0 if draw.random() < 0.01 else 1.0) for _ in range(plan.nodes)]
    failures, end, busy = 0, 0.0, 0.0
    for _ in range(shards):
        at, node = heapq.heappop(free)
        left, now = each * speed[node], at
        while True:
            fails_in = draw.expovariate(1.0 / (assumed.node_mtbf_h * 3600))
            if fails_in >= left:
                now += left
                break
            # The ledger keeps what was done: a failure costs a restart, not the shard.
            failures += 1
            left -= fails_in
            now += fails_in + measured.restart_s * 10  # another machine has to be found first
        busy += now - at
        end = max(end, now)
        heapq.heappush(free, (now, node))
    return {
        "nodes": plan.nodes,
        "shards": shards,
        "days": end / DAY_S,
        "node_failures": failures,
        "idle_share_by_stragglers": 1 - busy / (end * plan.nodes),
        "articles_done_twice": failures * measured.paid_twice_per_kill * assumed.node_cores,
        "requests_lost_with_leases": failures * assumed.account_rpm / 60 / plan.nodes,  # at most a second's share each
    }


def _seconds_by_the_account(measured: Measured, assumed: Assumed) -> float:
    """Seconds of the whole account for one article: by requests or by tokens, whatever is more."""
    tokens = assumed.tokens_in + assumed.tokens_out
    by_requests = (1 + assumed.transport_faults) / assumed.account_rpm
    return 60 * max(by_requests, tokens / assumed.account_tpm) / measured.limit_used


def main() -> dict:
    measured, assumed = Measured.read(RESULTS), Assumed()
    told: dict = {"measured": asdict(measured), "assumed": asdict(assumed), "cost_usd": costs(measured, assumed)}
    told["days_by_part"] = {nodes: needs(measured, assumed, nodes) for nodes in (1, 10, 100, 1000)}
    told["breaks_first"] = {nodes: breaks_first(parts) for nodes, parts in told["days_by_part"].items()}
    live_s = _seconds_by_the_account(measured, assumed)
    runs = []
    for nodes in (10, 100, 1000):
        rules_s = measured.rules_cpu_s / assumed.node_cores
        runs.append({"what": "rules", **spread(measured, assumed, Spread(nodes), rules_s)})
        # The account's limit is shared: with more machines each gets less of it.
        network_s = max(measured.network_cpu_s / assumed.node_cores, live_s * nodes)
        runs.append({"what": "network, one account", **spread(measured, assumed, Spread(nodes), network_s)})
        # Every shard reads the whole input and leaves out what is not its own: 3 TB, parsed at 200 MB/s a core.
        scan_s = ARTICLES * 3_000 / (2e8 * assumed.node_cores)
        runs.append(
            {"what": "rules, every shard reads all", **spread(measured, assumed, Spread(nodes), rules_s, scan_s)}
        )
    told["spread"] = runs
    fragile = replace(assumed, node_mtbf_h=10.0)
    told["spread_when_machines_live_10_h"] = spread(
        measured, fragile, Spread(100), measured.rules_cpu_s / assumed.node_cores
    )
    return told


def show(told: dict) -> str:
    lines = ["cost, US dollars:"]
    lines += [f"  {name}: {value:,.1f}" for name, value in told["cost_usd"].items()]
    for nodes, parts in told["days_by_part"].items():
        lines.append(f"days with {nodes} machines of 16 cores:")
        lines += [f"  {name}: {value:,.2f}" for name, value in parts.items()]
    lines.append("what binds a live run:")
    lines += [
        f"  {nodes} machines: {one['live']}, {one['days live']:,.1f} days"
        for nodes, one in told["breaks_first"].items()
    ]
    lines.append("spread:")
    lines += [f"  {row}" for row in [*told["spread"], told["spread_when_machines_live_10_h"]]]
    return "\n".join(lines)


if __name__ == "__main__":
    found = main()
    print(json.dumps(found, indent=1) if "--json" in sys.argv else show(found))
