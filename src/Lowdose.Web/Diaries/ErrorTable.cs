using System.Globalization;
using System.Text.Json;
using Lowdose.Web.Layout;

namespace Lowdose.Web.Diaries;

/// <summary>
/// How often the verdict was wrong over made-up people whose truth was known: docs/methods/verdict-errors.json, as
/// <c>bin/bench verdict-errors</c> wrote it before this Lowdose was built.
/// </summary>
/// <param name="Commit">The commit that made it.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Rows">A row a design, effect, noise and jump.</param>
/// <param name="Looks">What is ever said when the diary is judged every week for 26 weeks.</param>
public sealed record ErrorTable(string Commit, ulong Seed, IReadOnlyList<ErrorTable.Row> Rows, IReadOnlyList<ErrorTable.WeeklyLook> Looks)
{
    // D8 judges a low dose taken longest: its effect is not the one its rows are named by.
    private static readonly string[] OpenLabel = ["D1", "D2"], Randomised = ["D3", "D4", "D6"];
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>The table; null where none was generated.</summary>
    public static ErrorTable? BuiltIn { get; } = Resource.Bytes("verdict-errors.json") is { } json ? Read(json) : null;

    /// <summary>Reads the file.</summary>
    public static ErrorTable Read(byte[] json) => JsonSerializer.Deserialize<ErrorTable>(json, Format)!;

    /// <summary>What became of people of each truth, all designs of a kind and all noises taken together.</summary>
    /// <param name="randomised">Of the randomised designs; else of the open ones.</param>
    public IReadOnlyList<(string Truth, Tally Tally)> Of(bool randomised) =>
        [.. Rows.Where(r => (randomised ? Randomised : OpenLabel).Contains(r.Design))
            .GroupBy(r => (r.Effect, First: r.Effect == 0 && r.Jump.Contains('7', StringComparison.Ordinal)))
            .OrderBy(g => Math.Abs(g.Key.Effect)).ThenByDescending(g => -g.Key.Effect).ThenBy(g => g.Key.First)
            .Select(g => (Truth(g.Key.Effect, g.Key.First), g.Select(r => r.Total).Aggregate((a, b) => a + b)))];

    /// <summary>Weekly looks where nothing works and nobody hopes; null where they were not run.</summary>
    /// <param name="randomised">In the randomised design; else in the open one.</param>
    public WeeklyLook? LooksWithoutEffect(bool randomised) =>
        Looks.FirstOrDefault(l => l.Effect == 0 && l.Jump == "0" && (randomised ? Randomised : OpenLabel).Contains(l.Design));

    private static string OfAThousand(int count, int diaries) => (1000.0 * count / diaries).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Truth(double effect, bool jump) => effect == 0
        ? jump ? "none, only hope (0.7)" : "none"
        : $"{(effect < 0 ? "better" : "worse")} by {Math.Abs(effect).ToString("0.#", CultureInfo.InvariantCulture)}";

    /// <summary>One row of the file.</summary>
    /// <param name="Design">D1 to D8, as docs/methods names them.</param>
    /// <param name="Effect">The true effect at the top dose, score units; minus is better.</param>
    /// <param name="Noise">The kind of noise.</param>
    /// <param name="Jump">What the first tablet does by expectation.</param>
    /// <param name="Total">What they were told.</param>
    public sealed record Row(string Design, double Effect, string Noise, string Jump, Tally Total);

    /// <summary>People who look every week.</summary>
    /// <param name="Design">D2 or D3, carried on to 26 weeks.</param>
    /// <param name="Effect">The true effect.</param>
    /// <param name="Jump">What the first tablet does by expectation.</param>
    /// <param name="Diaries">How many people.</param>
    /// <param name="EverPositive">Told works or probably works at some look.</param>
    /// <param name="EverHarms">Told harms at some look.</param>
    public sealed record WeeklyLook(string Design, double Effect, string Jump, int Diaries, int EverPositive, int EverHarms)
    {
        /// <summary>How many of a thousand.</summary>
        public string Thousand(int count) => OfAThousand(count, Diaries);
    }

    /// <summary>What a number of people were told.</summary>
    /// <param name="Diaries">How many people.</param>
    /// <param name="Works">Told: works.</param>
    /// <param name="ProbablyWorks">Told: probably works.</param>
    /// <param name="Unclear">Told: unclear.</param>
    /// <param name="ProbablyDoesNotWork">Told: probably does not work.</param>
    /// <param name="DoesNotWork">Told: does not work.</param>
    /// <param name="Harms">Told: does harm.</param>
    /// <param name="TooEarly">Told: too early.</param>
    /// <param name="WelchWorks">Told "works" by Welch's t-test on days.</param>
    public sealed record Tally(int Diaries, int Works, int ProbablyWorks, int Unclear, int ProbablyDoesNotWork, int DoesNotWork, int Harms, int TooEarly, int WelchWorks)
    {
        /// <summary>Both together.</summary>
        public static Tally operator +(Tally a, Tally b) => new(a.Diaries + b.Diaries, a.Works + b.Works, a.ProbablyWorks + b.ProbablyWorks, a.Unclear + b.Unclear,
            a.ProbablyDoesNotWork + b.ProbablyDoesNotWork, a.DoesNotWork + b.DoesNotWork, a.Harms + b.Harms, a.TooEarly + b.TooEarly, a.WelchWorks + b.WelchWorks);

        /// <summary>How many of a thousand.</summary>
        public string Thousand(int count) => OfAThousand(count, Diaries);
    }
}
