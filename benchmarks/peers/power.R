# What R takes for one replicate of a power study, on the same numbers that Lowdose drew: Rscript power.R means.csv daily.csv
# means.csv: replicate,person,period,drug,y   daily.csv: replicate,person,day,drug,y. CPU seconds (user + system), a replicate's mean.
suppressPackageStartupMessages({library(lmerTest); library(nlme); library(jsonlite)})
files <- commandArgs(TRUE); means <- read.csv(files[1]); daily <- read.csv(files[2])
quiet <- function(x) suppressMessages(suppressWarnings(x))
cpu <- function() sum(proc.time()[1:2])
timed <- function(sets, f) { f(sets[[1]]); start <- cpu(); r <- lapply(sets, f); list(cpuSeconds = (cpu() - start) / length(sets), estimate = sapply(r, `[[`, 1), p = sapply(r, `[[`, 2)) }
m <- split(means, means$replicate); d <- split(daily, daily$replicate)
out <- list(versions = list(R = paste(R.version$major, R.version$minor, sep = "."), lme4 = as.character(packageVersion("lme4")), lmerTest = as.character(packageVersion("lmerTest")), nlme = as.character(packageVersion("nlme"))))
out$lmerTest <- timed(m, function(x) { s <- summary(quiet(lmerTest::lmer(y ~ factor(period) + drug + (1 | person), x)))$coefficients["drug", ]; s[c(1, 5)] })
out$lmer <- timed(m, function(x) { f <- quiet(lme4::lmer(y ~ factor(period) + drug + (1 | person), x)); c(lme4::fixef(f)[["drug"]], NA) })
# The model of effects that differ, as aggregated n-of-1 trials are often analysed.
out$lmerSlopes <- timed(m, function(x) { f <- quiet(lme4::lmer(y ~ drug + (1 | person) + (0 + drug | person), x)); c(lme4::fixef(f)[["drug"]], NA) })
out$lme <- timed(d, function(x) { f <- tryCatch(lme(y ~ drug, random = ~drug | person, data = x, correlation = corAR1(form = ~day | person)), error = function(e) NULL)
  if (is.null(f)) c(NA, NA) else { s <- summary(f)$tTable["drug", ]; c(s[["Value"]], 2 * pt(-abs(s[["Value"]] / s[["Std.Error"]]), length(unique(x$person)) - 1)) } })
cat(toJSON(out, auto_unbox = TRUE, digits = NA, na = "null"), "\n")
