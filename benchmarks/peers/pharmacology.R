# What compiled deSolve takes for the model of pharmacology.c: Rscript pharmacology.R population.csv SUBJECTS
# population.csv: CL,Vc,ka a line. 84 daily doses, hourly output over 2016 h, the whole table kept. CPU seconds (user + system), a subject's mean.
suppressPackageStartupMessages({library(deSolve); library(jsonlite)})
arguments <- commandArgs(TRUE); people <- read.csv(arguments[1]); n <- as.integer(arguments[2])
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1]))
folder <- tempfile("model"); invisible(dir.create(folder)); invisible(file.copy(file.path(here, "pharmacology.c"), folder))
library_file <- file.path(folder, paste0("pharmacology", .Platform$dynlib.ext))
stopifnot(system2(file.path(R.home("bin"), "R"), c("CMD", "SHLIB", "-o", library_file, file.path(folder, "pharmacology.c")), stdout = FALSE, stderr = FALSE, env = "PKG_CFLAGS=-O2") == 0)
dyn.load(library_file)
par0 <- c(CL = 210, Vc = 1350, ka = 1.5, Q = 90, Vp = 700, Fp = .15, Fm = .55, fm = .8, CLm = 60, Vm = 900,
          Kip = 1, Kim = 8, Kde = 10, E0 = 5, kout = log(2) / 6, Smax = 1.2, S50 = .4, gam = .8, kt = log(2) / 120, kg = log(2) / 240, Imax = .6, IC50 = 1.5)
dose <- 4.5e6 / 341.4; hours <- 0:2016
events <- data.frame(var = "A", time = 24 * 1:83, value = dose, method = "add")
own <- function(i) replace(par0, c("CL", "Vc", "ka"), unlist(people[i, c("CL", "Vc", "ka")]))
whole <- function(p, rtol, atol) ode(c(A = dose, C = 0, P = 0, M = 0, E = p[["E0"]], T = 0, G = 1), hours, "derivs", p, dllname = "pharmacology", initfunc = "initmod", method = "lsoda", rtol = rtol, atol = atol, events = list(data = events), maxsteps = 1e5)
linear <- function(p, rtol, atol) ode(c(A = dose, C = 0, P = 0, M = 0), hours, "derivs_linear", p, dllname = "pharmacology", initfunc = "initmod", method = "lsoda", rtol = rtol, atol = atol, events = list(data = events), maxsteps = 1e5)
cpu <- function() sum(proc.time()[1:2])
timed <- function(f, rtol, atol) { f(own(1), rtol, atol); start <- cpu(); for (i in 1:n) f(own(i), rtol, atol); (cpu() - start) / n }
# The first subject's error, over each state's largest value.
tight <- whole(own(1), 1e-12, 1e-13)[, 2:8]; size <- apply(abs(tight), 2, max)
apart <- function(rtol, atol) { r <- whole(own(1), rtol, atol)[, 2:8]; max(sweep(abs(r - tight), 2, size, "/")) }
cat(toJSON(list(versions = list(R = paste(R.version$major, R.version$minor, sep = "."), deSolve = as.character(packageVersion("deSolve"))),
  loose = list(cpuSeconds = timed(whole, 1e-6, 1e-8), error = apart(1e-6, 1e-8)), tight = list(cpuSeconds = timed(whole, 1e-8, 1e-8), error = apart(1e-8, 1e-8)),
  linearLoose = list(cpuSeconds = timed(linear, 1e-6, 1e-8)), linear = list(cpuSeconds = timed(linear, 1e-8, 1e-8))), auto_unbox = TRUE, digits = NA), "\n")
