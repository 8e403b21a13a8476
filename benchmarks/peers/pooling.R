# The rivals on many diaries, in one run beside Lowdose: nlme (gls on one diary, lme on many people), pbkrtest on period means,
# and Stan on the hierarchy of the one-stage model. Every fit is of the same numbers that Lowdose gets.
#
#   Rscript pooling.R ONE.csv MANY.csv PERIODS.csv [stan]      ONE: day,on,y   MANY: person,day,on,y   PERIODS: person,period,drug,mean
#
# Prints one JSON object: CPU seconds (children included), estimates, versions. Needs R with nlme, lme4, lmerTest, pbkrtest, jsonlite; rstan
# where "stan" is asked (Debian: r-cran-nlme r-cran-lme4 r-cran-lmertest r-cran-pbkrtest r-cran-rstan r-cran-jsonlite).
suppressPackageStartupMessages({ library(nlme); library(jsonlite) })
args <- commandArgs(trailingOnly = TRUE)
if (length(args) < 3) stop("usage: Rscript pooling.R ONE.csv MANY.csv PERIODS.csv [stan]")
has <- function(p) suppressWarnings(suppressPackageStartupMessages(require(p, character.only = TRUE, quietly = TRUE)))

cpu <- function() sum(proc.time()[c(1, 2, 4, 5)], na.rm = TRUE)
# A short f is repeated within a run until it takes 0.05 s, because CPU time is counted in milliseconds.
timed <- function(f, runs) {
  start <- cpu(); f(); one <- cpu() - start
  times <- if (one >= .05) 1L else min(200L, ceiling(.05 / max(one, .001)))
  each <- vapply(seq_len(runs), function(i) { start <- cpu(); for (j in seq_len(times)) f(); (cpu() - start) / times }, 0)
  list(cpuSecondsMedian = median(each), cpuSecondsMin = min(each), cpuSecondsMax = max(each), runs = runs)
}

one <- read.csv(args[1]); many <- read.csv(args[2]); periods <- read.csv(args[3]); periods$period <- factor(periods$period)
out <- list(versions = list(R = paste(R.version$major, R.version$minor, sep = "."), nlme = as.character(packageVersion("nlme")), blas = basename(sessionInfo()$BLAS)))

g <- function() gls(y ~ on, data = one, correlation = corAR1(form = ~day), method = "ML")
f <- g()
out$gls <- c(timed(g, 9), list(effect = coef(f)[["on"]], rho = as.numeric(coef(f$modelStruct$corStruct, unconstrained = FALSE)), logLik = as.numeric(logLik(f))))

l <- function() lme(y ~ on, random = ~on | person, data = many, correlation = corAR1(form = ~day | person), method = "REML")
start <- cpu(); f <- l(); took <- cpu() - start
out$lme <- c(list(cpuSecondsMedian = took, runs = 1), list(effect = fixef(f)[["on"]], se = sqrt(vcov(f)[2, 2]), rho = as.numeric(coef(f$modelStruct$corStruct, unconstrained = FALSE)), sigma = f$sigma, logLik = as.numeric(logLik(f))))

if (has("lmerTest") && has("pbkrtest")) {
  m <- lmerTest::lmer(mean ~ drug + period + (1 | person), periods)
  k <- function() summary(m, ddf = "Kenward-Roger")$coefficients["drug", ]
  v <- k()
  out$kenwardRoger <- c(timed(k, 9), list(effect = v[[1]], se = v[[2]], df = v[[3]]))
  out$versions <- c(out$versions, lapply(c(lme4 = "lme4", lmerTest = "lmerTest", pbkrtest = "pbkrtest"), function(p) as.character(packageVersion(p))))
}

if ("stan" %in% args && has("rstan")) {
  # Debian's BH package has no include folder of its own: the headers are on the compiler's default path.
  if (!nzchar(rstan_options("boost_lib"))) rstan_options(boost_lib = tempdir(), boost_lib2 = tempdir())
  model <- "data{int n; int N; int G; int nf; int nr; vector[n] y; vector[n] x; int id[n]; int first[nf]; int rest[nr]; int prev[nr]; int gap[nr];}
parameters{real mu_a; real mu_b; real<lower=0> tau_a; real<lower=0> tau_b; real<lower=-1,upper=1> rho; real<lower=0> sigma; vector[N] a; vector[N] b;}
model{ vector[G] F; vector[G] S; vector[n] r = y - a[id] - b[id] .* x;
  { real p = 1; for(g in 1:G){ p = p*rho; F[g] = p; S[g] = sigma*sqrt(1-p*p); } }
  mu_a ~ normal(5,3); mu_b ~ normal(0,3); tau_a ~ normal(0,2); tau_b ~ normal(0,2); sigma ~ normal(0,2.5); a ~ normal(mu_a, tau_a); b ~ normal(mu_b, tau_b);
  target += normal_lpdf(r[first] | 0, sigma); target += normal_lpdf(r[rest] - F[gap] .* r[prev] | 0, S[gap]); }"
  many <- many[order(many$person, many$day), ]; first <- !duplicated(many$person); rest <- which(!first); gap <- c(0, diff(many$day))[rest]
  data <- list(n = nrow(many), N = max(many$person), G = max(gap), nf = sum(first), nr = length(rest), y = many$y, x = many$on, id = many$person,
    first = which(first), rest = rest, prev = rest - 1L, gap = as.integer(gap))
  compiled <- stan_model(model_code = model)
  names <- c("mu_a", "mu_b", "tau_a", "tau_b", "rho", "sigma")
  start <- cpu(); s <- sampling(compiled, data, chains = 2, iter = 1500, warmup = 500, seed = 11, refresh = 0, cores = 1); took <- cpu() - start
  a <- summary(s, pars = names)$summary
  out$stan <- list(cpuSecondsMedian = took, draws = 2000, leastEffectiveDraws = min(a[, "n_eff"]), posterior = setNames(lapply(names, function(p) list(mean = a[p, "mean"], sd = a[p, "sd"], mcse = a[p, "se_mean"], rhat = a[p, "Rhat"])), names))
  out$versions$rstan <- as.character(packageVersion("rstan"))
}
cat(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null"), "\n")
