# What metafor says of forty sets of studies: the reference that Synthesis/ReferenceTests.cs compares with.
#   Rscript make.R        in this folder; writes NAME.json. Needs metafor, metadat, jsonlite.
# Published sets are those of the package metadat, with their source; the others are simulated with a fixed seed. No person's data.
# Where metafor iterates it is driven to the last digits (control below); "default" holds its answers at its own settings.
suppressPackageStartupMessages({ library(metafor); library(metadat); library(jsonlite) })
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
methods <- c("EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")
tests <- c("z", "knha", "adhoc")
none <- function(e) tryCatch(suppressWarnings(e), error = function(err) NULL)
or <- function(x) if (length(x)) as.numeric(x)[1] else NA
control <- function(d, m) {
  scale <- if (nrow(d) > 1) var(d$yi) + min(d$vi) else 1
  if (m %in% c("ML", "REML", "EB")) list(threshold = 1e-12 * scale, maxiter = 20000)
  else if (m == "PM") list(tol = 1e-13 * scale, maxiter = 20000, tau2.max = 1e4 * max(scale, 1)) else list()
}
rows <- function(d, m, t, mods = NULL, ctl = control(d, m)) {
  args <- list(yi = d$yi, vi = d$vi, method = m, test = t)
  if (!is.null(mods)) args$mods <- mods
  f <- none(do.call(rma, c(args, list(control = ctl))))
  if (is.null(f) && m %in% c("ML", "REML", "EB")) f <- none(do.call(rma, c(args, list(control = c(ctl, stepadj = .5)))))
  f
}
fit <- function(f) if (is.null(f)) NULL else { p <- predict(f); c(estimate = f$b[1], se = f$se, statistic = f$zval, df = if (f$test == "z") NA else f$ddf, p = f$pval, lo = f$ci.lb, hi = f$ci.ub,
  predictionLo = or(p$pi.lb), predictionHi = or(p$pi.ub), tau2 = f$tau2, seTau2 = or(f$se.tau2), I2 = f$I2, H2 = f$H2, Q = f$QE, pQ = f$QEp, logLik = as.numeric(logLik(f))) }
moderated <- function(d, X, m, t) { f <- rows(d, m, t, X); if (is.null(f)) return(NULL); p <- predict(f)
  list(method = m, test = t, beta = c(f$b), se = f$se, p = f$pval, lo = f$ci.lb, hi = f$ci.ub, tau2 = f$tau2, seTau2 = or(f$se.tau2), I2 = f$I2, H2 = f$H2, QE = f$QE, pQE = f$QEp, QM = f$QM, pQM = f$QMp, R2 = or(f$R2), logLik = as.numeric(logLik(f)),
    fitted = if (m == "REML") list(estimate = p$pred, se = p$se, lo = p$ci.lb, hi = p$ci.ub, predictionLo = p$pi.lb, predictionHi = p$pi.ub)) }
answer <- function(d, X = NULL) {
  k <- nrow(d); out <- list(yi = as.numeric(d$yi), vi = as.numeric(d$vi), fits = list(), default = list())
  for (m in methods) for (t in tests) { f <- rows(d, m, t); out$fits[[paste(m, t)]] <- fit(f)
    if (t != "adhoc") { e <- none(regtest(f)); if (!is.null(e)) out$egger[[paste(m, t)]] <- c(statistic = e$zval, p = e$pval, limit = e$est[[1]], lo = e$ci.lb[[1]], hi = e$ci.ub[[1]])
      e <- if (is.null(f)) NULL else none(trimfill(f, control = control(d, m))); if (!is.null(e)) out$trimFill[[paste(m, t)]] <- c(k0 = e$k0, right = e$side == "right", estimate = e$b[1], se = e$se, tau2 = e$tau2) } }
  for (m in c("ML", "REML", "EB", "PM")) { f <- none(rma(yi, vi, data = d, method = m)); if (!is.null(f)) out$default[[m]] <- c(estimate = f$b[1], se = f$se, tau2 = f$tau2) }
  out$weights <- as.numeric(weights(rows(d, "REML", "z")))
  p <- none(confint(rows(d, "REML", "z"), control = list(tol = 1e-14 * (var(d$yi) + min(d$vi)), maxiter = 20000, tau2.max = 1e6 * (var(d$yi) + min(d$vi))))$random)
  if (!is.null(p)) out$profile <- c(lo = p["tau^2", "ci.lb"], hi = p["tau^2", "ci.ub"])
  one <- function(f) c(estimate = f$b[1], se = f$se, p = f$pval, tau2 = f$tau2, Q = f$QE)
  if (k > 1 && k < 60) for (m in c("REML knha", "DL z")) { w <- strsplit(m, " ")[[1]]
    out$leaveOneOut[[m]] <- lapply(seq_len(k), function(i) one(rows(d[-i, ], w[1], w[2]))); out$cumulative[[m]] <- lapply(seq_len(k), function(i) one(rows(d[seq_len(i), ], w[1], w[2]))) }
  if (!is.null(X)) { out$X <- lapply(seq_len(ncol(X)), function(j) as.numeric(X[, j])); out$moderated <- Filter(Negate(is.null), unlist(lapply(methods, function(m) lapply(tests, function(t) moderated(d, X, m, t))), recursive = FALSE)) }
  out
}
save <- function(name, origin, measure, d, raw = list(), X = NULL) {
  out <- c(list(origin = origin, versions = list(R = paste(R.version$major, R.version$minor, sep = "."), metafor = as.character(packageVersion("metafor")), metadat = as.character(packageVersion("metadat"))),
    measure = measure, raw = raw), answer(d, X))
  deep <- function(x) if (is.list(x)) lapply(x, deep) else if (!is.null(names(x))) as.list(deep(unname(x)) |> setNames(names(x))) else if (is.numeric(x)) signif(x, 13) else x
  writeLines(toJSON(deep(out), auto_unbox = TRUE, digits = NA, na = "null", null = "null"), paste0(name, ".json"))
  cat(name, nrow(d), names(out$fits) |> length(), "\n")
}
published <- function(name, data, source, measure, ..., X = NULL) {
  raw <- lapply(as.list(substitute(list(...)))[-1], function(e) as.numeric(eval(e, data)))
  d <- if (measure == "GEN") data.frame(yi = raw$yi, vi = raw$vi) else do.call(escalc, c(list(measure = measure), raw)); keep <- !is.na(d$yi) & !is.na(d$vi) & d$vi > 0
  save(name, if (grepl("^dat", source)) paste0("metadat::", source) else source, measure, d[keep, ], lapply(raw, function(v) v[keep]), if (is.null(X)) NULL else X[keep, , drop = FALSE])
}
simulated <- function(name, yi, vi, what, X = NULL) save(name, what, "GEN", data.frame(yi, vi), list(yi = yi, vi = vi), X)
source("sets.R")
