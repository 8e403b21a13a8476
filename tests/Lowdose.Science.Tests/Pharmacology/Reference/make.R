# Trajectories of the seven-state model of benchmarks/peers/pharmacology.c, by two integrators of deSolve that must agree. Run in the repository's root:
# Rscript tests/Lowdose.Science.Tests/Pharmacology/Reference/make.R
suppressPackageStartupMessages(library(deSolve))
folder <- tempfile("model"); invisible(dir.create(folder)); invisible(file.copy("benchmarks/peers/pharmacology.c", folder))
library_file <- file.path(folder, paste0("pharmacology", .Platform$dynlib.ext))
stopifnot(system2(file.path(R.home("bin"), "R"), c("CMD", "SHLIB", "-o", library_file, file.path(folder, "pharmacology.c")), stdout = FALSE, stderr = FALSE) == 0)
dyn.load(library_file)
par0 <- c(CL = 210, Vc = 1350, ka = 1.5, Q = 90, Vp = 700, Fp = .15, Fm = .55, fm = .8, CLm = 60, Vm = 900,
          Kip = 1, Kim = 8, Kde = 10, E0 = 5, kout = log(2) / 6, Smax = 1.2, S50 = .4, gam = .8, kt = log(2) / 120, kg = log(2) / 240, Imax = .6, IC50 = 1.5)
sets <- list(typical = par0, slow = replace(par0, c("CL", "Vc", "ka"), c(95, 1700, .6)), fast = replace(par0, c("CL", "Vc", "ka"), c(380, 1000, 4)))
dose <- 4.5e6 / 341.4
# No look at an hour of a dose but the first: which side of it a solver shows is its own affair.
hours <- sort(unique(c(0:48, seq(50, 2015, by = 45)))); hours <- hours[hours == 0 | hours %% 24 != 0]
by_lsoda <- function(p, rtol, atol, method = "lsoda") {
  y <- c(A = dose, C = 0, P = 0, M = 0, E = p[["E0"]], T = 0, G = 1)
  events <- data.frame(var = "A", time = 24 * 1:83, value = dose, method = "add")
  r <- ode(y, sort(unique(c(hours, events$time))), "derivs", p, dllname = "pharmacology", initfunc = "initmod", method = method, rtol = rtol, atol = atol, events = list(data = events), maxsteps = 1e6)
  unclass(r)[r[, 1] %in% hours, 1:8]
}
for (name in names(sets)) {
  one <- by_lsoda(sets[[name]], 1e-12, 1e-13); two <- by_lsoda(sets[[name]], 1e-12, 1e-13, "ode45"); size <- apply(abs(one[, -1]), 2, max)
  apart <- max(sweep(abs(one[, -1] - two[, -1]), 2, size, "/"))
  cat(name, "lsoda and ode45 differ by", apart, "of the largest\n"); stopifnot(apart < 1e-9)
  write.csv(format(one, digits = 15, trim = TRUE), sprintf("tests/Lowdose.Science.Tests/Pharmacology/Reference/%s.csv", name), row.names = FALSE, quote = FALSE)
}
cat("R", paste(R.version$major, R.version$minor, sep = "."), "deSolve", as.character(packageVersion("deSolve")), "\n")
