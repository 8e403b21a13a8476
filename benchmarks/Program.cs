using System.Diagnostics;
using System.Text.Json;
using Lowdose.Science.Inference;
using Lowdose.Science.Numerics;

var rng = new Philox(3, 1);
var days = 126;
double[] y = new double[days], u = new double[days];
var arm = new Arm[days];
double n = 0, a = 0;
for (var t = 0; t < days; t++)
{
    u[t] = t < 14 ? 0 : t < 28 ? 1.5 : t < 42 ? 3 : 4.5;
    arm[t] = u[t] > 0 ? Arm.Ldn : Arm.None;
    a += ((u[t] > 0 ? 1 : 0) - a) * (1 - Math.Exp(-1 / 5.0));
    n = t == 0 ? rng.NextNormal() * 1.5 : .5 * n + 1.5 * Math.Sqrt(.75) * rng.NextNormal();
    y[t] = rng.NextUniform() < .15 ? double.NaN : Math.Clamp(Math.Round(6 - 1.5 * a + n), 0, 10);
}
var course = new Course { Scores = y, DosesMg = u, Arms = arm };
for (var i = 0; i < 30; i++)
{
    var sw = Stopwatch.StartNew();
    var j = Judge.OneCourse(course);
    var t1 = sw.Elapsed.TotalMilliseconds; sw.Restart();
    CourseInference.Of(course);
    if (i is 0 or 28 or 29) Console.WriteLine($"{t1:F2} ms, inference {sw.Elapsed.TotalMilliseconds:F2}");
    if (i == 29) Console.WriteLine(JsonSerializer.Serialize(j with { Fitted = j.Fitted.Take(2).ToList(), Course = course with { Scores = [], DosesMg = [], Arms = [] } }, new JsonSerializerOptions { WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals }));
}
