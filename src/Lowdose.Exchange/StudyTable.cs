using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>One term of a moderator: a column of numbers, or of 0 and 1 for one of its groups against the first.</summary>
/// <param name="Name">The column's name; with the group's, where it is of words.</param>
/// <param name="Values">A number a study.</param>
public sealed record ModeratorTerm(string Name, double[] Values);

/// <summary>Studies as they were read, each with its effect.</summary>
/// <param name="Measure">What an effect is.</param>
/// <param name="Names">The studies' names.</param>
/// <param name="Effects">Their effects.</param>
/// <param name="Reported">What each paper reports, a line a study for a table: "12/34" or "4.1 (1.2), 34".</param>
/// <param name="Moderators">The terms of the moderators.</param>
/// <param name="GroupNames">The names of the subgroups, in the order of their first study; empty without.</param>
/// <param name="Groups">Each study's subgroup; empty without.</param>
/// <param name="Order">The studies in the order of adding up.</param>
/// <param name="Notes">What to bear in mind about the file, a sentence each.</param>
public sealed record StudyTable(Measure Measure, IReadOnlyList<string> Names, IReadOnlyList<StudyEffect> Effects, IReadOnlyList<(string First, string Second)> Reported, IReadOnlyList<ModeratorTerm> Moderators,
    IReadOnlyList<string> GroupNames, IReadOnlyList<int> Groups, IReadOnlyList<int> Order, IReadOnlyList<string> Notes)
{
    /// <summary>The studies as numbers.</summary>
    /// <param name="method">How the variance between them is estimated.</param>
    /// <param name="test">How coefficients are tested.</param>
    public StudySet Set(TauMethod method, CoefficientTest test) => new() { Effects = Effects, Moderators = [.. Moderators.Select(m => m.Values)], Method = method, Test = test };

    /// <summary>What is said where there are fewer studies than coefficients.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="method">How the variance between them would be estimated.</param>
    public static Refusal TooFew(StudyTable table, TauMethod method)
    {
        ArgumentNullException.ThrowIfNull(table);
        var count = table.Moderators.Count;
        return new(1, $"{(table.Effects.Count == 1 ? "1 study is" : $"{table.Effects.Count} studies are")} too few for {(count == 1 ? "a moderator" : $"{count} moderator terms")}{(method == TauMethod.EE ? "" : " and a variance between studies")}",
            "leave moderators out, or add studies");
    }
}

/// <summary>What became of a file of studies. Exactly one of the two is set.</summary>
/// <param name="Table">The studies.</param>
/// <param name="Refusal">The first thing wrong.</param>
public sealed record StudyReading(StudyTable? Table, Refusal? Refusal);
