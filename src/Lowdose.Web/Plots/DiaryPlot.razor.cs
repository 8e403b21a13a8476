using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Science.Inference;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Lowdose.Web.Plots;

/// <summary>The plot of one diary with its fitted course.</summary>
public partial class DiaryPlot
{
    private const int Height = 318, Top = 50, Bottom = 290, TrackTop = 20, TrackBottom = 42;
    private static readonly int[] RoomClasses = [240, 320, 400, 480, 560, 640, 720, 800, 880, 960];

    private IReadOnlyList<DoseRun> runs = [], bands = [];
    private List<int> timeTicks = [];
    private IReadOnlyList<DiaryDay> events = [];
    private Dictionary<int, DiaryDay> written = [];
    private HashSet<int> assumed = [];
    private double maxMg;
    private int missing;
    private bool banded, anyDose, anyOn, anyOff;

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired] public required CourseVerdict Verdict { get; set; }

    /// <summary>The element's id, for the module that shows a day under the pointer.</summary>
    [Parameter] public string Id { get; set; } = "diary-plot";

    private Course Course => Verdict.Judgement.Course;
    private bool Higher => Course.HigherIsBetter;
    private LocalDate? First => Verdict.Diary.FirstDate;
    private string Outcome => Verdict.Diary.Outcome.Name;

    private string Title => $"{Outcome}, {Figures.Plain(Course.ScaleMin)} to {Figures.Plain(Course.ScaleMax)}, "
        + (Higher ? "higher is better" : "lower is better");

    private string Description => $"Plot of {Outcome}: {Figures.Days(Course.Days)}, {Verdict.Judgement.Observed} with a score. "
        + (!banded ? "Doses were switched every few days" : string.Join(", then ", bands.Take(12).Select(b => $"{Figures.Days(b.Days)} {Taken(b.Arm, b.Mg)}"))
        + (bands.Count > 12 ? " and so on" : "")) + ". Every day is in the table below.";

    private double? OffLevel => Verdict.Judgement.OffDrugLevel.Mean is var level && double.IsFinite(level) ? level : null;

    private string Radius => Course.Days > 400 ? "2" : Course.Days > 200 ? "2.5" : "3.25";

    private IEnumerable<double> ScoreTicks
    {
        get
        {
            int[] wanted = [5, 4, 3, 2];
            var parts = wanted.FirstOrDefault(n => Course.Range / n % 1 == 0, 4);
            return Enumerable.Range(0, parts + 1).Select(i => Course.ScaleMin + (i * Course.Range / parts));
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        runs = DoseRuns.Of(Course);
        bands = DoseRuns.Bands(runs);
        maxMg = Course.DosesMg.Max();
        anyDose = maxMg > 0;
        written = Verdict.Diary.Days.ToDictionary(d => d.Day);
        events = [.. Verdict.Diary.Days.Where(d => !string.IsNullOrWhiteSpace(d.Event))];
        assumed = [.. Verdict.Diary.AssumedDoses];
        missing = Course.Days - Verdict.Judgement.Observed;
        anyOn = Enumerable.Range(1, Course.Days).Any(d => Swallowed(d) && !double.IsNaN(Course.Scores[d - 1]));
        anyOff = Enumerable.Range(1, Course.Days).Any(d => !Swallowed(d) && !double.IsNaN(Course.Scores[d - 1]));
        // Doses switched every few days would paint the field in stripes, which hurt; the track above still shows them.
        banded = !(Verdict.Judgement.MedianBlockDays < 7) && bands.Count <= 40;
        timeTicks = TimeTicks();
    }

    private List<int> TimeTicks()
    {
        int[] steps = [1, 2, 7, 14, 28, 56, 84, 168, 364, 728, 1820];
        var step = steps.FirstOrDefault(s => (Course.Days - 1) / s <= 4, 3640);
        var ticks = Enumerable.Range(0, ((Course.Days - 1) / step) + 1).Select(i => 1 + (i * step)).ToList();
        if (ticks.Count > 1 && Course.Days - ticks[^1] < step / 4) ticks[^1] = Math.Min(ticks[^1], Course.Days);
        return ticks;
    }

    private double Y(double score) => Bottom - ((score - Course.ScaleMin) / Course.Range * (Bottom - Top - 12)) - 6;
    private string X(int day) => Figures.Percent((day - 0.5) / Course.Days);
    private string X0(int day) => Figures.Percent((day - 1.0) / Course.Days);
    private string W(int days) => Figures.Percent((double)days / Course.Days);
    private string Mid(DoseRun band) => Figures.Percent((band.First + band.Last - 1) / 2.0 / Course.Days);
    private double TrackY(double mg) => TrackBottom - ((banded ? TrackBottom - TrackTop : 7) * (0.25 + (0.75 * mg / maxMg)));
    private string Tint(double mg) => Figures.At(0.06 + (0.12 * mg / maxMg));
    private bool Swallowed(int day) => Course.DosesMg[day - 1] > 0;

    private string Anchor(int tick)
    {
        var share = (tick - 0.5) / Course.Days;
        return share < 0.06 ? "start" : share > 0.92 ? "end" : "middle";
    }

    // Away from the side where days on a drug that works would lie.
    private double OffLabelY(double level) => Math.Clamp(Higher ? Y(level) + 15 : Y(level) - 6, Top + 12, Bottom - 8);

    private static (string Text, bool Unit)? Label(DoseRun band) =>
        band.Mg > 0 ? (Figures.DoseNumber(band.Mg), true) : band.Arm == Arm.Placebo ? ("placebo", false)
        : band.Arm == Arm.Ldn ? null : ("none", false);

    // The narrowest frame in which the label still fits its band; the style sheet hides it in anything narrower.
    private string Room(string text, int days) => Room((text.Length * 7.4) + 4, days);

    // Where it is narrow, every second date goes; the first stands beside its tick, so the next needs half a label more.
    private string? RoomOfTick(int n) => n % 2 == 0 ? null : Room((1.5 * 7.4 * Figures.Tick(First, timeTicks[n]).Length) + 8, timeTicks[n] - timeTicks[n - 1]);

    private string Room(double pixels, int days)
    {
        var width = pixels / ((double)days / Course.Days);
        var needed = RoomClasses.FirstOrDefault(c => c >= width);
        return needed == 0 ? "need-more" : $"need-{needed}";
    }

    private static string Taken(Arm arm, double mg) => mg > 0 ? $"on {Figures.Dose(mg)}" : arm == Arm.Placebo ? "on placebo"
        : arm == Arm.Ldn ? "with the dose forgotten" : "without";

    private string Told(int day)
    {
        var t = day - 1;
        var text = new StringBuilder(Figures.Day(First, day)).Append(": ");
        text.Append(double.IsNaN(Course.Scores[t]) ? "no score" : $"{Outcome} {Figures.Plain(Course.Scores[t])}");
        text.Append(", ").Append(Taken(Course.Arms[t], Course.DosesMg[t]));
        if (assumed.Contains(day)) text.Append(" (assumed)");
        if (written.TryGetValue(day, out var entry) && !string.IsNullOrWhiteSpace(entry.Event)) text.Append(". ").Append(entry.Event);
        return text.ToString();
    }

    private double FitY(double score) => 1000 * (Y(score) - Top) / (Bottom - Top);

    private string? FittedBand
    {
        get
        {
            var days = Verdict.Judgement.Fitted.Where(f => double.IsFinite(f.Mean + f.Lo + f.Hi)).ToList();
            return days.Count < 2 ? null : Path(days, f => f.Hi) + Path(days.AsEnumerable().Reverse(), f => f.Lo).Replace('M', 'L') + "Z";
        }
    }

    private string FittedLine => Path(Verdict.Judgement.Fitted.Where(f => double.IsFinite(f.Mean)), f => f.Mean);

    private string Path(IEnumerable<FittedDay> days, Func<FittedDay, double> value)
    {
        var path = new StringBuilder();
        foreach (var f in days)
        {
            var y = Math.Clamp(FitY(value(f)), 0, 1000);
            path.Append(path.Length == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{f.Day - 0.5:0.#} {y:0}");
        }
        return path.ToString();
    }
}
