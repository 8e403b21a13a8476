using System.Globalization;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Science.Inference;
using Lowdose.Web.Day;
using Lowdose.Web.Plots;
using Lowdose.Web.Prepare;
using Lowdose.Web.Reports.Pdf;

namespace Lowdose.Web.Courses;

/// <summary>One page on a course for a prescriber with ten minutes: what came out, what was taken, what happened, what is asked. Page and PDF say the same.</summary>
public sealed class CourseReport
{
    private const int MostLines = 8;

    private readonly CourseSheet _sheet;
    private readonly CourseVerdict? _verdict;
    private readonly DayEntry[] _days;

    /// <summary>Writes the report.</summary>
    /// <param name="sheet">The course today.</param>
    /// <param name="verdict">On the main score; null where there is none yet.</param>
    public CourseReport(CourseSheet sheet, CourseVerdict? verdict)
    {
        (_sheet, _verdict) = (sheet, verdict);
        var start = sheet.Record.Start ?? sheet.Today;
        _days = [.. sheet.Record.Days.Values.Where(d => d.Date >= start && d.Date <= sheet.Today)];
    }

    /// <summary>What stands above it and a reader of the file calls it (the window's title says less); it does not say who it is about.</summary>
    public const string Title = "Low-dose naltrexone: report on a course";

    /// <summary>Under the title.</summary>
    public string Lead => $"Kept and judged by the patient with Lowdose, up to {DayWords.Iso(_sheet.Today)}. It does not prescribe: you decide.";

    /// <summary>The verdict, in a sentence or two.</summary>
    public string Sentence => _verdict is null ? "There is not enough in the diary for a verdict." : DoseWords.Kept(_verdict.Sentence);

    /// <summary>Why, and what to bear in mind.</summary>
    public IReadOnlyList<string> Because => _verdict is null ? [] : [.. _verdict.Because.Append(Figures.Of(_verdict.Judgement.Strength)).Concat(_verdict.Warnings.Take(3).Select(w => w.Text)).Append($"What would settle it: {_verdict.Settle}").Select(DoseWords.Kept)];

