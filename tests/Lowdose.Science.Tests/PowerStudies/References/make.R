# Power of three designs by simulation in R, with and without an effect: Rscript make.R > references.json (some minutes).
suppressPackageStartupMessages({library(lmerTest); library(nlme); library(jsonlite)})
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); set.seed(20261122)
ar1 <- function(n, rho, sd) { e <- numeric(n); e[1] <- rnorm(1, 0, sd); w <- rnorm(n, 0, sd * sqrt(1 - rho^2)); if (n > 1) for (t in 2:n) e[t] <- rho * e[t - 1] + w[t]; e }
share <- function(p) { p <- p[!is.na(p)]; list(estimate = mean(p <= 0.05), se = sqrt(mean(p <= 0.05) * mean(p > 0.05) / length(p)), n = length(p)) }
both <- function(n, p) list(replicates = n, power = share(replicate(n, p(TRUE))), typeIError = share(replicate(n, p(FALSE))))

# 1. AB/BA crossover of 24, 14 days a period, AR(1), effects that differ, a tenth of the days missing; period means, mixed model, Satterthwaite.
crossover <- function(works) {
  order <- sample(rep(0:1, 12))
  d <- do.call(rbind, lapply(1:24, function(i) {
    x <- rep(if (order[i]) c(1, 0) else c(0, 1), each = 14); t <- (if (works) -0.7 else 0) + rnorm(1, 0, 0.8)
    y <- 6 + rnorm(1) + t * x + ar1(28, 0.5, 1.5); y[runif(28) < 0.1] <- NA
    data.frame(id = i, period = factor(1:2), treat = x[c(1, 15)], y = c(mean(y[1:14], na.rm = TRUE), mean(y[15:28], na.rm = TRUE))) }))
  summary(suppressMessages(suppressWarnings(lmerTest::lmer(y ~ period + treat + (1 | id), d))))$coefficients["treat", "Pr(>|t|)"]
}
# 2. The same analysis of three pairs in random order, one number a block: effects differ, and the model does not know it.
pairs3 <- function(works) {
  d <- do.call(rbind, lapply(1:20, function(i) { x <- as.vector(replicate(3, sample(0:1))); t <- (if (works) -0.4 else 0) + rnorm(1, 0, 0.8)
    data.frame(id = i, period = factor(1:6), treat = x, y = 6 + rnorm(1) + t * x + rnorm(6, 0, 0.6)) }))
  summary(suppressMessages(suppressWarnings(lmerTest::lmer(y ~ period + treat + (1 | id), d))))$coefficients["treat", "Pr(>|t|)"]
}
# 3. A pool of 12 people's days, three pairs of blocks of 7 days, AR(1): one stage, REML; t with one degree of freedom fewer than people.
pool <- function(works) {
  d <- do.call(rbind, lapply(1:12, function(i) { x <- rep(as.vector(replicate(3, sample(0:1))), each = 7); t <- (if (works) -0.8 else 0) + rnorm(1, 0, 0.8)
    data.frame(id = i, day = 1:42, treat = x, y = 6 + rnorm(1) + t * x + ar1(42, 0.5, 1.2)) }))
  f <- tryCatch(lme(y ~ treat, random = ~treat | id, data = d, correlation = corAR1(form = ~day | id)),
    error = function(e) tryCatch(lme(y ~ treat, random = ~treat | id, data = d, correlation = corAR1(form = ~day | id), control = lmeControl(opt = "optim")), error = function(e) NULL))
  if (is.null(f)) return(NA)
  s <- summary(f)$tTable["treat", ]; 2 * pt(-abs(s["Value"] / s["Std.Error"]), 11)
}
cat(toJSON(list(versions = list(R = R.version.string, lme4 = as.character(packageVersion("lme4")), lmerTest = as.character(packageVersion("lmerTest")), nlme = as.character(packageVersion("nlme"))),
  crossover = both(1500, crossover), pairs3 = both(1500, pairs3), pool = both(500, pool)), auto_unbox = TRUE, digits = 6, pretty = TRUE), "\n")
