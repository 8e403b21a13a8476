"""Makes the oracle diaries of the course model and judges each by the converged quadrature of benchmarks/peers/course_exact.py.

    python3 make.py diaries          write every NAME.csv (seeded: the same bytes on every run)
    python3 make.py judge [NAME…]    write NAME.json for the named diaries, or for those that have none yet (a minute or so each)

Needs numpy and scipy (Debian: python3-numpy python3-scipy). Every diary here is simulated; none is a person's.
"""
import csv, json, math, pathlib, sys, time, zlib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "benchmarks" / "peers"))
import course_exact  # first: it keeps the linear algebra on one thread
import numpy as np
import scipy

SEED = 20261122
TINY = 1e-5
# Two resolutions each: step and shift in logit rho, nodes in log tau and in log sigma, end of logit rho. The second pair where the first is not enough.
GRIDS = [((.22, 0, 72, 44), (.3, .37, 52, 32)), ((.11, 0, 110, 80, 20), (.15, .37, 80, 56, 20))]


def blocks(*spans):
    """Dose, arm and block number of each day, from (dose, arm, days) spans."""
    dose, arm, period = [], [], []
    for number, (mg, name, days) in enumerate(spans, 1):
        dose += [mg] * days
        arm += [name] * days
        period += [number] * days
    return dose, arm, period


def none(days): return (0.0, "none", days)
def placebo(days): return (0.0, "placebo", days)
def ldn(mg, days): return (mg, "ldn", days)


def simulate(rng, spans, effect=None, level=6.0, trend=0.0, expectation=0.0, rho=0.6, sigma=1.2, white=0.4, tau=7.0,
             missing=0.0, scale=(0, 10), step=1.0, lower_is_better=True, gone=0.0, already=False, forget=0.0, scores=None):
    """Rows of one diary drawn from the model itself; scores rounded to `step` and cut to the scale as a person's rating is.

    missing: share of scores left empty; gone: share of days with no row at all; forget: share of drug days with no tablet;
    scores: that many are kept, by lot.
    """
    dose, arm, period = blocks(*spans)
    effect = effect or {}
    slow = rng.normal(0, sigma * math.sqrt(1 - white))
    tried = {mg: 0.0 for mg in dose if mg > 0}
    if already:
        tried[dose[0]] = 1.0
    keep = 1 - math.exp(-1 / tau)
    rows = []
    for t, (mg, name) in enumerate(zip(dose, arm)):
        if name == "ldn" and rng.random() < forget:
            mg = 0.0
        for d in tried:
            tried[d] += ((mg == d) - tried[d]) * keep
        if t:
            slow = rho * slow + rng.normal(0, sigma * math.sqrt((1 - white) * (1 - rho * rho)))
        swallowed = name == "placebo" or mg > 0
        score = level + trend * (t - len(dose) / 2) / 28 + expectation * swallowed + slow + rng.normal(0, sigma * math.sqrt(white))
        score += sum(effect.get(d, 0.0) * share for d, share in tried.items())
        score = min(max(round(score / step) * step, scale[0]), scale[1])
        unseen, absent = rng.random() < missing, rng.random() < gone
        if absent and 0 < t < len(dose) - 1:
            continue
        rows.append({"day": t + 1, "dose_mg": f"{mg:g}", "pain": "" if unseen else f"{score:g}", "arm": name, "period": period[t]})
    if scores is not None:
        kept = set(rng.choice(len(rows), scores, replace=False))
        rows = [row if i in kept else {**row, "pain": ""} for i, row in enumerate(rows)]
    return rows


def titration(days=42): return [none(days), ldn(1.5, 28), ldn(3.0, 28), ldn(4.5, 28)]


def shuffled(rng, pairs, days, mg=4.5):
    """Pairs of a placebo and a drug block, the order within each pair by lot."""
    spans = []
    for _ in range(pairs):
        pair = [placebo(days), ldn(mg, days)]
        spans += pair if rng.random() < 0.5 else pair[::-1]
    return spans


