# The rivals on one diary, in one run beside Lowdose: nlme::gls with corAR1 (what a careful analyst does in an afternoon) and JAGS
# (the same AR(1) regression with the priors of docs/methods/course-model.md). Neither knows onset, white noise beside the slow,
# or that neighbouring doses inform each other: they do less than Lowdose does.
#
#   Rscript one_diary.R DIARY.csv [RUNS]        DIARY: day or date, dose_mg, pain (0 to 10, empty where missing); RUNS: 5
#
# Prints one JSON object: CPU seconds (median of RUNS), estimates, posterior SDs, effective draws per CPU second, versions.
# Needs R with nlme, rjags, coda, jsonlite (Debian: r-base-core r-cran-nlme r-cran-rjags r-cran-coda r-cran-jsonlite).
suppressPackageStartupMessages({ library(nlme); library(rjags); library(coda); library(jsonlite) })

args <- commandArgs(trailingOnly = TRUE)
if (length(args) < 1) stop("usage: Rscript one_diary.R DIARY.csv [RUNS]")
runs <- if (length(args) > 1) as.integer(args[2]) else 5L

read_diary <- function(file) {
  d <- read.csv(file)
  if (is.null(d$day)) { date <- as.Date(d$date); d$day <- as.integer(date - min(date)) + 1L }
  d <- d[order(d$day), ]
  for (i in seq_len(nrow(d))) if (is.na(d$dose_mg[i])) d$dose_mg[i] <- if (i > 1) d$dose_mg[i - 1] else 0
  d <- d[!is.na(d$pain), ]
  d$dose <- factor(d$dose_mg)
  d$month <- (d$day - mean(d$day)) / 28
  d
}

# f() is repeated within a run until it takes 0.05 s, because CPU time is counted in milliseconds.
cpu <- function() sum(proc.time()[c(1, 2, 4, 5)], na.rm = TRUE)
timed <- function(f) {
  f()
  start <- cpu(); f(); one <- cpu() - start
  times <- if (one >= .05) 1L else min(200L, ceiling(.05 / max(one, .001)))
  each <- vapply(seq_len(runs), function(i) { start <- cpu(); for (j in seq_len(times)) f(); (cpu() - start) / times }, 0)
  list(cpuSecondsMedian = median(each), cpuSecondsMin = min(each), cpuSecondsMax = max(each), runs = runs, repeatsPerRun = times)
}

d <- read_diary(args[1])
effects <- levels(d$dose)[as.numeric(levels(d$dose)) > 0]
labels <- paste0(effects, " mg")

by_gls <- function() {
  fit <- function() gls(pain ~ dose + month, data = d, correlation = corAR1(form = ~day), method = "REML")
  f <- fit()
  table <- summary(f)$tTable
  rows <- table[paste0("dose", effects), , drop = FALSE]
  c(list(what = "nlme::gls, corAR1(form = ~day), REML, dose factor + trend"), timed(fit),
    list(effects = setNames(lapply(seq_along(effects), function(i) list(estimate = rows[i, "Value"], se = rows[i, "Std.Error"])), labels),
         trendPer28Days = list(estimate = table["month", "Value"], se = table["month", "Std.Error"]),
         rho = as.numeric(coef(f$modelStruct$corStruct, unconstrained = FALSE)), sigma = f$sigma))
}

model <- "model {
  mu[1] <- alpha + gamma * month[1] + inprod(delta[], on[1, ])
  y[1] ~ dnorm(mu[1], 1 / (sigma * sigma))
  for (k in 2:n) {
    mu[k] <- alpha + gamma * month[k] + inprod(delta[], on[k, ])
    f[k] <- pow(rho, gap[k])
    y[k] ~ dnorm(mu[k] + f[k] * (y[k - 1] - mu[k - 1]), 1 / (sigma * sigma * (1 - f[k] * f[k])))
  }
  alpha ~ dnorm(5, 1 / 9)
  gamma ~ dnorm(0, 1 / 0.0625)
  delta ~ dmnorm(zero, precision)
  rho ~ dbeta(3, 1.5)
  sigma ~ dnorm(0, 0.25) T(0.2886751,)
}"

by_jags <- function() {
  mg <- as.numeric(effects)
  covariance <- 4 * (.9 * exp(-.5 * outer(log(mg), log(mg), "-")^2) + .1 * diag(length(mg)))
  data <- list(y = d$pain, n = nrow(d), month = d$month, gap = c(1, diff(d$day)), zero = rep(0, length(mg)),
               precision = solve(covariance), on = outer(d$dose_mg, mg, "==") * 1)
  start <- function(k) list(alpha = 5, gamma = 0, delta = rep(0, length(mg)), rho = .5, sigma = 1.2, .RNG.name = "base::Mersenne-Twister", .RNG.seed = 100 + k)
  draw <- function() {
    m <- jags.model(textConnection(model), data, lapply(1:4, start), n.chains = 4, n.adapt = 1000, quiet = TRUE)
    update(m, 1000, progress.bar = "none")
    coda.samples(m, c("delta", "gamma", "rho", "sigma"), 10000, progress.bar = "none")
  }
  s <- draw()
  all <- as.matrix(s); ess <- effectiveSize(s)
  names <- if (length(mg) == 1) "delta" else paste0("delta[", seq_along(mg), "]")
  time <- timed(draw)
  summed <- function(v) list(mean = mean(all[, v]), sd = sd(all[, v]), ess = unname(ess[v]))
  c(list(what = "JAGS, 4 chains in turn x (1000 adapt + 1000 burn-in + 10000 kept)"), time,
    list(effects = setNames(lapply(names, function(v) c(summed(v), list(probMeaningfulBenefit = mean(all[, v] <= -1)))), labels),
         trendPer28Days = summed("gamma"), rho = summed("rho"), sigma = summed("sigma"),
         leastEffectiveDraws = min(ess), effectiveDrawsPerCpuSecond = min(ess) / time$cpuSecondsMedian,
         largestRhat = max(gelman.diag(s, multivariate = FALSE)$psrf[, 1])))
}

version <- function(p) as.character(packageVersion(p))
cat(toJSON(list(
  diary = basename(args[1]), scores = nrow(d), doses = as.numeric(effects), nlme = by_gls(), jags = by_jags(),
  versions = list(R = paste(R.version$major, R.version$minor, sep = "."), nlme = version("nlme"), rjags = version("rjags"), coda = version("coda"),
                  JAGS = as.character(jags.version()), blas = basename(sessionInfo()$BLAS))),
  auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null"), "\n")
