# The course model of docs/methods/course-model.md by converged quadrature, sharing no idea with a Kalman filter: dense covariance
# sigma^2 ((1-w) rho^|s-t| + w 1[s=t]) over the scored days, onset columns by their defining sum, (mu, gamma, pi, delta) integrated exactly,
# the five w summed, logit rho by the trapezoid rule on (-8, 11) (further for scores that hardly move), log tau by Gauss-Legendre over its whole range, log sigma by Gauss-Legendre over all
# of its mass at each (w, rho). Every diary at two resolutions; `convergence` holds the largest differences between them.
# python3 course_exact.py DIARY.csv… [options]; needs numpy and scipy (Debian: python3-numpy python3-scipy); prints JSON
import os
for v in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"): os.environ.setdefault(v, "1")
import csv, datetime, itertools, json, math, multiprocessing, sys
import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import brentq
from scipy.special import expit, log_ndtr, ndtr
WS = (.1, .3, .5, .7, .9); NEAR = .005

class Arms(list): period = None   # the arm of each day, with the block (`period`) it belongs to

def read(path, outcome="pain", dose="dose_mg"):
    """Calendar days 1..T: score (nan = missing), dose (carried on where not written down), arm and period, and which doses were assumed."""
    rows = list(csv.DictReader(open(path)))
    day = [int(r["day"]) if "day" in r else datetime.date.fromisoformat(r["date"]).toordinal() for r in rows]
    T = max(day) - min(day) + 1; y = np.full(T, np.nan); u = [None] * T; arm = Arms([None] * T); per = [None] * T
    for d, r in zip(day, rows):
        t = d - min(day)
        if r[outcome]: y[t] = float(r[outcome])
        if r.get("period"): per[t] = r["period"]
        if r[dose]: u[t] = float(r[dose])
        if r.get("arm"): arm[t] = r["arm"]
        elif u[t] is not None: arm[t] = "ldn" if u[t] > 0 else "none"
    assumed = [t + 1 for t in range(T) if u[t] is None]
    for t in range(T):
        if u[t] is None: u[t] = u[t - 1] if t else 0.
        if arm[t] is None: arm[t] = arm[t - 1] if t else "none"
    if any(per): arm.period = per
    return y, np.array(u), arm, assumed

def runs(x): return [(k, len(list(g))) for k, g in itertools.groupby(x)]

