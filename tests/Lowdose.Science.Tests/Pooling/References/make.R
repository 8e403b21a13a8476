# Virtual diaries of several people, and what nlme says of them: the reference that PoolReferenceTests compares with.
#   Rscript make.R        in this folder; writes NAME.csv and NAME.json. Needs nlme and jsonlite.
# Every number is simulated with a fixed seed; no person's data.
suppressPackageStartupMessages({ library(nlme); library(jsonlite) })
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

ar1 <- function(n, rho, sd) { e <- numeric(n); e[1] <- rnorm(1, 0, sd); for (t in seq_len(n - 1)) e[t + 1] <- rho * e[t] + rnorm(1, 0, sd * sqrt(1 - rho^2)); e }
draw <- function(seed, people, days, block = 7, rho = .5, sigma = 1.2, level = 1, spread = .8, corr = -.3, effect = -1.5, missing = .1, esr = 0, esrEffect = 0, warmth = 0) {
  set.seed(seed)
  do.call(rbind, lapply(seq_len(people), function(i) {
    n <- if (length(days) == 1) days else sample(days[1]:days[2], 1)
    z <- rnorm(2); a <- level * z[1]; b <- spread * (corr * z[1] + sqrt(1 - corr^2) * z[2])
    x <- rep(unlist(lapply(1:50, function(k) sample(0:1))), each = block)[seq_len(n)]
    s <- round(runif(1, 5, 50)); w <- round(15 + 8 * sin((1:n) / 9) + rnorm(n), 2)
    d <- data.frame(person = i, day = seq_len(n), on = x, esr = s, warmth = w)
    d$y <- round(6 + a + esr * (s - 25) + warmth * (w - 15) + (effect + b + esrEffect * (s - 25)) * x + ar1(n, rho, sigma), 6)
    d[runif(n) >= missing, ]
  }))
}
plain <- list(form = y ~ on)
sets <- list(
  "balanced-12" = c(plain, list(d = draw(201, 12, 42, missing = 0))),
  "gaps-15" = c(plain, list(d = draw(202, 15, c(20, 70), missing = .35))),
  "many-people-40" = c(plain, list(d = draw(203, 40, 28))),
  "no-effect-spread" = c(plain, list(d = draw(204, 10, 42, spread = 0))),
  "corr-at-the-edge" = c(plain, list(d = draw(205, 6, 42, spread = .4, corr = -.95))),
  "no-level-spread" = c(plain, list(d = draw(206, 10, 35, level = 0, spread = 1, corr = 0))),
  "nobody-differs" = c(plain, list(d = draw(207, 9, 35, level = 0, spread = 0, rho = .6))),
  "negative-rho" = c(plain, list(d = draw(208, 10, 40, rho = -.4))),
  "slow-swings" = c(plain, list(d = draw(209, 14, 56, rho = .93, block = 14))),
  "esr-and-warmth" = list(form = y ~ on + esr + warmth, d = draw(210, 16, 36, esr = .03, warmth = .05)),
  "esr-predicts-the-effect" = list(form = y ~ on * esr, d = draw(211, 20, 36, esr = .02, esrEffect = -.03)),
  "two-people" = c(plain, list(d = draw(212, 2, 84, block = 14))),
  "very-unbalanced" = c(plain, list(d = { d <- draw(213, 14, c(6, 120), missing = .5); d[!(d$person %in% 1:3 & d$on == 1), ] })),
  "one-person" = c(plain, list(d = draw(214, 1, 84, block = 14)))
)

