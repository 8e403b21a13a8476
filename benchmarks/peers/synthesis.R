# metafor on the same effects, in one run beside Lowdose, with its default settings.
#
#   Rscript synthesis.R SMALL.csv LARGE.csv      yi,vi,x
#
# Prints one JSON object: CPU seconds, estimates, versions. Needs R with metafor and jsonlite (Debian: r-cran-metafor r-cran-jsonlite).
suppressPackageStartupMessages({ library(metafor); library(jsonlite) })
args <- commandArgs(trailingOnly = TRUE)
if (length(args) < 2) stop("usage: Rscript synthesis.R SMALL.csv LARGE.csv")
cpu <- function() sum(proc.time()[c(1, 2, 4, 5)], na.rm = TRUE)
# A short f is repeated within a run until it takes 0.05 s, because CPU time is counted in milliseconds.
timed <- function(f, runs = 9) {
  f(); start <- cpu(); f(); one <- cpu() - start
  times <- if (one >= .05) 1L else min(200L, ceiling(.05 / max(one, .001)))
  each <- vapply(seq_len(runs), function(i) { start <- cpu(); for (j in seq_len(times)) f(); (cpu() - start) / times }, 0)
  list(cpuSecondsMedian = median(each), cpuSecondsMin = min(each), cpuSecondsMax = max(each), runs = runs)
}
d <- read.csv(args[1]); l <- read.csv(args[2]); quiet <- suppressWarnings
f <- rma(yi, vi, data = d); m <- rma(yi, vi, mods = ~x, data = d); g <- rma(yi, vi, data = l)
out <- list(versions = list(R = paste(R.version$major, R.version$minor, sep = "."), metafor = as.character(packageVersion("metafor")), blas = basename(sessionInfo()$BLAS)),
  reml = c(timed(function() rma(yi, vi, data = d)), list(estimate = f$b[1], tau2 = f$tau2)),
  dl = timed(function() rma(yi, vi, data = d, method = "DL")),
  pmHartung = timed(function() rma(yi, vi, data = d, method = "PM", test = "knha")),
  moderator = c(timed(function() rma(yi, vi, mods = ~x, data = d)), list(estimate = m$b[2], tau2 = m$tau2)),
  profile = timed(function() confint(f)), egger = timed(function() regtest(f)), trimFill = timed(function() quiet(trimfill(f))),
  leaveOneOut = timed(function() leave1out(f), 5), cumulative = timed(function() quiet(cumul(f)), 5),
  everything = timed(function() { f <- rma(yi, vi, data = d); confint(f); regtest(f); quiet(trimfill(f)); leave1out(f); quiet(cumul(f)); predict(f) }, 5),
  large = c(timed(function() rma(yi, vi, data = l), 5), list(estimate = g$b[1], tau2 = g$tau2)))
cat(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null"), "\n")