class Course:
    def __init__(s, y, u, arm, lo=0., hi=10., higher=False, mcid=None, already=False):
        s.y0, s.u, s.arm, s.lo, s.hi, s.higher = y, u, arm, lo, hi, higher; s.R = R = hi - lo; s.mcid = .1 * R if mcid is None else mcid
        s.ob = ob = np.flatnonzero(~np.isnan(y)) + 1; s.y = (lo + hi - y if higher else y)[ob - 1]; s.N = len(ob); s.T = len(y)
        s.ds = ds = np.unique(u[u > 0]); s.D = D = len(ds); s.already = ds == u[0] if already else np.zeros(D, bool)
        s.pi = any(a == "placebo" for a in arm) and any(arm[t - 1] == "none" for t in ob)
        s.tbar = ob.mean(); tc = (ob - s.tbar) / 28; p = np.array([arm[t - 1] == "placebo" or u[t - 1] > 0 for t in ob], float)
        s.fixed = np.column_stack([np.ones(s.N), tc] + ([p] if s.pi else [])); s.q = q = s.fixed.shape[1] + D
        S = np.zeros((q, q)); S[0, 0], S[1, 1] = (.3 * R) ** 2, (.025 * R) ** 2
        if s.pi: S[2, 2] = (.1 * R) ** 2
        l = np.log(ds); S[q - D:, q - D:] = (.2 * R) ** 2 * (.9 * np.exp(-.5 * (l[:, None] - l) ** 2) + .1 * np.eye(D)); s.F = np.linalg.cholesky(S); s.mid = (lo + hi) / 2
        b = np.median([n for _, n in runs(u) for _ in range(n)]); s.block = float(b); s.tmax = max(1., b / 2) if b < 7 else 90.
        s.floor = (1. if (s.y == np.rint(s.y)).all() else .001 * R) / math.sqrt(12)
        first = np.flatnonzero(u > 0); b = [v for t, v in enumerate(y) if not np.isnan(v) and arm[t] == "none" and not (len(first) and t >= first[0])]; s.raw = {"mean": float(np.mean(b)) if b else None, "sd": float(np.std(b, ddof=1)) if len(b) > 1 else None, "n": len(b)}
        # what is reported of (mu, gamma, [pi], delta): themselves, B = mu (+ pi), delta + .3 (B - lo), delta + .5 (B - lo)
        I = np.eye(q); B = I[0] + (I[2] if s.pi else 0); dl = I[q - D:]; s.Lf = np.vstack([I, B[None], dl + .3 * B, dl + .5 * B])

    def columns(s, tau):
        """a_{t,d}(tau) on the scored days, by the sum  (1-k)... over past days, k = exp(-1/tau)"""
        k = math.exp(-1 / tau); lag = s.ob[:, None] - np.arange(1, s.T + 1); W = np.where(lag >= 0, (1 - k) * k ** np.maximum(lag, 0), 0.)
        return W @ (s.u[:, None] == s.ds) + np.outer(k ** s.ob, s.already)

    def integrate(s, h, shift, nt, ns, end=11):
        R, N, q, D = s.R, s.N, s.q, s.D; x, wt = np.polynomial.legendre.leggauss(nt); a, b = math.log(.5), math.log(s.tmax)
        lt = (a + b) / 2 + (b - a) / 2 * x; taus = np.exp(lt); lwt = np.log(wt * (b - a) / 2) - .5 * ((lt - math.log(7)) / .9) ** 2
        A = [s.columns(t) for t in taus]; lag = np.abs(s.ob[:, None] - s.ob).astype(float); rhs = np.column_stack([s.y - s.mid, s.fixed] + A); nf = s.fixed.shape[1]
        sx, sw = np.polynomial.legendre.leggauss(ns); z = np.arange(-8 + shift * h, end, h); keep = []; top = -np.inf; wide = np.linspace(math.log(s.floor), math.log(1.5 * R), 90)
        m0 = np.zeros(q); m0[0] = s.mid
        for w in WS:
            for zr in z:
                rho = expit(zr); C = (1 - w) * rho ** lag; C[np.diag_indices(N)] = 1.; Lc = cholesky(C, lower=True, check_finite=False); ldC = 2 * np.log(np.diag(Lc)).sum()
                V = solve_triangular(Lc, rhs, lower=True, check_finite=False); r = V[:, 0]; rr = r @ r; X = np.empty((nt, N, q)); X[:, :, :nf] = V[:, 1:1 + nf]; X[:, :, nf:] = V[:, 1 + nf:].reshape(N, nt, D).transpose(1, 0, 2)
                X = X @ s.F; lam, U = np.linalg.eigh(X.transpose(0, 2, 1) @ X); g = np.einsum("tij,ti->tj", U, np.einsum("tnj,n->tj", X, r))
                lrho = math.lgamma(4.5) - math.lgamma(3) - math.lgamma(1.5) + 3 * math.log(rho) + 1.5 * math.log1p(-rho) if rho < 1 else -np.inf   # Beta(3, 1.5) density times d rho / d logit rho
                def lp(ls, k=slice(None)):
                    s2 = np.exp(2 * ls)[None, :, None]; dd = 1 / (1 + np.maximum(lam[k], 0)[:, None] / s2)
                    v = -N * ls - .5 * ldC + .5 * np.log(dd).sum(2) - .5 * (rr / s2[:, :, 0] - (g[k][:, None] ** 2 * dd / s2**2).sum(2)) - .5 * (np.exp(ls) / (.2 * R)) ** 2 + ls
                    return v + lrho + lwt[k][:, None], dd, s2
                c = lp(wide, slice(None, None, 4))[0].max(0)
                if c.max() < top - 45: continue
                i = np.flatnonzero(c > c.max() - 38); l0, l1 = wide[max(0, i[0] - 1)], wide[min(len(wide) - 1, i[-1] + 1)]
                ls = (l0 + l1) / 2 + (l1 - l0) / 2 * sx; v, dd, s2 = lp(ls); v = v + np.log(sw * (l1 - l0) / 2); top = max(top, v.max()); k = v > top - 38
                if not k.any(): continue
                W = s.Lf @ s.F @ U; mean = s.Lf @ m0 + np.einsum("trq,tsq->tsr", W, dd * g[:, None] / s2); var = np.einsum("trq,tsq->tsr", W**2, dd)
                sh = v.shape; hyper = np.stack([np.full(sh, rho), np.broadcast_to(np.exp(ls), sh), np.full(sh, w), np.broadcast_to(taus[:, None], sh)], 2); keep.append((v[k], mean[k], var[k], hyper[k]))
        v, m, V, G = (np.concatenate(c) for c in zip(*keep)); p = np.exp(v - v.max()); p /= p.sum(); k = p > 1e-15; return s.summary(p[k] / p[k].sum(), m[k], V[k], G[k])

    def summary(s, p, m, V, G):
        q, D = s.q, s.D; sg = -1 if s.higher else 1; mu = p @ m; sd = np.sqrt(p @ (V + (m - mu) ** 2)); gm = p @ G; gs = np.sqrt(p @ (G - gm) ** 2); S = np.sqrt(V)
        cdf = lambda j, z: p @ ndtr((z - m[:, j]) / S[:, j]); at = lambda j, a: brentq(lambda z: cdf(j, z) - a, mu[j] - 12 * sd[j], mu[j] + 12 * sd[j], xtol=1e-9)
        def ms(j, f=1., c=0.): return {"mean": c + f * mu[j], "sd": sd[j], **dict(zip(("q025", "q50", "q975"), sorted(c + f * at(j, a) for a in (.025, .5, .975))))}
        flip = (-1., s.lo + s.hi) if s.higher else (1., 0.)
        o = {"baseline": s.raw, "offDrugLevel": ms(q, *flip), "mu": ms(0, *flip), "expectation": ms(2, sg) if s.pi else None, "trendPer28Days": ms(1, sg)}
        for i, k in enumerate(("rho", "sigma", "whiteShare", "tauDays")): o[k] = {"mean": gm[i], "sd": gs[i]}
        o["doses"] = []
        for d in range(D):
            j = q - D + d
            share = lambda f, i: float(p @ ndtr((f * s.lo - m[:, i]) / S[:, i])) if s.lo == 0 and not s.higher else None
            o["doses"].append({"mg": float(s.ds[d]), "days": int((s.u == s.ds[d]).sum()), "effect": ms(j, sg), "probAnyBenefit": float(cdf(j, 0.)),
                "probMeaningfulBenefit": float(cdf(j, -s.mcid)), "probMeaningfulHarm": float(p @ ndtr((m[:, j] - s.mcid) / S[:, j])), "prob30": share(.3, q + 1 + d), "prob50": share(.5, q + 1 + D + d)})
        o["probTauOverHalfBlock"] = float(p @ (G[:, 3] > s.block / 2)); o["nodes"] = len(p); return o