    /// <summary>Each dose with its days: taken as known, and the effect on the main score.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Doses => _verdict is null ? [] : [.. _verdict.Judgement.Doses.Select(d => (IReadOnlyList<string>)
        [Figures.Dose(d.Mg), Figures.Days(d.Days), $"{Figures.Change(d.Effect.Mean, _verdict.Judgement.Course.Range)} ({Figures.Change(d.Effect.Q025, _verdict.Judgement.Course.Range)} to {Figures.Change(d.Effect.Q975, _verdict.Judgement.Course.Range)})", Diary.Words.Chance(d.ProbMeaningfulBenefit)])];

    /// <summary>How much of what was planned was taken.</summary>
    public string Adherence
    {
        get
        {
            var planned = _sheet.Days.Where(d => d.Date <= _sheet.Today).Sum(d => d.Times.Count);
            if (_sheet.Regimen is not { } regimen) return "No plan was kept, so what was due is not known.";
            if (planned == 0) return "No dose was due yet.";
            var all = _days.Where(d => d.Date >= regimen.Start).SelectMany(d => d.Doses.Values).ToArray();
            var (taken, skipped) = (all.Count(d => d is DoseEntry.Taken), all.Count(d => d is DoseEntry.Skipped));
            return $"Of {Count(planned, "planned dose")}, {taken} were recorded as taken and {skipped} as not taken; nothing is written about {Math.Max(0, planned - taken - skipped)}.";
        }
    }

    /// <summary>Side effects with how many days, when and how bad.</summary>
    public IReadOnlyList<string> Effects => [.. EffectsPlot.Of(_sheet.Record, _sheet.Record.Start ?? _sheet.Today, _sheet.Today).Take(MostLines)
        .Select(e => $"{DayWords.Name(DayFields.Effect(e.Id))}: {Figures.Days(e.Days.Count)}, {DayWords.Iso(e.Days[0].Date)} to {DayWords.Iso(e.Days[^1].Date)}, at worst {e.Days.Max(d => d.Severity).ToString().ToLowerInvariant()}.")];

    /// <summary>Crashes, events and other treatments.</summary>
    public IReadOnlyList<string> Happened
    {
        get
        {
            var crashes = _days.Count(d => d.Crash == true);
            IEnumerable<string> events = _days.SelectMany(d => d.Events.Select(e => e.Key)).GroupBy(e => e).Select(g => $"{DayWords.Name(DayFields.Event(g.Key))}: {Figures.Days(g.Count())}.");
            IEnumerable<string> treatments = _days.SelectMany(d => d.Treatments.Select(t => $"{DayWords.Iso(d.Date)}: {t.Name} {t.Step.ToString().ToLowerInvariant()}{(t.Text is null ? "" : ", " + t.Text)}."));
            return [.. (crashes > 0 ? (string[])[$"Crash: {Figures.Days(crashes)}."] : []), .. events.Take(MostLines), .. treatments.TakeLast(MostLines)];
        }
    }

    /// <summary>What the safety screen says now, and what stays open.</summary>
    public IReadOnlyList<string> Screen
    {
        get
        {
            var told = (_sheet.Screen.Then?.Findings ?? []).Concat(_sheet.Screen.Findings).DistinctBy(f => (f.Rule, f.Subject)).Where(f => f.Level != Evidence.RuleLevel.Note).OrderBy(f => f.Level);
            var open = (_sheet.Screen.Then?.UnknownMedicines ?? []).Concat(_sheet.Screen.UnknownMedicines).Select(m => $"Not recognised: “{m}”. Does it hold an opioid?").Concat(_sheet.Screen.Then?.Unanswered ?? []);
            return _sheet.Screen.Told is null ? ["No screen was kept. Please ask about opioids of every kind, liver, planned operations and pregnancy.", .. open]
                : [.. told.Select(f => $"{f.Subject}: {f.Why} [{f.Rule}; certainty {f.Certainty}; {string.Join(", ", f.Sources)}]"), .. open];
        }
    }

    /// <summary>The plan and every change with its day and reason.</summary>
    public IReadOnlyList<string> Plan => _sheet.Regimen is not { } regimen ? [_sheet.NoPlan is { } no ? $"No plan: {no.What}." : "No plan."]
        : [DoseWords.Kept($"{regimen.Titration.Protocol?.Title ?? "Own steps"}, {string.Join(", ", regimen.Titration.Steps.Select(s => s.PerDay.ToString()))} a day, as {(regimen.Product is Product.Liquid liquid ? $"a liquid of {liquid.Strength}" : "capsules")}, from {DayWords.Iso(regimen.Start)} at {regimen.Time.ToString("HH:mm", null)}.{(regimen.Provisional ? " Provisional: not all safety questions are answered." : "")}"),
            .. regimen.Changes.TakeLast(MostLines).Select(c => DoseWords.Kept($"{DayWords.Iso(c.From)}: {CourseAsks.Words(c).ToLowerInvariant()} ({c.Why}).")),
            .. _sheet.Planned is { } now ? (string[])[DoseWords.Kept($"Now: {_sheet.Amount(now)}, {Plans.PlanWords.When(now.Times)}.")] : []];

    /// <summary>What the patient asks of the doctor.</summary>
    public IReadOnlyList<string> Asked => [.. Questions()];

    /// <summary>Method and limits, in two lines.</summary>
    public static string Limits => "Method: Bayesian model of one course with day-to-day memory, drift, onset and wear-off, and a sceptical prior; docs/methods/course-model.md. "
        + $"Limits: {Often}scores are the patient’s own, missing days stay missing, and an open diary cannot tell the drug from hope.";

    /// <summary>The same report for paper.</summary>
    public PdfSheet ForPaper()
    {
        var sheet = new PdfSheet(Title, "Lowdose does not prescribe. Nothing of this was sent anywhere.").Heading(1, Title).Paragraph(Lead).Heading(2, "The answer so far").Paragraph(new Reports.Pdf.Words(Sentence, Bold: true));
        if (Because.Count > 0) sheet.Items(Because);
        if (_verdict is not null && Drawn(_verdict) is { } plot) sheet.Plot(plot);
        sheet.Heading(2, "Doses").Paragraph(Adherence);
        if (Doses.Count > 0) sheet.Table([2, 2, 4, 4], DoseHeads, Doses);
        Part("Side effects", Effects, "None was written.");
        Part("What else happened", Happened, "Nothing was written.");
        Part("What the safety screen found", Screen, "Nothing that forbids or delays it, as far as it was answered.");
        Part("The plan and its changes", Plan, "");
        Part("What is asked of you", Asked, "");
        return sheet.Heading(2, "Method and limits").Paragraph(Limits);

        void Part(string heading, IReadOnlyList<string> lines, string none)
        {
            sheet.Heading(2, heading);
            if (lines.Count == 0) sheet.Paragraph(none);
            else sheet.Items(lines);
        }
    }

    /// <summary>The heads of <see cref="Doses"/>.</summary>
    public static IReadOnlyList<string> DoseHeads { get; } = ["Dose a day", "Taken on", "Change in the score (19 times in 20)", "Chance that it helps enough"];

    private static string Often => Diaries.ErrorTable.BuiltIn?.LooksWithoutEffect(false) is { } looks
        ? $"of 1,000 with no true effect who look weekly for half a year, {looks.Thousand(looks.EverPositive)} read “works” or “probably works” at some time; " : "";

    private IEnumerable<string> Questions()
    {
        if (_sheet.Stop is { } stop) yield return $"Before the next dose: {stop.Subject}. {stop.Do}";
        foreach (var asked in _sheet.Asked) yield return DoseWords.Kept($"{asked.Finding.Subject}: {asked.Finding.Do}");
        yield return DoseWords.Kept(_verdict?.Judgement.Verdict switch
        {
            Verdict.Works or Verdict.ProbablyWorks => "It seems to help. May it go on at this dose, and when shall we check that it is still needed?",
            Verdict.Harms => "It may be doing harm. Shall I stop?",
            Verdict.DoesNotWork or Verdict.ProbablyDoesNotWork => "It does not seem to help enough. Shall I stop, or is another dose worth a try?",
            _ => $"The answer is open. Shall I go on{(_sheet.Reviews.FirstOrDefault(r => r.Kind is ReviewKind.Judge or ReviewKind.StopReview) is { } review ? $" until {DayWords.Iso(review.Date)}" : "")}?",
        });
        if (_sheet.Supply?.RenewBy is { } by) yield return $"A new supply is needed by {DayWords.Iso(by)}.";
    }

    private static Drawing? Drawn(CourseVerdict verdict)
    {
        var course = verdict.Judgement.Course;
        (double, double)[] dots = [.. Enumerable.Range(0, course.Days).Where(t => !double.IsNaN(course.Scores[t])).Select(t => (t + 1.0, course.Scores[t]))];
        (double, double)[] line = [.. verdict.Judgement.Fitted.Where(f => double.IsFinite(f.Mean)).Select(f => ((double)f.Day, f.Mean))];
        if (dots.Length == 0 || course.Days < 2) return null;
        var runs = DoseRuns.Bands(DoseRuns.Of(course));
        var step = Math.Max(1, (course.Days + 3) / 4);
        return new($"{verdict.Diary.Outcome.Name} on {dots.Length} of {course.Days} days. Doses: {string.Join(", ", runs.Take(10).Select(r => $"{(r.Mg > 0 ? Figures.Dose(r.Mg) : "none")} from day {r.First}"))}.",
            new("day", 1, course.Days, [.. Enumerable.Range(0, 5).Select(n => 1 + (n * step)).Where(d => d <= course.Days).Select(d => ((double)d, d.ToString(CultureInfo.InvariantCulture)))]),
            new($"{verdict.Diary.Outcome.Name}, {(course.HigherIsBetter ? "higher" : "lower")} is better", course.ScaleMin, course.ScaleMax, [(course.ScaleMin, Figures.Plain(course.ScaleMin)), ((course.ScaleMin + course.ScaleMax) / 2, Figures.Plain((course.ScaleMin + course.ScaleMax) / 2)), (course.ScaleMax, Figures.Plain(course.ScaleMax))]),
            line.Length > 1 ? [line] : [], dots, 110);
    }

    private static string Count(int n, string noun) => Diary.Words.Count(n, noun);
}
