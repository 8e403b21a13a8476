# Period means of virtual crossovers, and what R says of them: the reference that CrossoverReferenceTests compares with.
#   Rscript make.R        in this folder; writes NAME.csv and NAME.json. Needs lme4, lmerTest, pbkrtest, jsonlite.
# Every number is simulated with a fixed seed; no person's data.
suppressPackageStartupMessages({ library(lmerTest); library(pbkrtest); library(jsonlite) })
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-12, maxfun = 1e5), check.conv.singular = "ignore")

# orders: one string of P and L a person. Each row is one person's mean of one period.
draw <- function(seed, orders, effect = -1, person = 1.2, residual = .8, lost = 0, period = -.2, carry = 0) {
  set.seed(seed)
  d <- do.call(rbind, lapply(seq_along(orders), function(i) {
    drug <- as.integer(strsplit(orders[i], "")[[1]] == "L"); n <- length(drug)
    data.frame(person = i, sequence = orders[i], period = seq_len(n), drug,
      mean = round(6 + rnorm(1, 0, person) + effect * drug + period * (seq_len(n) - 1) + carry * c(0, drug[-n]) + rnorm(n, 0, residual), 6))
  }))
  if (lost > 0) for (i in sample(length(orders), lost)) { last <- max(d$period[d$person == i]); d <- d[!(d$person == i & d$period >= sample(2:last, 1)), ] }
  d
}
ab <- function(pl, lp) sample(rep(c("PL", "LP"), c(pl, lp)))
sets <- list(
  "balanced-24" = { set.seed(1); draw(101, ab(12, 12)) },
  "drop-outs-31" = { set.seed(2); draw(102, ab(16, 15), lost = 2) },
  "unequal-sequences" = { set.seed(3); draw(103, ab(13, 4), lost = 3) },
  "half-lost" = { set.seed(4); draw(104, ab(8, 8), lost = 8) },
  "no-person-variance" = { set.seed(5); draw(105, ab(9, 9), person = 0, residual = 1.4) },
  "negative-person-variance" = { d <- draw(106, rep(c("PL", "LP"), 7), person = 0); odd <- d$period == 2; d$mean[odd] <- round(d$mean[odd] - .9 * (d$mean[!odd] - 6), 6); d },
  "six-people" = draw(107, rep(c("PL", "LP"), 3), person = 2),
  "large-person-variance" = { set.seed(8); draw(108, ab(10, 9), person = 9, residual = .3, lost = 2) },
  "three-periods" = draw(109, rep(c("PLP", "LPL", "PLL", "LPP"), 5), carry = .2),
  "four-periods-lost" = draw(110, rep(c("PLLP", "LPPL", "PPLL", "LLPP"), 4), lost = 6),
  "six-periods-two-orders" = draw(111, rep(c("PLPLPL", "LPLPLP"), 4), lost = 3, person = .5),
  "unequal-numbers-of-periods" = draw(112, rep(c("PL", "LP", "PLP", "LPLP"), 4), lost = 3)
)

two <- function(a, b, times) { t <- t.test(a, b, var.equal = TRUE); list(effect = times * (mean(a) - mean(b)), se = abs(times) * t$stderr, df = unname(t$parameter),
  t = unname(t$statistic), p = t$p.value, lo = min(times * t$conf.int), hi = max(times * t$conf.int)) }
classical <- function(d) {
  if (max(d$period) == 2) {
    w <- merge(d[d$period == 1, c("person", "sequence", "mean")], d[d$period == 2, c("person", "mean")], by = "person", suffixes = c("1", "2"))
    pl <- w[w$sequence == "PL", ]; lp <- w[w$sequence == "LP", ]
    return(list(nBoth = nrow(w), treatment = two(lp$mean1 - lp$mean2, pl$mean1 - pl$mean2, .5), period = two(lp$mean2 - lp$mean1, pl$mean1 - pl$mean2, .5),
      carryover = two(pl$mean1 + pl$mean2, lp$mean1 + lp$mean2, 1)))
  }
  both <- tapply(d$drug, d$person, function(x) length(unique(x)) == 2)
  w <- d[d$person %in% names(both)[both], ]
  w$before <- NA; full <- do.call(rbind, lapply(split(d, d$person), function(x) { o <- strsplit(x$sequence[1], "")[[1]]; x$before <- c(0, as.integer(o == "L")[-length(o)])[x$period]; x }))
  w$before <- full$before[match(paste(w$person, w$period), paste(full$person, full$period))]
  row <- function(f, name) { s <- summary(f)$coefficients; ci <- confint(f, name); list(effect = s[name, 1], se = s[name, 2], df = f$df.residual, t = s[name, 3], p = s[name, 4], lo = ci[1], hi = ci[2]) }
  list(nBoth = sum(both), treatment = row(lm(mean ~ drug + factor(period) + factor(person), w), "drug"),
    carryover = row(lm(mean ~ drug + before + factor(period) + factor(person), w), "before"))
}
for (name in names(sets)) {
  d <- sets[[name]]; d$per <- factor(d$period)
  m <- suppressMessages(lmerTest::lmer(mean ~ drug + per + (1 | person), d, control = control))
  s <- summary(m, ddf = "Satterthwaite")$coefficients["drug", ]; k <- summary(m, ddf = "Kenward-Roger")$coefficients["drug", ]
  v <- as.data.frame(VarCorr(m))$vcov
  write.csv(d[, c("person", "sequence", "period", "drug", "mean")], paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  out <- list(n = length(unique(d$person)), classical = classical(d),
    mixed = list(effect = s[[1]], se = s[[2]], dfSatterthwaite = s[[3]], pSatterthwaite = s[[5]], seKenwardRoger = k[[2]], dfKenwardRoger = k[[3]], pKenwardRoger = k[[5]],
      varPerson = v[1], varResidual = v[2], logLik = as.numeric(logLik(m)), singular = isSingular(m)),
    versions = as.list(c(R = paste(R.version$major, R.version$minor, sep = "."), sapply(c("lme4", "lmerTest", "pbkrtest"), function(p) as.character(packageVersion(p))))))
  writeLines(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null"), paste0(name, ".json"))
  cat(name, nrow(d), isSingular(m), s[[3]], k[[3]], v, "\n")
}
