using System.Diagnostics;
using Lowdose.Science.Inference;
using Lowdose.Science.Numerics;
static Course Make(int seed, int T, double eff)
{
    var rng = new Philox((ulong)seed, 1); var y = new double[T]; var u = new double[T]; var arm = new Arm[T];
    double n = 0, a = 0;
    for (var t = 0; t < T; t++)
    {
        u[t] = t < 14 ? 0 : t < 28 ? 1.5 : t < 42 ? 3 : 4.5; arm[t] = u[t] > 0 ? Arm.Ldn : Arm.None;
        if (seed % 2 == 0) { u[t] = t < 28 ? 0 : (t / 14) % 2 == 0 ? 4.5 : 0; arm[t] = t < 28 ? Arm.None : u[t] > 0 ? Arm.Ldn : Arm.Placebo; }
        a += ((u[t] > 0 ? 1 : 0) - a) * (1 - Math.Exp(-1 / 5.0));
        n = t == 0 ? rng.NextNormal() * 1.5 : .5 * n + 1.5 * Math.Sqrt(.75) * rng.NextNormal();
        y[t] = rng.NextUniform() < .15 ? double.NaN : Math.Clamp(Math.Round(6 + eff * a + n), 0, 10);
    }
    return new Course { Scores = y, DosesMg = u, Arms = arm };
}
for (var rep = 0; rep < 3; rep++)
{
    var sw = Stopwatch.StartNew(); int fall = 0, comps = 0;
    for (var i = 0; i < 200; i++) { var r = CourseInference.Of(Make(i, 126, -1.5)); if (r.Engine.Fallback) fall++; comps += r.Posterior.Components.Length; }
    Console.WriteLine($"{sw.Elapsed.TotalMilliseconds / 200:F2} ms each, fallback {fall}/200, comps {comps/200}");
    sw.Restart();
    for (var i = 0; i < 200; i++) { var m = new CourseModel(Make(i, 126, -1.5)); _ = new CourseIntegral(m); }
    Console.WriteLine($"  search {sw.Elapsed.TotalMilliseconds / 200:F2} ms each");
    sw.Restart();
    for (var i = 0; i < 200; i++) { var m = new CourseModel(Make(i, 126, -1.5)); new CourseIntegral(m).Grid(CourseIntegral.FineNodes); }
    Console.WriteLine($"  search+fine grid {sw.Elapsed.TotalMilliseconds / 200:F2} ms each");
    sw.Restart();
    for (var i = 0; i < 200; i++) { var m = new CourseModel(Make(i, 126, -1.5)); CourseInference.On(m, new CourseIntegral(m), CourseIntegral.FullNodes); }
    Console.WriteLine($"  search+full {sw.Elapsed.TotalMilliseconds / 200:F2} ms each");
}
double dm=0, ds=0, dp=0, tm=0, ts=0; int nb=0;
for (var i = 0; i < 300; i++) { var c = Make(i+1000, 126, i%3-1.5); var r = CourseInference.Of(c); if (r.Engine.Fallback) continue; nb++; var m = new CourseModel(c); var f = CourseInference.On(m, new CourseIntegral(m), CourseIntegral.FullNodes);
 var t1=r.Posterior.Of((n,_)=>n.Tau); var t2=f.Posterior.Of((n,_)=>n.Tau); tm=Math.Max(tm,Math.Abs(t1.Mean-t2.Mean)/t2.Sd); ts=Math.Max(ts,Math.Abs(t1.Sd/t2.Sd-1));
 for (int d=0;d<r.Effects.Length;d++){ dm=Math.Max(dm,Math.Abs(r.Effects[d].Mean-f.Effects[d].Mean)/f.Effects[d].Sd); ds=Math.Max(ds,Math.Abs(r.Effects[d].Sd/f.Effects[d].Sd-1)); dp=Math.Max(dp,Math.Abs(r.MeaningfulBenefit(d)-f.MeaningfulBenefit(d))); } }
Console.WriteLine($"fine v full over {nb}: mean {dm:E2} sd, sd {ds:E2}, prob {dp:E2}; tau mean {tm:E2} sd {ts:E2}");
