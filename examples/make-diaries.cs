#:property PublishAot=false
// Makes the synthetic diaries beside it: dotnet run make-diaries.cs (in this folder). Same seeds, same files.
// Each is the course model played forwards: a level, a slow drift, an effect that builds up with time constant tau,
// day-to-day noise of which part is carried over to the next day, ratings rounded to whole numbers and kept in 0..10.
using System.Globalization;

Write("probably-works.csv", new Truth(Seed: 3, Level: 6.4, EffectAt45: -2.6, Sigma: 1.2, Rho: 0.4, TrendPer28Days: 0.05, Off: 28, At15: 14, At3: 14, At45: 70, FirstDay: new(2026, 1, 5)),
    new() { [19] = "cold", [75] = "slept badly, noisy neighbours", [101] = "long walk" });
Write("cannot-tell.csv", new Truth(Seed: 12, Level: 5.8, EffectAt45: -0.9, Sigma: 1.7, Rho: 0.7, TrendPer28Days: -0.1, Off: 21, At15: 14, At3: 21, At45: 56, FirstDay: new(2026, 2, 2)),
    new() { [26] = "flu, two days in bed", [90] = "visitors" });
Write("does-not-work.csv", new Truth(Seed: 9, Level: 5.9, EffectAt45: 0.3, Sigma: 0.9, Rho: 0.2, TrendPer28Days: 0, Off: 28, At15: 14, At3: 14, At45: 70, FirstDay: new(2026, 3, 2)),
    new() { [12] = "dentist", [88] = "heat wave" });

Many("sixteen-people.csv", seed: 5);

// Sixteen people, ten weeks: a fortnight without, then placebo and 4.5 mg in two pairs of fortnights, the order within a pair by lot.
// People differ in their level and in what the drug does to them; those with a higher ESR at the start gain more.
static void Many(string file, int seed)
{
    var lines = new List<string> { "person,day,period,arm,dose_mg,pain,esr" };
    for (var person = 1; person <= 16; person++)
    {
        var random = new Random(seed * 1000 + person);
        var esr = (int)Math.Round(8 + 30 * random.NextDouble());
        double level = 6 + Normal(random), full = -1.3 - 0.05 * (esr - 23) + 0.6 * Normal(random), effect = 0, slow = Normal(random);
        bool[] drugFirst = [random.Next(2) == 0, random.Next(2) == 0];
        for (var day = 1; day <= 70; day++)
        {
            var period = (day - 15) / 14 + 1;
            var drug = day > 14 && (period % 2 == 1) == drugFirst[(period - 1) / 2];
            effect += ((drug ? full : 0) - effect) * (1 - Math.Exp(-1 / 3.0));
            slow = 0.5 * slow + Normal(random) * Math.Sqrt(0.75);
            var score = Math.Clamp(Math.Round(level + effect + 1.1 * slow), 0, 10);
            var missing = random.NextDouble() < 0.08;
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"P{person:00},{day},{(day <= 14 ? "" : period)},{(day <= 14 ? "none" : drug ? "ldn" : "placebo")},{(drug ? "4.5" : "0")},{(missing ? "" : score)},{esr}"));
        }
    }
    File.WriteAllText(file, string.Join('\n', lines) + "\n");
}

static void Write(string file, Truth truth, Dictionary<int, string> events)
{
    var random = new Random(truth.Seed);
    var days = truth.Off + truth.At15 + truth.At3 + truth.At45;
    double slow = Normal(random) * Math.Sqrt(0.7) * truth.Sigma, effect = 0;
    var lines = new List<string> { "date,dose_mg,arm,pain,event" };
    for (var day = 1; day <= days; day++)
    {
        var assigned = day <= truth.Off ? 0 : day <= truth.Off + truth.At15 ? 1.5 : day <= truth.Off + truth.At15 + truth.At3 ? 3 : 4.5;
        var forgotten = assigned > 0 && random.NextDouble() < 0.02;
        var notWritten = random.NextDouble() < 0.02;
        var noScore = random.NextDouble() < 0.08;
        var noRow = random.NextDouble() < 0.04 && day > 1 && day < days && !events.ContainsKey(day);
        var taken = forgotten ? 0 : assigned;
        // Half the effect at 1.5 mg and 0.8 of it at 3 mg.
        var full = truth.EffectAt45 * (taken switch { 1.5 => 0.5, 3 => 0.8, 4.5 => 1, _ => 0 });
        effect += (full - effect) * (1 - Math.Exp(-1 / 6.0));
        slow = truth.Rho * slow + Normal(random) * Math.Sqrt(0.7 * (1 - truth.Rho * truth.Rho)) * truth.Sigma;
        var score = truth.Level + truth.TrendPer28Days * day / 28 + effect + slow + Normal(random) * Math.Sqrt(0.3) * truth.Sigma;
        if (noRow) continue;
        lines.Add(string.Join(',', truth.FirstDay.AddDays(day - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            notWritten ? "" : taken.ToString(CultureInfo.InvariantCulture), assigned > 0 ? "ldn" : "none",
            noScore ? "" : Math.Clamp(Math.Round(score), 0, 10).ToString(CultureInfo.InvariantCulture), Quoted(events.GetValueOrDefault(day, ""))));
    }
    File.WriteAllText(file, string.Join('\n', lines) + "\n");
}

static string Quoted(string text) => text.Contains(',') ? $"\"{text}\"" : text;

static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

internal sealed record Truth(int Seed, double Level, double EffectAt45, double Sigma, double Rho, double TrendPer28Days, int Off, int At15, int At3, int At45, DateOnly FirstDay);