def judge(c, doses, told):
    """The verdict table: (verdict, verdict dose, strength, borderline). Borderline: the verdict changes if some probability moves by 0.005."""
    cand = [d for d in doses if d["days"] >= 28]; best = max(cand, key=lambda d: (d["days"], d["mg"])) if cand else None
    blocks = [k[0] for k, n in runs(zip(c.arm, c.arm.period)) if n >= 14] if c.arm.period else []
    rand = told and blocks.count("placebo") >= 2 and blocks.count("ldn") >= 2
    plac = c.arm.count("placebo"); off = np.array([a != "ldn" for a in c.arm]); enough_off = off.sum() >= 14 and off[c.ob - 1].sum() >= 8   # off drug: assigned none or placebo
    early = not cand or (plac < 28 or c.N < 40 if rand else not enough_off)
    def v(eb, eh, ew):
        if enough_off and any(d["probMeaningfulHarm"] + eh >= .5 and 1 - d["probAnyBenefit"] + ew >= .95 for d in cand): return "harms"
        if early: return "too-early"
        pb = best["probMeaningfulBenefit"] + eb
        if rand and pb >= .9: return "works"
        if pb >= (.7 if rand else .85): return "probably-works"
        if pb <= .1 and any(d["mg"] > best["mg"] and d["probMeaningfulBenefit"] + eb >= .30 for d in doses): return "unclear"
        return "does-not-work" if pb <= .05 else "probably-does-not-work" if pb <= .1 else "unclear"
    e = (-NEAR, 0, NEAR); near = len({v(*x) for x in itertools.product(e, e, e)}) > 1
    clear = all(abs(d["probMeaningfulHarm"] - .5) > 3 * NEAR and abs(d["probAnyBenefit"] - .05) > 3 * NEAR for d in cand) and all(abs(best["probMeaningfulBenefit"] - x) > 3 * NEAR for x in (.05, .1, .7, .85, .9)) if cand else True
    return {"verdict": v(0, 0, 0), "verdictDose": best["mg"] if best else None, "strength": "randomised" if rand else "randomised-short" if told else "open-label", "borderline": near, "clearOfThresholds": clear, "mayMakeWorse": bool(best and v(0, 0, 0) == "does-not-work" and best["probAnyBenefit"] <= .2)}