# Independent of nlme's search: AR(1) whitening and the dense inverse of each person's matrix, maximised by optim over
# the Cholesky factor, atanh rho; sigma and the fixed effects profiled.
direct <- function(d, form, reml) {
  X <- model.matrix(form, d); y <- d$y; N <- nrow(d); p <- ncol(X); g <- split(seq_len(N), d$person); df <- if (reml) N - p else N
  solve_at <- function(q) {
    rho <- tanh(q[1]); L <- matrix(c(q[2], q[3], 0, q[4]), 2); if (length(g) == 1) L <- L * 0; D <- L %*% t(L); A <- matrix(0, p + 1, p + 1); ld <- 0
    for (r in g) { Z <- cbind(1, d$on[r]); V <- rho^abs(outer(d$day[r], d$day[r], "-")) + Z %*% D %*% t(Z); U <- tryCatch(chol(V), error = function(e) NULL); if (is.null(U)) return(list(logLik = -1e9)); W <- backsolve(U, cbind(X, y)[r, , drop = FALSE], transpose = TRUE); A <- A + crossprod(W); ld <- ld + 2 * sum(log(diag(U))) }
    B <- A[1:p, 1:p, drop = FALSE]; b <- tryCatch(solve(B, A[1:p, p + 1], tol = 1e-30), error = function(e) NULL); if (is.null(b)) return(list(logLik = -1e9)); rss <- A[p + 1, p + 1] - sum(b * A[1:p, p + 1]); s2 <- rss / df
    list(logLik = -.5 * (df * (log(2 * pi * s2) + 1) + ld + if (reml) as.numeric(determinant(B)$modulus) else 0), beta = unname(b), se = unname(sqrt(diag(solve(B, tol = 1e-30)) * rss / (N - p))),
      rho = rho, sigma = sqrt(s2), D = s2 * D)
  }
  best <- NULL
  for (s in list(c(.5, .8, -.2, .6), c(.5, .1, 0, .1), c(1.5, .3, .1, .05))) {
    o <- optim(s, function(q) -solve_at(q)$logLik, method = "BFGS", control = list(reltol = 1e-15, maxit = 500))
    o <- optim(o$par, function(q) -solve_at(q)$logLik, method = "Nelder-Mead", control = list(reltol = 1e-16, maxit = 4000))
    o <- optim(o$par, function(q) -solve_at(q)$logLik, method = "BFGS", control = list(reltol = 1e-16, maxit = 500, ndeps = rep(1e-5, 4)))
    if (is.null(best) || o$value < best$value) best <- o
  }
  r <- solve_at(best$par)
  c(r[c("logLik", "beta", "se", "rho", "sigma")], list(sdIntercept = sqrt(r$D[1, 1]), sdEffect = sqrt(r$D[2, 2]), corr = r$D[1, 2] / sqrt(r$D[1, 1] * r$D[2, 2])))
}
told <- function(d, form, method) tryCatch({
  if (length(unique(d$person)) == 1) {
    f <- gls(form, data = d, correlation = corAR1(form = ~day), method = method, control = glsControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-12))
    t <- summary(f)$tTable
    return(list(beta = unname(t[, "Value"]), se = unname(t[, "Std.Error"]), rho = as.numeric(coef(f$modelStruct$corStruct, unconstrained = FALSE)), sigma = f$sigma, logLik = as.numeric(logLik(f))))
  }
  f <- lme(form, random = ~on | person, data = d, correlation = corAR1(form = ~day | person), method = method,
    control = lmeControl(maxIter = 200, msMaxIter = 500, niterEM = 50, tolerance = 1e-10, msTol = 1e-12, opt = "nlminb"))
  t <- summary(f)$tTable; D <- as.matrix(getVarCov(f)); r <- ranef(f); r <- r[order(as.integer(rownames(r))), ]
  list(beta = unname(t[, "Value"]), se = unname(t[, "Std.Error"]), rho = as.numeric(coef(f$modelStruct$corStruct, unconstrained = FALSE)), sigma = f$sigma, logLik = as.numeric(logLik(f)),
    sdIntercept = sqrt(D[1, 1]), sdEffect = sqrt(D[2, 2]), corr = D[1, 2] / sqrt(D[1, 1] * D[2, 2]), randomEffects = unname(as.matrix(r)))
}, error = function(e) { cat("  nlme", method, conditionMessage(e), "\n"); NULL })

only <- commandArgs(trailingOnly = TRUE)
for (name in if (length(only)) only else names(sets)) {
  s <- sets[[name]]; s$d <- s$d[order(s$d$person, s$d$day), ]
  write.csv(s$d, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  out <- list(terms = colnames(model.matrix(s$form, s$d)), nlme = list(REML = told(s$d, s$form, "REML"), ML = told(s$d, s$form, "ML")),
    direct = list(REML = direct(s$d, s$form, TRUE), ML = direct(s$d, s$form, FALSE)),
    versions = list(R = paste(R.version$major, R.version$minor, sep = "."), nlme = as.character(packageVersion("nlme"))))
  writeLines(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null", null = "null"), paste0(name, ".json"))
  with(out, cat(name, nrow(s$d), "nlme", nlme$REML$logLik, "direct", direct$REML$logLik, "rho", direct$REML$rho, "sds", direct$REML$sdIntercept, direct$REML$sdEffect, direct$REML$corr, "\n"))
}
