using Lowdose.Quantities;

namespace Lowdose.Evidence;

/// <summary>Reads what a design says besides its periods where it is run as a blinded trial.</summary>
internal static class TrialEntries
{
    private const int LongestWashout = 1000, MostPeople = 1000;

    public static DesignTrial Trial(Entry entry, KnowledgeReader reader)
    {
        var trial = new DesignTrial
        {
            Allocation = entry.Choice<DesignAllocation>("allocation"),
            AnalyticWashoutDays = Whole("analyticWashoutDays", 14, 0, LongestWashout),
            Steps = [.. entry.Inners("steps").Select(s => Step(s, reader))],
            BlockSize = Whole("blockSize", 4, 2, MostPeople),
            Factors = [.. entry.Inners("factors").Select(f => Factor(f, reader))],
            FavourPercent = Whole("favourPercent", 80, 1, 100),
            Earliest = Whole("earliest", 2, 2, LongestWashout),
            Latest = Whole("latest", 0, 2, LongestWashout),
            Ladder = [.. entry.Scalars("ladder").Select(l => Rung(l, reader))],
            Decision = entry.Given("decision") ? entry.Choice<DesignDecision>("decision") : null,
            PercentP = entry.Given("percentP") ? Whole("percentP", 5, 1, 50) : null,
            Sources = entry.Ids("sources", "sources"),
        };
        if (!trial.Ladder.SequenceEqual(trial.Ladder.Distinct().Order())) reader.Defect(entry.LineOf("ladder"), "the doses of 'ladder' rise, each once");
        entry.Done();
        return trial;

        int Whole(string key, int usual, int low, int high)
        {
            if (!entry.Given(key) || entry.Whole(key) is not { } number) return usual;
            if (number < low || number > high) reader.Defect(entry.LineOf(key), $"'{key}: {number}' cannot be; it lies from {low} to {high}");
            return number;
        }
    }

    /// <summary>What a trial must be as a whole: the key to mend, and what to do.</summary>
    public static IEnumerable<(string Key, string What)> Wrong(Design design)
    {
        if (design.Trial is not { } trial || design.Written.Count == 0) yield break;
        var shortest = design.Written.Min(p => p.Days);
        if (trial.AnalyticWashoutDays >= shortest && trial.Allocation is not (DesignAllocation.Start or DesignAllocation.UpAndDown))
            yield return ("trial", $"'analyticWashoutDays: {trial.AnalyticWashoutDays}' leaves no day of a period of {shortest}; give fewer");
        if (trial.Steps.Count > 0 && trial.Steps.Sum(s => s.Days) > shortest) yield return ("trial", $"the 'steps' take longer than a period of {shortest} days; give fewer days");
        if (trial.Steps.Count > 0 && design.Written.Any(p => p.Arm == DesignArm.Ldn && p.Dose != trial.Steps[^1].Dose)) yield return ("trial", "the last of 'steps' is not the period's dose; make them the same");
        if (trial.Decision == DesignDecision.Verdict && (design.People > 1 || design.NobodyHasBoth)) yield return ("trial", "a 'verdict' is of one person who has every arm; decide by 'mean' or 'permutation'");
        if (trial.Decision == DesignDecision.Mean && (design.People == 1 || design.NobodyHasBoth)) yield return ("trial", "a 'mean' is of several people who each have every arm; decide otherwise");
        if (trial.Allocation == DesignAllocation.UpAndDown && trial.Ladder.Count < 2) yield return ("trial", "an up-and-down search needs 'ladder', two doses or more");
        if (trial.Allocation == DesignAllocation.UpAndDown && !trial.Ladder.Contains(design.Written[0].Dose)) yield return ("trial", "the period's dose is where the search starts; make it one of 'ladder'");
    }

    private static DesignStep Step(Entry entry, KnowledgeReader reader)
    {
        var (dose, days) = (entry.Milligrams("doseMg") ?? Mass.Zero, entry.Whole("days") ?? 0);
        if (dose <= Mass.Zero || days < 1) reader.Defect(entry.Line, "a step has a 'doseMg' above 0 and 'days' of 1 or more");
        entry.Done();
        return new(dose, days);
    }

    private static DesignFactor Factor(Entry entry, KnowledgeReader reader)
    {
        var factor = new DesignFactor(entry.Text("name"), entry.Texts("levels"));
        if (factor.Levels.Count < 2 || factor.Levels.Distinct(StringComparer.Ordinal).Count() != factor.Levels.Count) reader.Defect(entry.Line, "a factor has two different 'levels' or more");
        entry.Done();
        return factor;
    }

    private static Mass Rung(TextNode text, KnowledgeReader reader)
    {
        if (decimal.TryParse(text.Value, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var number) && Mass.TryFromMilligrams(number, out var dose) && dose > Mass.Zero) return dose;
        reader.Defect(text.Line, $"'{text.Value}' is not a dose in mg; write digits and a decimal point, no unit");
        return Mass.Zero;
    }
}