def gap(a, b):
    """Largest differences between two resolutions: means and quantiles in SD, relative SD, probabilities."""
    P = ("probAnyBenefit", "probMeaningfulBenefit", "probMeaningfulHarm", "prob30", "prob50"); one = [(a[k], b[k]) for k in ("offDrugLevel", "mu", "expectation", "trendPer28Days", "rho", "sigma", "whiteShare", "tauDays") if a[k]] + [(x["effect"], y["effect"]) for x, y in zip(a["doses"], b["doses"])]
    return {"meanInSd": max(abs(x["mean"] - y["mean"]) / x["sd"] for x, y in one), "sdRelative": max(abs(x["sd"] / y["sd"] - 1) for x, y in one), "quantileInSd": max([abs(x["effect"][k] - y["effect"][k]) / x["effect"]["sd"] for x, y in zip(a["doses"], b["doses"]) for k in ("q025", "q50", "q975")] or [0]),
        "probability": max([abs(x[k] - y[k]) for x, y in zip(a["doses"], b["doses"]) for k in P if x[k] is not None] or [0])}

if __name__ == "__main__":   # course_exact.py DIARY.csv… [--scale LO..HI] [--higher-is-better] [--outcome COL] [--dose-column COL] [--randomised]
    import argparse
    a = argparse.ArgumentParser(); a.add_argument("files", nargs="+"); a.add_argument("--scale", default="0..10"); a.add_argument("--higher-is-better", action="store_true"); a.add_argument("--outcome", default="pain"); a.add_argument("--dose-column", default="dose_mg"); a.add_argument("--randomised", action="store_true")
    a = a.parse_args(); lo, hi = map(float, a.scale.split("..")); res = {}
    for f in a.files:
        y, u, arm, assumed = read(f, a.outcome, a.dose_column); c = Course(y, u, arm, lo, hi, a.higher_is_better)
        x, b = c.integrate(.22, 0, 72, 44), c.integrate(.3, .37, 52, 32)
        res[f] = {"days": c.T, "observed": c.N, "assumedDoses": len(assumed), "tauRange": [.5, c.tmax], **x, "convergence": gap(x, b), **judge(c, x["doses"], a.randomised)}
    json.dump(res, sys.stdout, indent=1); print()
