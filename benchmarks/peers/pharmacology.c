/* Illustrative (not fitted) nonlinear PK/PD model of low-dose naltrexone; time in hours, amounts in nmol, volumes in L, conc in nM.
   States: 0 gut depot A, 1 central parent C, 2 peripheral P, 3 metabolite M (6-beta-naltrexol), 4 endorphin E, 5 tolerance T, 6 microglia activation G.
   dA = -ka A
   dC =  ka Fp A - (CL+Q)/Vc C + Q/Vp P
   dP =  Q/Vc C - Q/Vp P
   dM =  ka Fm A + fm CL/Vc C - CLm/Vm M
   Cp = C/Vc, Cm = M/Vm;  antagonist load a = Cp/Kip + Cm/Kim;  endorphin load e = E/Kde
   occ  = a/(1+a+e)            (antagonist occupancy, competitive, Hill 1)
   dE = kin (1 + Smax occ/(S50+occ)) / (1 + gam T) - kout E,  kin = kout*E0
   dT = kt (E/E0 - 1 - T)
   inh = Imax Cp/(IC50+Cp)     (TLR4 inhibition)
   dG = kg ((1 - inh)/(1 + ge (E/E0 - 1)) - G)
   Start: A=C=P=M=0, E=E0, T=0, G=1.  Dose into A (F split in Fp and Fm). Score = 6 (0.7 G + 0.3 E0/E).                                  */
#include <R.h>
static double p[22];
#define CL p[0]
#define Vc p[1]
#define ka p[2]
#define Q p[3]
#define Vp p[4]
#define Fp p[5]
#define Fm p[6]
#define fm p[7]
#define CLm p[8]
#define Vm p[9]
#define Kip p[10]
#define Kim p[11]
#define Kde p[12]
#define E0 p[13]
#define kout p[14]
#define Smax p[15]
#define S50 p[16]
#define gam p[17]
#define kt p[18]
#define kg p[19]
#define Imax p[20]
#define IC50 p[21]
static const double ge = 0.5;
void initmod(void (*odeparms)(int *, double *)) { int n = 22; odeparms(&n, p); }
void derivs(int *neq, double *t, double *y, double *d, double *out, int *ip) {
  double Cp = y[1] / Vc, Cm = y[3] / Vm, a = Cp / Kip + Cm / Kim, occ = a / (1 + a + y[4] / Kde);
  d[0] = -ka * y[0];
  d[1] = ka * Fp * y[0] - (CL + Q) / Vc * y[1] + Q / Vp * y[2];
  d[2] = Q / Vc * y[1] - Q / Vp * y[2];
  d[3] = ka * Fm * y[0] + fm * CL / Vc * y[1] - CLm / Vm * y[3];
  d[4] = kout * E0 * (1 + Smax * occ / (S50 + occ)) / (1 + gam * y[5]) - kout * y[4];
  d[5] = kt * (y[4] / E0 - 1 - y[5]);
  d[6] = kg * ((1 - Imax * Cp / (IC50 + Cp)) / (1 + ge * (y[4] / E0 - 1)) - y[6]);
  if (ip[0] >= 1) out[0] = occ;
}
/* The first four states alone: a linear model. */
void derivs_linear(int *neq, double *t, double *y, double *d, double *out, int *ip) {
  d[0] = -ka * y[0];
  d[1] = ka * Fp * y[0] - (CL + Q) / Vc * y[1] + Q / Vp * y[2];
  d[2] = Q / Vc * y[1] - Q / Vp * y[2];
  d[3] = ka * Fm * y[0] + fm * CL / Vc * y[1] - CLm / Vm * y[3];
}
