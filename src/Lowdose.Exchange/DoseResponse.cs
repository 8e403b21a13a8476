using System.Globalization;
using Lowdose.Evidence;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>Whether the effect goes with the dose, as far as the studies of a question can say.</summary>
/// <param name="Doses">The highest dose each study meant for a person, mg a day; NaN where it is not known. In the table's order.</param>
/// <param name="Fit">The regression on dose by REML with Knapp–Hartung; null where the studies are too few or too alike.</param>
/// <param name="WhyNot">Why there is no regression; null where there is.</param>
/// <param name="Found">Doses that a study of the conditions set out to find.</param>
public sealed record DoseResponse(IReadOnlyList<double> Doses, MetaFit? Fit, string? WhyNot, IReadOnlyList<DoseFound> Found)
{
    /// <summary>What must stand beside any regression across trials.</summary>
    public const string Caution = "Studies differ in more than dose, so a difference between them need not be that of the dose.";

    /// <summary>The change of the effect for each mg more, on the analysed scale; null where there is none.</summary>
    public MetaCoefficient? PerMg => Fit?.Coefficients[1];

    /// <summary>Looks at a question.</summary>
    /// <param name="knowledge">Where the studies are.</param>
    /// <param name="question">The question.</param>
    /// <param name="table">The studies that enter.</param>
    /// <returns>Null where there is no group to compare with: the dose would be one difference among many.</returns>
    public static DoseResponse? Of(Knowledge knowledge, Question question, StudyTable table)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(table);
        if (question.From != QuestionFrom.Randomised) return null;
        double[] doses = [.. table.Names.Select(id => knowledge.Studies[id].DoseMg is { } dose ? (double)dose.High : double.NaN)];
        var whyNot = doses.Any(double.IsNaN) ? "The dose of a study is not known."
            : doses.Distinct().Count() == 1 ? $"{(doses.Length == 1 ? "The one study" : "Every study")} used {doses[0].ToString(CultureInfo.InvariantCulture)} mg."
            : doses.Length < 3 ? "Two studies cannot show a slope and how much studies differ." : null;
        var fit = whyNot is null ? Synthesise.Studies(table.Set(TauMethod.REML, CoefficientTest.KnappHartung) with { Moderators = [doses] }) : null;
        return new(doses, fit, whyNot, [.. FoundIn(knowledge, question)]);
    }

    private static IEnumerable<DoseFound> FoundIn(Knowledge knowledge, Question question) =>
        from study in knowledge.Studies.Values
        where study.Conditions.Any(question.Conditions.Contains)
        orderby study.Year ?? int.MaxValue, study.Id
        from outcome in study.Outcomes
        where outcome.Effect is { Kind: EffectKind.EffectiveDose, Estimate: not null }
        select new DoseFound(study.Id, outcome.Name, outcome.Effect!, outcome.Note);
}

/// <summary>A dose that a study set out to find.</summary>
/// <param name="Study">Its id.</param>
/// <param name="What">E.g. the dose at which half respond.</param>
/// <param name="Effect">The dose, mg, with its interval where one was given.</param>
/// <param name="Note">What must be said beside it, or null.</param>
public sealed record DoseFound(string Study, string What, EffectResult Effect, string? Note);