def diaries():
    """Every diary: name -> (rows, columns beyond day, dose and pain, options of the verdict)."""
    made = {}

    def add(name, spans, extra=(), options=None, **truth):
        rng = np.random.default_rng([SEED, zlib.crc32(name.encode())])
        spans = spans(rng) if callable(spans) else spans
        made[name] = (simulate(rng, spans, **truth), extra, options or {})

    both = ("arm", "period")
    told = {"randomised": True}
    add("titration-with-gaps", titration(), effect={1.5: -.3, 3: -1, 4.5: -1.6}, missing=.1, gone=.08)
    add("one-dose-off-on", [none(42), ldn(4.5, 56)], effect={4.5: -1.2})
    add("randomised-6x14", lambda r: [none(14)] + shuffled(r, 3, 14), both, told, effect={4.5: -1.5}, expectation=-.5)
    add("randomised-4x28", lambda r: [none(14)] + shuffled(r, 2, 28), both, told, effect={4.5: -.8}, expectation=-.7)
    add("every-day-blinded", lambda r: shuffled(r, 3, 14), both, told, effect={4.5: -1})
    add("daily-alternation", [none(14)] + [none(1), ldn(4.5, 1)] * 35, effect={4.5: -1}, tau=1)
    add("three-day-blocks", [none(3), ldn(3.0, 3)] * 16, effect={3: -1.5}, tau=1.2)
    add("no-drug", [none(60)])
    add("only-drug-days", [ldn(3.0, 70)], effect={3: -1})
    add("one-day", [none(1)])
    add("one-drug-day", [ldn(1.5, 1)])
    add("ten-days", [none(5), ldn(1.5, 5)])
    add("five-scores", [none(20), ldn(1.5, 20)], scores=5)
    add("all-equal", [none(28), ldn(4.5, 42)], level=5, sigma=1e-9)
    add("at-the-ceiling", [none(28), ldn(1.5, 28), ldn(4.5, 28)], level=10.5, effect={4.5: -.5})
    add("non-whole-scores", [none(35), ldn(3.0, 49)], step=.1, effect={3: -.9})
    add("scale-0-100", titration(28), options={"scale": [0, 100]}, scale=(0, 100), level=62, sigma=12, effect={3: -8, 4.5: -15})
    add("higher-is-better", [none(35), ldn(4.5, 56)], options={"scale": [0, 100], "higherIsBetter": True}, scale=(0, 100), level=40, sigma=10, effect={4.5: 14})
    add("strong-trend", titration(28), trend=-.9, effect={})
    add("slow-noise", [none(42), ldn(1.5, 28), ldn(4.5, 42)], rho=.95, white=.15, sigma=1.6)
    add("white-noise", [none(42), ldn(4.5, 56)], white=1.0, effect={4.5: -.7})
    add("rho-near-zero", [none(42), ldn(4.5, 56)], rho=.02, white=.1, effect={4.5: -.7})
    add("forty-percent-missing", titration(), missing=.4, effect={3: -1, 4.5: -1})
    add("big-effect", [none(35), ldn(3.0, 28), ldn(4.5, 42)], level=7.5, sigma=.9, effect={3: -3, 4.5: -4})
    add("harm", [none(35), ldn(4.5, 56)], level=4, sigma=1, effect={4.5: 2})
    add("inverted-u", [none(35), ldn(.5, 28), ldn(1.5, 28), ldn(3.0, 28), ldn(6.0, 28)], level=6.5, effect={.5: -.5, 1.5: -2, 3: -2, 6: .2})
    add("a-year", [none(56), ldn(1.5, 56), ldn(3.0, 84), ldn(4.5, 169)], missing=.05, effect={3: -.8, 4.5: -1.2})
    add("already-taking", [ldn(4.5, 42), none(42)], options={"alreadyTaking": True}, level=6.5, effect={4.5: -1.5}, already=True)
    add("long-tau", [none(42), ldn(4.5, 98)], tau=20, effect={4.5: -1.8})
    add("tiny-sigma", [none(28), ldn(3.0, 42)], step=.01, sigma=.05, white=.5, effect={3: -.4})
    add("forgotten-tablets", [none(35), ldn(4.5, 70)], ("arm",), forget=.12, effect={4.5: -1.3}, tau=3)
    add("randomised-works", lambda r: [none(14)] + shuffled(r, 3, 28), both, told, level=7, sigma=1, effect={4.5: -2.2}, tau=4)
    add("randomised-no-effect", lambda r: [none(28)] + shuffled(r, 3, 14), both, told, sigma=1, white=.7, effect={})
    add("randomised-short", lambda r: [none(28)] + shuffled(r, 4, 7), both, told, effect={4.5: -1})
    add("one-week-off", [none(7), ldn(4.5, 70)], effect={4.5: -1})
    add("mcid-two", [none(35), ldn(4.5, 56)], options={"mcid": 2.0}, effect={4.5: -2})
    return made


def write(name, rows, extra):
    with open(HERE / f"{name}.csv", "w", newline="", encoding="utf-8") as out:
        table = csv.DictWriter(out, ["day", "dose_mg", "pain", *extra], extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def comparable(summary):
    """The summary without a white share that sits on one of its five values: an SD of rounding error has no relative size."""
    return {**summary, "whiteShare": summary["whiteShare"] if summary["whiteShare"]["sd"] > 1e-9 else None}


def judge(name, options):
    start = time.process_time()
    y, u, arm, assumed = course_exact.read(HERE / f"{name}.csv")
    lo, hi = options.get("scale", [0, 10])
    course = course_exact.Course(y, u, arm, float(lo), float(hi), options.get("higherIsBetter", False), options.get("mcid"), options.get("alreadyTaking", False))
    for grids in GRIDS:
        fine, coarse = (course.integrate(*grid) for grid in grids)
        gap = course_exact.gap(comparable(fine), comparable(coarse))
        worst = max(gap.values())
        if worst <= TINY:
            break
    summary = {
        "origin": f"benchmarks/peers/course_exact.py by make.py, seed {SEED}, numpy {np.__version__}, scipy {scipy.__version__}",
        "options": {"scale": [lo, hi], "higherIsBetter": course.higher, "randomised": options.get("randomised", False),
                    "alreadyTaking": options.get("alreadyTaking", False), "mcid": course.mcid, "sigmaFloor": course.floor},
        "grid": grids[0], "days": course.T, "observed": course.N, "assumedDoses": len(assumed), "tauRange": [.5, float(course.tmax)],
        **fine, "convergence": gap, "converged": bool(worst <= TINY),
        "convergenceNote": None if worst <= TINY else f"two resolutions differ by {worst:.1e}, more than {TINY:g}: compare no closer than that",
        **course_exact.judge(course, fine["doses"], options.get("randomised", False))}
    (HERE / f"{name}.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    print(f"{name}: {summary['verdict']}, {course.N} scores, differ by {worst:.1e}, {time.process_time() - start:.0f} s", file=sys.stderr, flush=True)


def main():
    made = diaries()
    if sys.argv[1:2] == ["diaries"]:
        for name, (rows, extra, _) in made.items():
            write(name, rows, extra)
    elif sys.argv[1:2] == ["judge"]:
        for name in sys.argv[2:] or [n for n in made if not (HERE / f"{n}.json").exists()]:
            judge(name, made[name][2])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
